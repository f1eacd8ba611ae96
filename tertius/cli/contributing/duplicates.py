"""`tertius duplicates …`: lists records that may be one person, and decides about them."""

from collections.abc import Sequence

import typer

from graph.answers import Person
from graph.errors import InvalidIdentityDecision
from graph.lookup.duplicates import Duplicate, list_possible_duplicates
from graph.lookup.identities import VisibleIdentity, list_identities
from graph.lookup.profiles import read_profiles
from graph.names.keys import identity_key
from graph.records import Handle, HandleKind
from graph.statements.identity_decisions import (
    IdentityDecision,
    list_identity_decisions,
    mark_distinct,
    merge_people,
    split_person,
    undo_identity_decision,
)
from presentation.answer_json import day_text, person_data
from presentation.dates import today
from presentation.sentences import format_day, name_with_job
from tertius import console
from tertius.cli.json_values import identity_data
from tertius.cli.numbered_list import choose
from tertius.cli.person_argument import resolve_person
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def print_duplicates(limit: int, *, as_json: bool) -> None:
    """Print the pairs that may be one person."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        duplicates = await list_possible_duplicates(network.graph, network.viewer, limit)
        if as_json:
            console.echo_json([_duplicate_data(duplicate) for duplicate in duplicates])
            return
        for number, duplicate in enumerate(duplicates, 1):
            console.echo(
                f"{number}. {name_with_job(duplicate.one)} and {name_with_job(duplicate.other)}: {duplicate.because}"
            )
        console.echo(
            "Decide with `tertius duplicates merge N` or `tertius duplicates distinct N`."
            if duplicates
            else "No records in your sources look like duplicates."
        )

    run(do)


def decide(pair: Sequence[str], *, is_same_person: bool, as_json: bool) -> None:
    """Merge a pair or mark it as distinct. It is a number of the list, or two people."""
    if len(pair) != 2 and not (len(pair) == 1 and pair[0].isdecimal()):
        raise typer.BadParameter(
            "Give a number from `tertius duplicates list`, or two people, each name in quotes.", param_hint="PAIR"
        )

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        graph, viewer = network.graph, network.viewer
        first, second = await _resolve_pair(network, pair)
        if is_same_person:
            await merge_people(graph, viewer, [first.id, second.id], today=today(), progress=progress)
        else:
            await mark_distinct(graph, viewer, first.id, second.id, today=today(), progress=progress)
        if as_json:
            await _print_decisions(network, as_json=True)
        else:
            result = "one person" if is_same_person else "two people"
            console.echo(f"{name_with_job(first)} and {name_with_job(second)} are {result} now.")

    run(do)


async def _resolve_pair(network: OpenNetwork, pair: Sequence[str]) -> tuple[Person, Person]:
    if len(pair) == 1:
        number = int(pair[0])
        duplicates = await list_possible_duplicates(network.graph, network.viewer, max(number, 1))
        duplicate = choose(duplicates, number, "pair", "tertius duplicates list")
        return duplicate.one, duplicate.other
    first, second = [await resolve_person(network, text, accepts_mailbox=True) for text in pair]
    profiles = await read_profiles(network.graph, network.viewer, [first, second])
    return profiles[first], profiles[second]


def split(person: str, split_off: Sequence[str], *, as_json: bool) -> None:
    """Split these identities from a person; without any, print the person's identities."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        id = await resolve_person(network, person)
        current = (await list_identities(network.graph, network.viewer, [id]))[id]
        if split_off:
            chosen = [_choose_identity(current, text).id for text in split_off]
            await split_person(network.graph, network.viewer, id, chosen, today=today(), progress=progress)
            if as_json:
                await _print_decisions(network, as_json=True)
            else:
                console.echo("They are two people now.")
        elif as_json:
            console.echo_json([identity_data(identity) for identity in current])
        else:
            for identity in current:
                reason = f": {identity.because}" if identity.because else ""
                console.echo(f"{identity.text} ({identity.kind}{reason})")
            console.echo("To split some of them off, add them after the person.")

    run(do)


def undo(number: int, *, as_json: bool) -> None:
    """Undo the decision with this number, and print the others."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        decisions = await list_identity_decisions(network.graph, network.viewer)
        decision = choose(decisions, number, "decision", "tertius duplicates decisions")
        if not decision.is_own:
            raise InvalidIdentityDecision("A colleague made this decision. Only they can undo it.")
        await undo_identity_decision(network.graph, network.viewer, decision.id, progress=progress)
        await _print_decisions(network, as_json=as_json)

    run(do)


def print_decisions(*, as_json: bool) -> None:
    """Print the decisions that the viewer may see."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print_decisions(network, as_json=as_json)

    run(do)


async def _print_decisions(network: OpenNetwork, *, as_json: bool) -> None:
    decisions = await list_identity_decisions(network.graph, network.viewer)
    if as_json:
        console.echo_json([_decision_data(decision) for decision in decisions])
        return
    for number, decision in enumerate(decisions, 1):
        first, second = (", ".join(each.text for each in group) for group in (decision.first, decision.second))
        verb = "is" if decision.is_same_person else "is not"
        author = "you" if decision.is_own else "a colleague"
        console.echo(f"{number}. {first} {verb} {second} ({author}, {format_day(decision.day)})")
    if not decisions:
        console.echo("There are no decisions yet.")


def _choose_identity(current: list[VisibleIdentity], text: str) -> VisibleIdentity:
    keys = {
        text.casefold(),
        identity_key(Handle(HandleKind.EMAIL, text)),
        identity_key(Handle(HandleKind.LINKEDIN, text)),
    }
    chosen = [identity for identity in current if identity.key in keys or identity.text.casefold() in keys]
    if len(chosen) != 1:
        names = ", ".join(identity.text for identity in current)
        raise InvalidIdentityDecision(f"The person has no identity “{text}”. Their identities are: {names}.")
    return chosen[0]


def _duplicate_data(duplicate: Duplicate) -> dict[str, object]:
    return {
        "__typename": "PossibleDuplicate",
        "firstPerson": person_data(duplicate.one),
        "secondPerson": person_data(duplicate.other),
        "similarity": duplicate.score,
        "reason": duplicate.because,
    }


def _decision_data(decision: IdentityDecision) -> dict[str, object]:
    return {
        "__typename": "IdentityDecision",
        "id": decision.id,
        "isSamePerson": decision.is_same_person,
        "firstIdentities": [identity_data(identity) for identity in decision.first],
        "secondIdentities": [identity_data(identity) for identity in decision.second],
        "decidedOn": day_text(decision.day),
        "isOwn": decision.is_own,
    }
