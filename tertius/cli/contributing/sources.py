"""`tertius source …`: lists, shares and removes the viewer's sources."""

from dataclasses import replace

import typer

from graph.days import day_of
from graph.ingest.remove import choose_source, remove_source
from graph.networks.sources import SharingLevel, Source
from graph.sharing.share import SharingPreview, preview_sharing, share_source
from graph.viewer import Viewer
from presentation.answer_json import Data, source_data
from presentation.dates import today
from presentation.sentences import source_text
from tertius import console
from tertius.answer_reading.answers import read_source
from tertius.cli.exit_codes import FAILED
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.contributions import SourcesFrame, share_on_server, sources_on_server
from tertius.runner import end, run_or_ask
from tertius.session import OpenNetwork


def print_sources(*, as_json: bool) -> None:
    """Print the sources that the viewer may see, and the viewer's own that are not ready."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> SourcesFrame:
        sources = [source_data(each, network.viewer) for each in network.state.listed_sources(network.member)]
        return SourcesFrame(
            sources,
            names_owner=not network.state.has_single_member,
            is_calibrated=network.state.fit is not None,
        )

    frame = run_or_ask(do, sources_on_server, create=True)
    if as_json:
        console.echo_json(frame.sources)
        return
    for each in frame.sources:
        is_own, source = each["isOwn"], read_source(each)
        console.echo(source_text(source, is_own=is_own, today=day_of(today()), names_owner=frame.names_owner))
    if not frame.sources:
        console.echo("Nothing has been loaded yet. Load an export with `tertius load`.")


def remove_loaded_source(title: str, *, as_json: bool) -> None:
    """Remove one of the viewer's sources."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> tuple[Source, str]:
        removed = await remove_source(network.graph, network.id, network.member, title, progress=progress)
        return removed, f"{_UNCALIBRATED} {_CALIBRATE}" if network.state.fit else ""

    def ask(client: ServerClient) -> tuple[Source, str]:
        frame = sources_on_server(client)
        source = choose_source([read_source(each) for each in frame.sources if each["isOwn"]], title)
        client.query("remove_source", input={"id": source.id})
        return source, _UNCALIBRATED if frame.is_calibrated else ""

    removed, note = run_or_ask(do, ask)
    if as_json:
        console.echo_json({"__typename": "RemoveSourcePayload", "removedSourceId": removed.id})
        return
    console.echo(f"{removed.title} was removed.")
    if note:
        console.echo(note)


_UNCALIBRATED = "Strengths are those of the shipped model again."
_CALIBRATE = "`tertius admin calibrate` fits them to what is left."


def share(source: str, level: SharingLevel, *, others: bool, yes: bool, as_json: bool) -> None:
    """Set the sharing level of a source, after a preview and a confirmation if others could see more."""

    async def look_ahead(network: OpenNetwork, _: ConsoleProgress) -> Data:
        preview = await preview_sharing(network.graph, network.viewer, source, level, third_party_ties=others)
        return _preview_data(preview, network.viewer)

    data = run_or_ask(look_ahead, lambda client: share_on_server(client, source, level, others=others))
    is_confirmed = yes or level == SharingLevel.PRIVATE
    if not is_confirmed and not as_json:
        console.echo_lines(_preview_lines(data))
        is_confirmed = typer.confirm("Share it?")
    if is_confirmed:
        id = data["source"]["id"]

        async def apply(network: OpenNetwork, progress: ConsoleProgress) -> Data:
            shared = await share_source(
                network.graph, network.viewer, id, level, third_party_ties=others, progress=progress
            )
            return source_data(replace(shared.source, sharing_level=level), network.viewer)

        def apply_there(client: ServerClient) -> Data:
            shared: Data = share_on_server(client, id, level, others=others, is_confirmed=True)["source"]
            return shared

        data = data | {"source": run_or_ask(apply, apply_there), "isApplied": True}
    if as_json:
        console.echo_json(data)
    else:
        console.echo(f"{data['source']['title']}: {level}." if is_confirmed else "Nothing was changed.")
    end(0 if is_confirmed else FAILED)


def _preview_lines(data: Data) -> list[str]:
    visible = (
        "strengths, numbers of interactions and their days"
        if data["sharingLevel"] == SharingLevel.EVIDENCE.name
        else "strength labels"
    )
    mail, hidden = _people(data["personalMailCount"]), _people(data["hiddenCount"])
    lines = [
        f"{data['source']['title']}: your team would see {visible}.",
        f"It could reach {_people(data['newlyReachableCount'])} more.",
        f"Not shared: {mail} with personal mail domains, {hidden} hidden.",
    ]
    if not data["includesOthers"]:
        lines.append("Ties between two people who are not members are not shared. `--others` shares them too.")
    return lines


def _people(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"


def _preview_data(preview: SharingPreview, viewer: Viewer) -> Data:
    return {
        "__typename": "ShareSourcePayload",
        "source": source_data(preview.source, viewer),
        "previousSharingLevel": preview.source.sharing_level.upper(),
        "sharingLevel": preview.level.upper(),
        "includesOthers": preview.third_party_ties,
        "newlyReachableCount": preview.newly_reachable,
        "personalMailCount": preview.personal_domain,
        "hiddenCount": preview.hidden,
        "isApplied": False,
    }
