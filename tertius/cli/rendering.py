"""Answers and reports as lines for a terminal: plain words first, numbers only where `details` asks for them."""

from collections.abc import Iterator, Sequence

from graph.answers import (
    AlreadyKnown,
    AmbiguousTarget,
    Answer,
    Introductions,
    Person,
    PossibleConnector,
    Refusal,
    Route,
    Step,
    UnknownTarget,
)
from graph.networks.sources import Source
from graph.viewer import Viewer
from presentation import sentences


def answer(found: Answer, *, viewer: Viewer, sources: Sequence[Source], details: bool) -> Iterator[str]:
    """The whole answer to `who`, and what it rests on."""
    yield from _told(found, viewer=viewer, details=details)
    if not isinstance(found, AmbiguousTarget):
        yield ""
        yield f"As of {sentences.on(viewer.as_of)}. {sentences.looked_in(sources)}"
    for stale in sources:
        if sentences.is_old(stale, viewer.as_of):
            yield f"{stale.title} has seen nothing for over 30 days: load a newer export."


def _told(found: Answer, *, viewer: Viewer, details: bool) -> Iterator[str]:
    match found:
        case Introductions():
            yield f"Who can introduce you to {sentences.named(found.target)}?"
            yield from _same(found.possible_duplicates, found.target)
            yield from _routes(found.routes, viewer, details=details)
            yield from _cut_off(found)
        case AlreadyKnown():
            yield f"{sentences.named(found.target)} knows you: ask directly."
            yield from _same(found.possible_duplicates, found.target)
            yield from _act(found.tie, viewer, details=details)
            if found.routes:
                yield ""
                yield "That tie is weak. Others who could introduce you:"
                yield from _routes(found.routes, viewer, details=details)
            yield from _cut_off(found)
        case Refusal():
            yield from _refusal(found, viewer, details=details)
        case AmbiguousTarget():
            yield "Several people are called that. Which one?"
            for candidate in found.candidates:
                last = (
                    f"last contact {sentences.on(candidate.last_contact)}"
                    if candidate.last_contact is not None
                    else "no contact seen"
                )
                yield (
                    f"  {sentences.named(candidate.person)}: {last}; in {', '.join(candidate.sources)}  "
                    f"[{candidate.person.id}]"
                )
            yield "Ask again with a company (“Name at Company”), an address, a profile, or the id in brackets."
        case UnknownTarget():
            yield found.message
            yield from _leads(found.possible_connectors, viewer, details=details)


def _same(same: Sequence[Person], target: Person) -> Iterator[str]:
    if same:
        yield f"({len(same) + 1} entries of the name {target.name} are taken as one: probably the same person.)"


def _cut_off(found: Introductions | AlreadyKnown) -> Iterator[str]:
    if found.withheld_strength is not None:
        yield ""
        yield f"{sentences.through_team(found.withheld_strength, found.target)} `tertius reveal --ask` asks them."
    if not found.is_complete:
        yield ""
        yield sentences.CUT_OFF


def _routes(routes: Sequence[Route], viewer: Viewer, *, details: bool) -> Iterator[str]:
    me = viewer.person_id or ""
    for number, route in enumerate(routes, 1):
        yield ""
        alone = "  (shares nobody with the first)" if route.shares_nobody else ""
        yield f"{number}. Ask {sentences.named(route.people[0])}{alone}"
        yield f"   {sentences.steps(route)}" + (
            f"  odds {route.score:.3f}" if details and route.score is not None else ""
        )
        if route.colleague:
            yield f"   {route.people[0].name}: colleague; {sentences.evidence(route.colleague, viewer.as_of, me)}"
        for act in route.steps[:-1]:
            yield from _act(act, viewer, details=details)
        if details:
            yield from _act(route.steps[-1], viewer, details=details)
        if silence := sentences.unanswered(route):
            yield f"   {silence}"
        yield f"   To forward: {sentences.forward(route)}"


def _act(act: Step, viewer: Viewer, *, details: bool) -> Iterator[str]:
    me = viewer.person_id or ""
    number = f" {act.strength:.3f}" if details and not act.label_only else ""
    pair = f"{sentences.called(act.from_person, me)} for {sentences.called(act.to_person, me)}"
    yield f"   {pair}: {sentences.word(act.strength)}{number}; {sentences.evidence(act, viewer.as_of, me)}"


def colleagues(known: Sequence[Step], viewer: Viewer, *, details: bool) -> Iterator[str]:
    """Which colleagues know somebody, and how well."""
    if known:
        yield ""
        yield f"Colleagues who know {known[0].to_person.name}:"
        for act in known:
            yield from _act(act, viewer, details=details)


def _refusal(found: Refusal, viewer: Viewer, *, details: bool) -> Iterator[str]:
    yield sentences.refused(found)
    yield from _same(found.possible_duplicates, found.target)
    if found.nearest_miss is not None and len(found.nearest_miss.people) > 2:
        yield f"Nearest: {' – '.join(person.name for person in found.nearest_miss.people)}."
    yield f"What would mend it: {found.suggestion}  ({found.reason.value})"
    yield from _leads(found.possible_connectors, viewer, details=details)


def _leads(leads: Sequence[PossibleConnector], viewer: Viewer, *, details: bool) -> Iterator[str]:
    if leads:
        yield ""
        yield "No route, but people you might ask whether they know them:"
        for found in leads:
            yield from lead(found, viewer, details=details)


def lead(found: PossibleConnector, viewer: Viewer, *, details: bool) -> Iterator[str]:
    """Somebody who knows the asker at a company."""
    since = f" since {sentences.on(found.since)}" if found.since is not None else ""
    until = f" until {sentences.on(found.until)}" if found.until is not None else ""
    job = " at ".join(filter(None, (found.title, found.company)))
    yield f"  {found.person.name}, {job}{since}{until}"
    yield from _act(found.tie, viewer, details=details)


def source(found: Source, *, today: int) -> str:
    """One line about a source."""
    until = (
        f"seen until {sentences.on(found.coverage_until)}"
        if found.coverage_until is not None
        else "what you say of ties"
    )
    again = "; load it again: it is over 30 days old" if sentences.is_old(found, today) else ""
    return f"{found.title}: {found.sharing_level}, {found.status}, {until}{again}"
