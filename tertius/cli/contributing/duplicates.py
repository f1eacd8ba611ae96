"""`tertius same`: who may be one human being, asked and answered in a terminal."""

from collections.abc import Sequence
from typing import Annotated

import typer

from graph.errors import InvalidIdentityDecision
from graph.lookup.duplicates import Duplicate, possible
from graph.lookup.identities import Identified, identities
from graph.names.keys import identity_key
from graph.progress import Progress
from graph.records import Handle, HandleKind
from graph.statements.identity_decisions import (
    IdentityDecision,
    list_identity_decisions,
    mark_distinct,
    merge_people,
    split_person,
    undo_identity_decision,
)
from presentation.dates import today
from presentation.sentences import format_day, name_with_job
from tertius import console
from tertius.cli.options import Limit
from tertius.cli.person_argument import meant
from tertius.console import ConsoleProgress
from tertius.runner import Json, run
from tertius.session import OpenNetwork


def same(
    parted: Annotated[list[str] | None, typer.Argument(help="With --split: which are somebody else's.")] = None,
    *,
    merged: Annotated[int | None, typer.Option("--merge", help="Number N of the list is one person.")] = None,
    apart: Annotated[int | None, typer.Option("--apart", help="Number N of the list is two people.")] = None,
    person: Annotated[str | None, typer.Option("--split", help="Somebody who is two: shows who they are.")] = None,
    undone: Annotated[int | None, typer.Option("--undo", help="Take back number N of --list.")] = None,
    show_list: Annotated[bool, typer.Option("--list", help="Show what was decided.")] = False,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Who may be one person under two names, and why; nobody is merged before you say so, unless it is sure."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        for number, one in ((merged, True), (apart, False)):
            if number is not None:
                return await settle(network, number, same=one, progress=progress)
        if person is not None:
            return await part(network, await meant(network, person), parted or (), progress=progress)
        if undone is not None:
            return await take_back(network, undone, progress=progress)
        if show_list:
            return await listed(network, as_json=as_json)
        return await offered(network, limit, as_json=as_json)

    run(do)


NONE = "Nobody in your sources looks like somebody else under another name."


async def offered(network: OpenNetwork, limit: int, *, as_json: bool) -> None:
    """Print the pairs that may be one, numbered."""
    found = await possible(network.graph, network.viewer, limit)
    if as_json:
        console.echo_json([_data(one) for one in found])
        return
    for number, one in enumerate(found, 1):
        console.echo(f"{number}. {name_with_job(one.one)} and {name_with_job(one.other)}: {one.because}")
    console.echo("`tertius same --merge N` or `--apart N` settles one." if found else NONE)


async def settle(network: OpenNetwork, number: int, *, same: bool, progress: Progress) -> None:
    """Merge the pair of this number, or hold it apart."""
    found = await possible(network.graph, network.viewer, number)
    if not 0 < number <= len(found):
        raise InvalidIdentityDecision(f"There is no pair number {number}: `tertius same` shows them.")
    pair = found[number - 1]
    if same:
        await merge_people(
            network.graph, network.viewer, [pair.one.id, pair.other.id], today=today(), progress=progress
        )
    else:
        await mark_distinct(network.graph, network.viewer, pair.one.id, pair.other.id, today=today(), progress=progress)
    console.echo(
        f"{name_with_job(pair.one)} and {name_with_job(pair.other)} are {'one person' if same else 'two people'} now."
    )


async def part(network: OpenNetwork, person: str, words: Sequence[str], *, progress: Progress) -> None:
    """Part these identities from a person's others; without any, print what they are."""
    found = (await identities(network.graph, network.viewer, [person]))[person]
    if not words:
        for one in found:
            console.echo(_told(one))
        console.echo("Name those that are somebody else's after the person.")
        return
    parted = [_meant(found, word).id for word in words]
    await split_person(network.graph, network.viewer, person, parted, today=today(), progress=progress)
    console.echo("They are two people now.")


async def take_back(network: OpenNetwork, number: int, *, progress: Progress) -> None:
    """Undo the decision of this number."""
    found = await list_identity_decisions(network.graph, network.viewer)
    if not 0 < number <= len(found) or not found[number - 1].is_own:
        raise InvalidIdentityDecision(
            f"There is no decision of yours of number {number}: `tertius same --list` shows them."
        )
    await undo_identity_decision(network.graph, network.viewer, found[number - 1].id, progress=progress)
    await listed(network, as_json=False)


async def listed(network: OpenNetwork, *, as_json: bool) -> None:
    """Print what was decided, numbered."""
    found = await list_identity_decisions(network.graph, network.viewer)
    if as_json:
        console.echo_json([_decided(one) for one in found])
        return
    for number, one in enumerate(found, 1):
        first, second = (", ".join(identity.text for identity in lot) for lot in (one.first, one.second))
        verb = "is" if one.is_same_person else "is not"
        console.echo(
            f"{number}. {first} {verb} {second} ({'you' if one.is_own else 'a colleague'}, {format_day(one.day)})"
        )
    if not found:
        console.echo("Nothing has been decided yet.")


def _meant(found: list[Identified], word: str) -> Identified:
    wanted = {
        word.casefold(),
        identity_key(Handle(HandleKind.EMAIL, word)),
        identity_key(Handle(HandleKind.LINKEDIN, word)),
    }
    chosen = [one for one in found if one.key in wanted or one.text.casefold() in wanted]
    if len(chosen) != 1:
        there = ", ".join(one.text for one in found)
        raise InvalidIdentityDecision(f"“{word}” is none of that person's identities; there are: {there}.")
    return chosen[0]


def _told(one: Identified) -> str:
    return f"{one.text} ({one.kind}{f': {one.because}' if one.because else ''})"


def _data(one: Duplicate) -> dict[str, object]:
    pair = [
        {"id": person.id, "name": person.name, "title": person.title, "company": person.company}
        for person in (one.one, one.other)
    ]
    return {"people": pair, "score": one.score, "because": one.because}


def _decided(one: IdentityDecision) -> dict[str, object]:
    lots = ([{"id": i.id, "kind": i.kind, "text": i.text} for i in lot] for lot in (one.first, one.second))
    return {
        "id": one.id,
        "same": one.is_same_person,
        "one": next(lots),
        "other": next(lots),
        "on": format_day(one.day),
        "mine": one.is_own,
    }
