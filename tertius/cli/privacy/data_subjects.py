"""`tertius privacy export` and `erase`: what a person may demand of a network that holds their data."""

from collections.abc import Iterator

import typer

from graph.answers import AmbiguousTarget, UnknownTarget
from graph.lookup.profiles import read_profiles
from graph.privacy.audit_log import AuditAction, export_audit_entries, record_audit_entry
from graph.privacy.erasure import ErasurePreview, erase_person, preview_erasure
from graph.privacy.export import export_person
from presentation.answer_json import Data, answer_data, person_data
from tertius import console
from tertius.arguments.no_single_person import nobody, several_people
from tertius.cli.exit_codes import AMBIGUOUS, FAILED, UNKNOWN
from tertius.cli.json_values import identity_data
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.questions import similar_people_of
from tertius.runner import end, run_or_ask
from tertius.session import OpenNetwork


def export_data_subject(person: str) -> None:
    """Print the personal data that the viewer's sources hold of a person, with the audit log about them."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> Data:
        graph, viewer = network.graph, network.viewer
        export = await export_person(graph, viewer, person)
        if isinstance(export, (AmbiguousTarget, UnknownTarget)):
            return answer_data(export, viewer, [])
        id = export["person"]["id"]
        await record_audit_entry(graph, network.state, network.member, AuditAction.EXPORT, [id])
        export["auditLog"] = await export_audit_entries(graph, viewer, network.state, id)
        profile = (await read_profiles(graph, viewer, [id]))[id]
        return {"__typename": "DataSubjectExport", "person": person_data(profile), "data": export}

    def ask(client: ServerClient) -> Data:
        subject: Data = client.query("data_subject_export", person={"text": person})["dataSubjectExport"]
        return subject

    exported = run_or_ask(do, ask)
    console.echo_json(exported)
    end(_EXIT_CODES.get(exported["__typename"], 0))


_EXIT_CODES = {"AmbiguousTarget": AMBIGUOUS, "UnknownTarget": UNKNOWN}


def erase(person: str, *, yes: bool, as_json: bool) -> None:
    """Erase a person, after a preview and a confirmation."""

    async def look_ahead(network: OpenNetwork, _: ConsoleProgress) -> Data:
        preview = await preview_erasure(network.graph, network.viewer, person)
        if isinstance(preview, ErasurePreview):
            return _erasure_data(preview)
        return answer_data(preview, network.viewer, [])

    async def apply(network: OpenNetwork, progress: ConsoleProgress) -> None:
        await erase_person(network.graph, network.viewer, person, progress=progress)

    data = run_or_ask(look_ahead, lambda client: _erase_on_server(client, person, is_confirmed=False))
    if code := _EXIT_CODES.get(data["__typename"]):
        _print_no_single_person(data, person, as_json=as_json)
        end(code)
    is_confirmed = yes
    if not as_json:
        console.echo_lines(_preview_lines(data, person))
        is_confirmed = yes or typer.confirm("Erase them? This cannot be undone.")
    if is_confirmed:
        run_or_ask(apply, lambda client: _erase_on_server(client, person, is_confirmed=True))
    if as_json:
        console.echo_json(data | {"isApplied": is_confirmed})
    elif is_confirmed:
        console.echo(
            "Erased from all answers. The database's files may contain the data for some days (docs/privacy.md)."
        )
    else:
        console.echo("Nothing was changed.")
    end(0 if is_confirmed else FAILED)


def _erase_on_server(client: ServerClient, person: str, *, is_confirmed: bool) -> Data:
    fields = {"person": {"text": person}, "isConfirmed": is_confirmed}
    result: Data = client.query("erase_person", input=fields)["erasePerson"]["result"]
    return result


def _preview_lines(preview: Data, text: str) -> Iterator[str]:
    if preview["person"] is None:
        yield f"No person in your view has {text}. Later loads of a source that has it would skip it."
    else:
        identities = ", ".join(identity["text"] for identity in preview["identities"])
        yield f"{preview['person']['name']} would be erased: {identities}."
        yield f"Sources that name them: {', '.join(preview['sources'])}."
    yield "Data of them that other members do not share is erased too."
    if preview["possibleDuplicates"]:
        names = ", ".join(f"{person['name']} [{person['id']}]" for person in preview["possibleDuplicates"])
        yield f"Probably the same person, and not erased: {names}."


def _print_no_single_person(answer: Data, text: str, *, as_json: bool) -> None:
    if as_json:
        console.echo_json(answer)
    elif answer["__typename"] == "AmbiguousTarget":
        console.echo(several_people(text))
        people = [each["person"] for each in answer["candidates"]]
        console.echo_lines(f"- {each['name']} [{each['id']}]" for each in people)
    else:
        console.echo(nobody(text, answer["message"], similar_people_of(answer)))


def _erasure_data(preview: ErasurePreview) -> Data:
    return {
        "__typename": "PersonErasure",
        "person": preview.person and person_data(preview.person),
        "identities": [identity_data(identity) for identity in preview.identities],
        "sources": list(preview.sources),
        "possibleDuplicates": [person_data(person) for person in preview.possible_duplicates],
        "isApplied": False,
    }
