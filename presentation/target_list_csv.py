"""Target list csv."""

from collections.abc import Iterator, Sequence

from graph.answers import Candidate
from graph.introductions.target_list import TargetAnswer
from presentation.csv_cells import table
from presentation.sentences import named, on, steps, through_team, weakest, word
from sources.tables.target_list import TargetList

OURS = ("rank", "standing", "person", "id", "ask", "word", "odds", "steps", "why", "candidates")


def written(found: TargetList, ranked: Sequence[TargetAnswer]) -> Iterator[str]:
    """The list as CSV with what was found behind its own columns; those of an earlier answer give way.

    It begins with the mark by which Excel knows UTF-8.
    """
    ours = [f"tertius_{name}" for name in OURS]
    kept = [place for place, name in enumerate(found.header) if name not in ours]
    rows = ([row.cells[place] for place in kept] + _cells(one) for row, one in zip(found.rows, ranked, strict=True))
    yield "\ufeff"
    yield from table([[found.header[place] for place in kept] + ours])
    yield from table(rows)


def _cells(found: TargetAnswer) -> list[object]:
    act, route, person = found.tie, found.route, found.target
    odds = route.score if route else act.exact_strength if act else None
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


def _word(found: TargetAnswer) -> str | None:
    """How well the target knows the viewer; else what the route hangs on."""
    act = weakest(found.route) if found.route and not found.tie else found.tie
    odds = act.strength if act else found.withheld_strength
    return None if odds is None else word(odds)


def why(found: TargetAnswer) -> str:
    """Why nobody is named, or not the best."""
    if found.target and found.withheld_strength is not None:
        return through_team(found.withheld_strength, found.target)
    return found.message


def candidate(found: Candidate) -> str:
    """Somebody whom a row may mean, with what tells them apart."""
    last = f", last contact {on(found.last_contact)}" if found.last_contact is not None else ""
    return f"{named(found.person)}{last} [{found.person.id}]"
