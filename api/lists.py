"""`POST /targets`: a list of people one would meet, answered with the best person to ask for each.

The body is the list as it is, a CSV or one target a line; the answer has its rows in its order, with its own columns,
and ours behind them: as CSV where that is accepted before JSON (docs/decisions/0015-target-lists.md).
"""

import asyncio
from collections.abc import AsyncIterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from api.loads import TooLarge
from api.spreadsheet import table
from api.words import named, on, steps, through_team, weakest, word
from graph.answers import Candidate, Person
from graph.database.client import Graph
from graph.days import date_of
from graph.introductions.target_list import MOST, Ranked, Standing, targets
from graph.lookup.resolve import Asked as Meant
from graph.lookup.resolve import Described
from graph.networks.state import State
from graph.privacy.audit_log import Asked, note
from graph.progress import Say, silent
from graph.viewer import Viewer
from sources import lists
from sources.archive import File

MOST_BYTES = 10 * 2**20
"""Of a list: two thousand a row."""
OURS = ("rank", "standing", "person", "id", "ask", "word", "odds", "steps", "why", "candidates")
CSV, JSON = "text/csv", "application/json"


async def read(file: File) -> lists.List:
    """The list. Raises UnfitList."""
    return await asyncio.to_thread(lists.read, file, most=MOST)


async def answered(
    graph: Graph,
    state: State,
    viewer: Viewer,
    found: lists.List,
    *,
    team: bool = False,
    max_introducers: int = 2,
    say: Say = silent,
) -> list[Ranked]:
    """What is said of each row of a list, once it is noted who asks about whom. Raises what graph.targets raises."""
    asked = [_asked(row) for row in found.rows if not row.wrong]
    ranked = await targets(graph, viewer, asked, team=team, max_introducers=max_introducers, say=say)
    about = dict.fromkeys(one.target.id for one in ranked if one.target)
    if about:
        await note(graph, state, viewer.member, Asked.TARGETS, about)
    told = iter(ranked)
    return [Ranked(Standing.UNKNOWN, why=row.wrong) if row.wrong else next(told) for row in found.rows]


async def received(pieces: AsyncIterable[bytes]) -> bytes:
    """The bytes of a list. Raises TooLarge."""
    body = bytearray()
    async for piece in pieces:
        body += piece
        if len(body) > MOST_BYTES:
            raise TooLarge(f"A list has {MOST_BYTES // 2**20} MB at most: leave out columns that it does not need.")
    return bytes(body)


def points(found: lists.List) -> int:
    """What a list costs: a row takes a thousandth of the time that a question of its own does, and tells less."""
    return max(20, len(found.rows) // 10)


def wants_csv(accept: str) -> bool:
    """Whether a client names CSV and no JSON before it."""
    named_so = [one.partition(";")[0].strip().lower() for one in accept.split(",")]
    return next((one for one in named_so if one in (CSV, JSON)), JSON) == CSV


def given(body: bytes) -> File:
    """A list that came in a request."""
    return File("the list", lambda: BytesIO(body))


def _asked(row: lists.Wanted) -> Meant:
    if row.name and not row.handles and not row.company:
        return row.name  # as people write it in one line
    return Described(row.handles, row.name, row.company)


def written(found: lists.List, ranked: Sequence[Ranked]) -> Iterator[str]:
    """The list as CSV with what was found behind its own columns; those of an earlier answer give way.

    It begins with the mark by which Excel knows UTF-8.
    """
    ours = [f"tertius_{name}" for name in OURS]
    kept = [place for place, name in enumerate(found.header) if name not in ours]
    rows = ([row.cells[place] for place in kept] + _cells(one) for row, one in zip(found.rows, ranked, strict=True))
    yield "\ufeff"
    yield from table([[found.header[place] for place in kept] + ours])
    yield from table(rows)


def _cells(found: Ranked) -> list[object]:
    act, route, person = found.tie, found.route, found.target
    odds = route.odds if route else act.number if act else None
    return [
        found.rank,
        found.standing.value,
        person and person.name,
        person and person.id,
        route and named(route.people[0]),
        _word(found),
        None if odds is None else f"{odds:.4f}",
        route and steps(route),
        why(found),
        "; ".join(candidate(one) for one in found.candidates),
    ]


def _word(found: Ranked) -> str | None:
    """How well the target knows the viewer; else what the route hangs on."""
    act = weakest(found.route) if found.route and not found.tie else found.tie
    odds = act.odds if act else found.through_team
    return None if odds is None else word(odds)


def why(found: Ranked) -> str:
    """Why nobody is named, or not the best."""
    if found.target and found.through_team is not None:
        return through_team(found.through_team, found.target)
    return found.why


def candidate(found: Candidate) -> str:
    """Somebody whom a row may mean, with what tells them apart."""
    last = f", last contact {on(found.last)}" if found.last is not None else ""
    return f"{named(found.person)}{last} [{found.person.id}]"


def data(found: lists.List, ranked: Sequence[Ranked], viewer: Viewer) -> dict[str, Any]:
    """The same for programs."""
    return {
        "as_of": _day(viewer.as_of),
        "counts": {standing.value: sum(one.standing is standing for one in ranked) for standing in Standing},
        "targets": [
            {"line": row.line, "row": list(zip(found.header, row.cells, strict=True)), **_data(one)}
            for row, one in zip(found.rows, ranked, strict=True)
        ],
    }


def _data(found: Ranked) -> dict[str, Any]:
    act, route = found.tie, found.route
    return {
        "rank": found.rank,
        "standing": found.standing.value,
        "target": found.target and _person(found.target),
        "knows_you": act and {"word": word(act.odds), "odds": act.number},
        "route": route
        and {
            "people": [_person(person) for person in route.people],
            "steps": steps(route),
            "word": word(weakest(route).odds),
            "odds": route.odds,
            "colleague": route.colleague is not None,
        },
        "through_team": None if found.through_team is None else word(found.through_team),
        "why": why(found) or None,
        "candidates": [
            {**_person(one.person), "last_contact": _day(one.last), "sources": list(one.sources)}
            for one in found.candidates
        ],
    }


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "title": person.title, "company": person.company}


def _day(found: int | None) -> str | None:
    return None if found is None else date_of(found).isoformat()
