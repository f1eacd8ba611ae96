"""`tertius duplicates …`: lists records that may be one person, and decides about them."""

from collections.abc import Sequence

import typer

from graph.answers import Person
from graph.errors import InvalidIdentityDecision
from graph.lookup.duplicates import Duplicate, list_possible_duplicates
from graph.lookup.identities import list_identities
from graph.lookup.profiles import read_profiles
from graph.names.keys import identity_key, key_text
from graph.records import Handle, HandleKind
from graph.statements.identity_decisions import (
    IdentityDecision,
    list_identity_decisions,
    mark_distinct,
    merge_people,
    split_person,
    undo_identity_decision,
)
from presentation.answer_json import Data, day_text, person_data
from presentation.dates import today
from tertius import console
from tertius.answer_reading.answers import name_and_job
from tertius.arguments.numbered_list import choose
from tertius.arguments.person_argument import resolve_person
from tertius.cli.json_values import identity_data
from tertius.cli.rendering import format_date
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.duplicates import (
    DUPLICATES_COMMAND,
    decide_on_server,
    duplicates_on_server,
    identities_on_server,
    pair_on_server,
)
from tertius.remote.questions import resolve_on_server
from tertius.remote.team import DECISION_LIST
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork


def print_duplicates(limit: int, *, as_json: bool) -> None:
    """Print the pairs that may be one person."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return [_duplicate_data(each) for each in await list_possible_duplicates(network.graph, network.viewer, limit)]

    duplicates = run_or_ask(do, lambda client: duplicates_on_server(client, limit))
    if as_json:
        console.echo_json(duplicates)
        return
    for number, each in enumerate(duplicates, 1):
        pair = f"{name_and_job(each['firstPerson'])} and {name_and_job(each['secondPerson'])}"
        console.echo(f"{number}. {pair}: {each['reason']}")
    console.echo(
        "Decide with `tertius duplicates merge N` or `tertius duplicates distinct N`."
        if duplicates
        else "No records in your sources look like duplicates."
    )


def decide(pair: Sequence[str], *, is_same_person: bool, as_json: bool) -> None:
    """Merge a pair or mark it as distinct. It is a number of the list, or two people."""
    if len(pair) != 2 and not (len(pair) == 1 and pair[0].isdecimal()):
        raise typer.BadParameter(
            "Give a number from `tertius duplicates list`, or two people, each name in quotes.", param_hint="PAIR"
        )

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> tuple[Data, Data, list[Data]]:
        graph, viewer = network.graph, network.viewer
        first, second = await _resolve_pair(network, pair)
        if is_same_person:
            await merge_people(graph, viewer, [first.id, second.id], today=today(), progress=progress)
        else:
            await mark_distinct(graph, viewer, first.id, second.id, today=today(), progress=progress)
        return person_data(first), person_data(second), await _decisions(network)

    def ask(client: ServerClient) -> tuple[Data, Data, list[Data]]:
        first, second = pair_on_server(client, pair)
        decide_on_server(client, first, second, is_same_person=is_same_person)
        return first, second, DECISION_LIST.read(client)

    first, second, decisions = run_or_ask(do, ask)
    if as_json:
        console.echo_json(decisions)
    else:
        result = "one person" if is_same_person else "two people"
        console.echo(f"{name_and_job(first)} and {name_and_job(second)} are {result} now.")


async def _resolve_pair(network: OpenNetwork, pair: Sequence[str]) -> tuple[Person, Person]:
    if len(pair) == 1:
        number = int(pair[0])
        duplicates = await list_possible_duplicates(network.graph, network.viewer, max(number, 1))
        duplicate = choose(duplicates, number, "pair", DUPLICATES_COMMAND)
        return duplicate.one, duplicate.other
    first, second = [await resolve_person(network, text, accepts_mailbox=True) for text in pair]
    profiles = await read_profiles(network.graph, network.viewer, [first, second])
    return profiles[first], profiles[second]


def split(person: str, split_off: Sequence[str], *, as_json: bool) -> None:
    """Split these identities from a person; without any, print the person's identities."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> tuple[list[Data], list[Data]]:
        id = await resolve_person(network, person)
        current = [identity_data(each) for each in (await list_identities(network.graph, network.viewer, [id]))[id]]
        if not split_off:
            return current, []
        chosen = _choose_identities(current, split_off)
        await split_person(network.graph, network.viewer, id, chosen, today=today(), progress=progress)
        return current, await _decisions(network)

    def ask(client: ServerClient) -> tuple[list[Data], list[Data]]:
        id = resolve_on_server(client, person)
        current = identities_on_server(client, id)
        if not split_off:
            return current, []
        chosen = _choose_identities(current, split_off)
        client.query("split_person", input={"personId": id, "identityIds": chosen})
        return current, DECISION_LIST.read(client)

    current, decisions = run_or_ask(do, ask)
    if as_json:
        console.echo_json(decisions if split_off else current)
    elif split_off:
        console.echo("They are two people now.")
    else:
        for identity in current:
            reason = f": {identity['reason']}" if identity["reason"] else ""
            console.echo(f"{identity['text']} ({identity['kind'].lower()}{reason})")
        console.echo("To split some of them off, add them after the person.")


def undo(number: int, *, as_json: bool) -> None:
    """Undo the decision with this number, and print the others."""

    def chosen_id(decisions: Sequence[Data]) -> str:
        decision = choose(decisions, number, DECISION_LIST.noun, DECISION_LIST.command)
        if not decision["isOwn"]:
            raise InvalidIdentityDecision("A colleague made this decision. Only they can undo it.")
        return str(decision["id"])

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> list[Data]:
        id = chosen_id(await _decisions(network))
        await undo_identity_decision(network.graph, network.viewer, id, progress=progress)
        return await _decisions(network)

    def ask(client: ServerClient) -> list[Data]:
        client.query("undo_identity_decision", input={"id": chosen_id(DECISION_LIST.read(client))})
        return DECISION_LIST.read(client)

    _print_decisions(run_or_ask(do, ask), as_json=as_json)


def print_decisions(*, as_json: bool) -> None:
    """Print the decisions that the viewer may see."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return await _decisions(network)

    _print_decisions(run_or_ask(do, DECISION_LIST.read), as_json=as_json)


async def _decisions(network: OpenNetwork) -> list[Data]:
    return [_decision_data(each) for each in await list_identity_decisions(network.graph, network.viewer)]


def _print_decisions(decisions: Sequence[Data], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(decisions)
        return
    for number, decision in enumerate(decisions, 1):
        first, second = (
            ", ".join(each["text"] for each in decision[group]) for group in ("firstIdentities", "secondIdentities")
        )
        verb = "is" if decision["isSamePerson"] else "is not"
        author = "you" if decision["isOwn"] else "a colleague"
        console.echo(f"{number}. {first} {verb} {second} ({author}, {format_date(decision['decidedOn'])})")
    if not decisions:
        console.echo("There are no decisions yet.")


def _choose_identities(current: Sequence[Data], texts: Sequence[str]) -> list[str]:
    """The ids of the identities with these texts. Raises InvalidIdentityDecision."""
    return [_choose_identity(current, text) for text in texts]


def _choose_identity(current: Sequence[Data], text: str) -> str:
    keys = {identity_key(Handle(kind, text)) for kind in (HandleKind.EMAIL, HandleKind.LINKEDIN)}
    stated = {(key.partition(":")[0], key_text(key)) for key in keys if key}
    chosen = [
        each["id"]
        for each in current
        if each["text"].casefold() == text.casefold() or (each["kind"].lower(), each["text"]) in stated
    ]
    if len(chosen) != 1:
        names = ", ".join(each["text"] for each in current)
        raise InvalidIdentityDecision(f"The person has no identity “{text}”. Their identities are: {names}.")
    return str(chosen[0])


def _duplicate_data(duplicate: Duplicate) -> Data:
    return {
        "__typename": "PossibleDuplicate",
        "firstPerson": person_data(duplicate.one),
        "secondPerson": person_data(duplicate.other),
        "similarity": duplicate.score,
        "reason": duplicate.because,
    }


def _decision_data(decision: IdentityDecision) -> Data:
    return {
        "__typename": "IdentityDecision",
        "id": decision.id,
        "isSamePerson": decision.is_same_person,
        "firstIdentities": [identity_data(identity) for identity in decision.first],
        "secondIdentities": [identity_data(identity) for identity in decision.second],
        "decidedOn": day_text(decision.day),
        "isOwn": decision.is_own,
    }
