"""`tertius forget`, `export-person` and `audit`: what people may ask of a network that knows of them."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from graph.answers import AmbiguousTarget, UnknownTarget
from graph.errors import Remedy
from graph.networks import controller as answerable_networks_controller
from graph.privacy import audit_log as audited
from graph.privacy import export
from graph.privacy import retention as answerable_privacy_retention
from graph.privacy.audit_log import AuditAction
from graph.privacy.erasure import ErasurePreview, preview_erasure
from graph.privacy.erasure import erase_person as forget_them
from presentation.dates import today
from tertius import console
from tertius.cli.exit_codes import AMBIGUOUS, UNKNOWN
from tertius.console import ConsoleProgress
from tertius.errors import CLI_REMEDIES
from tertius.runner import FAILED, Json, end, run
from tertius.session import OpenNetwork

Who = Annotated[str, typer.Argument(help="An e-mail address, a LinkedIn URL, an id, a number, or a name.")]


def forget(who: Who, *, yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False) -> None:
    """Forget somebody, in all sources of all members, for ever; later loads do not bring them back."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        told = await preview_erasure(network.graph, network.viewer, who)
        if not isinstance(told, ErasurePreview):
            return _not_one(told, who)
        console.echo_lines(_told(told, who))
        if not yes and not typer.confirm("Forget them? Nobody can undo it."):
            console.echo("Nothing was changed.")
            return FAILED
        await forget_them(network.graph, network.viewer, who, progress=progress)
        console.echo(
            "Forgotten: no answer holds them any more. The database's files may for some days yet (docs/privacy.md)."
        )
        return 0

    end(run(do))


def export_person(who: Who) -> None:
    """Print, as JSON, all that your sources hold of somebody, with sources and days."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> int:
        found = await export.export_person(network.graph, network.viewer, who)
        if isinstance(found, (AmbiguousTarget, UnknownTarget)):
            return _not_one(found, who)
        id = found["person"]["id"]
        await audited.record_audit_entry(network.graph, network.state, network.member, AuditAction.EXPORT, [id])
        audit_log = await audited.export_audit_entries(network.graph, network.viewer, network.state, id)
        console.echo_json({**found, "audit_log": audit_log})
        return 0

    end(run(do))


def _told(found: ErasurePreview, who: str) -> list[str]:
    if found.person is None:
        lines = [f"Nobody in your view has {who}: it would be kept out from now on."]
    else:
        lines = [
            f"{found.person.name} would go: {', '.join(one.text for one in found.identities)}.",
            f"Named by {', '.join(found.sources)}.",
        ]
    lines.append("Whatever other members keep to themselves of them goes too.")
    if found.possible_duplicates:
        names = ", ".join(f"{one.name} [{one.id}]" for one in found.possible_duplicates)
        lines.append(f"Probably the same, and not forgotten with them: {names}.")
    return lines


def _not_one(found: AmbiguousTarget | UnknownTarget, who: str) -> int:
    if isinstance(found, UnknownTarget):
        console.echo(found.message)
        return UNKNOWN
    console.echo(f"Several people are called “{who}”: name an address, a profile or an id.")
    console.echo_lines(f"- {one.person.name} [{one.person.id}]" for one in found.candidates)
    return AMBIGUOUS


def audit(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many lines at most.")] = 50,
    *,
    as_json: Json = False,
) -> None:
    """Who asked about whom in the last twelve months, newest first. That you read it stands there too."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        found = await audited.read_audit_log(network.graph, network.viewer, network.state, limit)
        told = [
            {
                "at": f"{datetime.fromtimestamp(one.created_at / 1000, UTC):%Y-%m-%d %H:%M}",
                "by": one.by,
                "act": one.action.value,
            }
            | {"about": [person.name for person in one.people]}
            for one in found
        ]
        if as_json:
            console.echo_json(told)
            return
        for one in told:
            console.echo(f"{one['at']} {one['by']}: {one['act']} {', '.join(one['about'])}".rstrip())
        if network.state.has_single_member:
            console.echo("You are alone in this network: nothing is noted.")

    run(do)


def privacy(
    *,
    controller: Annotated[str | None, typer.Option(help="Who decides why and how the network is used.")] = None,
    contact: Annotated[str | None, typer.Option(help="How to reach them.")] = None,
    basis: Annotated[str | None, typer.Option(help="The legal basis: mostly a legitimate interest.")] = None,
    months: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=answerable_networks_controller.MAX_RETENTION_MONTHS,
            help="How long to keep what was seen; 0: as long as each source.",
        ),
    ] = None,
) -> None:
    """Say who answers for the network, before anything in it can be shared, and for how long it keeps what was seen."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        before = await answerable_networks_controller.read_controller(network.graph, network.id)
        given = {"name": controller, "contact": contact, "legal_basis": basis, "retention_months": months}
        values = {
            **(asdict(before) if before else {}),
            **{name: value for name, value in given.items() if value not in (None, "")},
        }
        if any(value is not None for value in given.values()):
            if values.keys() != given.keys():
                raise typer.BadParameter("name all four: --controller, --contact, --basis and --months")
            before = answerable_networks_controller.DataController(**values)
            await answerable_privacy_retention.set_controller(
                network.graph, network.id, before, today=today(), progress=progress
            )
        if before is None:
            console.echo(f"{answerable_networks_controller.NO_CONTROLLER} {CLI_REMEDIES[Remedy.NAME_CONTROLLER]}")
            return
        kept = f"{before.retention_months} months" if before.retention_months else "as long as its source"
        console.echo(f"{before.name} ({before.contact}) answers for this network: {before.legal_basis}.")
        console.echo(f"What was seen is kept {kept}.")

    run(do, create=True)


COMMANDS = (forget, export_person, audit, privacy)
