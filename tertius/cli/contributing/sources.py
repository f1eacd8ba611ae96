"""`tertius source …`: lists, shares and removes the viewer's sources."""

from dataclasses import replace

import typer

from graph.days import day_of
from graph.ingest.remove import remove_source
from graph.networks.sources import SharingLevel
from graph.sharing.share import SharingPreview, preview_sharing, share_source
from graph.viewer import Viewer
from presentation.answer_json import source_data
from presentation.dates import today
from presentation.sentences import source_text
from tertius import console
from tertius.cli.exit_codes import FAILED
from tertius.console import ConsoleProgress
from tertius.runner import end, run
from tertius.session import OpenNetwork


def print_sources(*, as_json: bool) -> None:
    """Print the sources that the viewer may see, and the viewer's own that are not ready."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        sources = network.state.listed_sources(network.member)
        if as_json:
            console.echo_json([source_data(source, network.viewer) for source in sources])
            return
        in_team = not network.state.has_single_member
        for source in sources:
            console.echo(source_text(source, network.viewer, today=day_of(today()), names_owner=in_team))
        if not sources:
            console.echo("Nothing has been loaded yet. Load an export with `tertius load`.")

    run(do, create=True)


def remove_loaded_source(title: str, *, as_json: bool) -> None:
    """Remove one of the viewer's sources."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        removed = await remove_source(network.graph, network.id, network.member, title, progress=progress)
        if as_json:
            console.echo_json({"__typename": "RemoveSourcePayload", "removedSourceId": removed.id})
            return
        console.echo(f"{removed.title} was removed.")
        if network.state.fit:
            console.echo(
                "Strengths are those of the shipped model again. `tertius admin calibrate` fits them to what is left."
            )

    run(do)


def share(source: str, level: SharingLevel, *, others: bool, yes: bool, as_json: bool) -> None:
    """Set the sharing level of a source, after a preview and a confirmation if others could see more."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        preview = await preview_sharing(network.graph, network.viewer, source, level, third_party_ties=others)
        is_confirmed = yes or level == SharingLevel.PRIVATE
        if not is_confirmed and not as_json:
            console.echo_lines(_preview_lines(preview))
            is_confirmed = typer.confirm("Share it?")
        if is_confirmed:
            await share_source(
                network.graph, network.viewer, preview.source.id, level, third_party_ties=others, progress=progress
            )
        if as_json:
            console.echo_json(_preview_data(preview, network.viewer, is_applied=is_confirmed))
        else:
            console.echo(f"{preview.source.title}: {level}." if is_confirmed else "Nothing was changed.")
        return 0 if is_confirmed else FAILED

    end(run(do))


def _preview_lines(preview: SharingPreview) -> list[str]:
    visible = (
        "strengths, numbers of interactions and their days"
        if preview.level == SharingLevel.EVIDENCE
        else "strength labels"
    )
    lines = [
        f"{preview.source.title}: your team would see {visible}.",
        f"It could reach {_people(preview.newly_reachable)} more.",
        f"Not shared: {_people(preview.personal_domain)} with personal mail domains, {_people(preview.hidden)} hidden.",
    ]
    if not preview.third_party_ties:
        lines.append("Ties between two people who are not members are not shared. `--others` shares them too.")
    return lines


def _people(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"


def _preview_data(preview: SharingPreview, viewer: Viewer, *, is_applied: bool) -> dict[str, object]:
    source = replace(preview.source, sharing_level=preview.level) if is_applied else preview.source
    return {
        "__typename": "ShareSourcePayload",
        "source": source_data(source, viewer),
        "previousSharingLevel": preview.source.sharing_level.upper(),
        "sharingLevel": preview.level.upper(),
        "includesOthers": preview.third_party_ties,
        "newlyReachableCount": preview.newly_reachable,
        "personalMailCount": preview.personal_domain,
        "hiddenCount": preview.hidden,
        "isApplied": is_applied,
    }
