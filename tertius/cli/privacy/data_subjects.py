"""`tertius privacy export` and `erase`: what a person may demand of a network that holds their data."""

from collections.abc import Iterator
from typing import Any

import typer

from graph.answers import AmbiguousTarget, UnknownTarget
from graph.lookup.profiles import read_profiles
from graph.privacy.audit_log import AuditAction, export_audit_entries, record_audit_entry
from graph.privacy.erasure import ErasurePreview, erase_person, preview_erasure
from graph.privacy.export import export_person
from presentation.answer_json import answer_data, person_data
from tertius import console
from tertius.cli.exit_codes import AMBIGUOUS, FAILED, UNKNOWN
from tertius.cli.json_values import identity_data
from tertius.cli.person_argument import no_single_person
from tertius.console import ConsoleProgress
from tertius.runner import end, run
from tertius.session import OpenNetwork


def export_data_subject(person: str) -> None:
    """Print the personal data that the viewer's sources hold of a person, with the audit log about them."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> int:
        graph, viewer = network.graph, network.viewer
        export = await export_person(graph, viewer, person)
        if isinstance(export, (AmbiguousTarget, UnknownTarget)):
            return await _print_no_single_person(network, person, export, as_json=True)
        id = export["person"]["id"]
        await record_audit_entry(graph, network.state, network.member, AuditAction.EXPORT, [id])
        export["auditLog"] = await export_audit_entries(graph, viewer, network.state, id)
        profile = (await read_profiles(graph, viewer, [id]))[id]
        console.echo_json({"__typename": "DataSubjectExport", "person": person_data(profile), "data": export})
        return 0

    end(run(do))


def erase(person: str, *, yes: bool, as_json: bool) -> None:
    """Erase a person, after a preview and a confirmation."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        preview = await preview_erasure(network.graph, network.viewer, person)
        if not isinstance(preview, ErasurePreview):
            return await _print_no_single_person(network, person, preview, as_json=as_json)
        is_confirmed = yes
        if not as_json:
            console.echo_lines(_preview_lines(preview, person))
            is_confirmed = yes or typer.confirm("Erase them? This cannot be undone.")
        if is_confirmed:
            await erase_person(network.graph, network.viewer, person, progress=progress)
        if as_json:
            console.echo_json(_erasure_data(preview, is_applied=is_confirmed))
        elif is_confirmed:
            console.echo(
                "Erased from all answers. The database's files may contain the data for some days (docs/privacy.md)."
            )
        else:
            console.echo("Nothing was changed.")
        return 0 if is_confirmed else FAILED

    end(run(do))


def _preview_lines(preview: ErasurePreview, text: str) -> Iterator[str]:
    if preview.person is None:
        yield f"No person in your view has {text}. Later loads of a source that has it would skip it."
    else:
        identities = ", ".join(identity.text for identity in preview.identities)
        yield f"{preview.person.name} would be erased: {identities}."
        yield f"Sources that name them: {', '.join(preview.sources)}."
    yield "Data of them that other members do not share is erased too."
    if preview.possible_duplicates:
        names = ", ".join(f"{person.name} [{person.id}]" for person in preview.possible_duplicates)
        yield f"Probably the same person, and not erased: {names}."


async def _print_no_single_person(
    network: OpenNetwork, text: str, answer: AmbiguousTarget | UnknownTarget, *, as_json: bool
) -> int:
    if as_json:
        console.echo_json(answer_data(answer, network.viewer, []))
    else:
        console.echo(no_single_person(text, answer))
        if isinstance(answer, AmbiguousTarget):
            console.echo_lines(f"- {each.person.name} [{each.person.id}]" for each in answer.candidates)
    return AMBIGUOUS if isinstance(answer, AmbiguousTarget) else UNKNOWN


def _erasure_data(preview: ErasurePreview, *, is_applied: bool) -> dict[str, Any]:
    return {
        "__typename": "PersonErasure",
        "person": preview.person and person_data(preview.person),
        "identities": [identity_data(identity) for identity in preview.identities],
        "sources": list(preview.sources),
        "possibleDuplicates": [person_data(person) for person in preview.possible_duplicates],
        "isApplied": is_applied,
    }
