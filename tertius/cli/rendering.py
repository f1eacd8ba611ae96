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
        yield f"As of {sentences.format_day(viewer.as_of)}. {sentences.sources_note(sources)}"
    for stale in sources:
        if sentences.is_stale(stale, viewer.as_of):
            yield f"{stale.title} covers nothing of the last 30 days: load a newer export."


def _told(found: Answer, *, viewer: Viewer, details: bool) -> Iterator[str]:
    match found:
        case Introductions():
            yield f"Who can introduce you to {sentences.name_with_job(found.target)}?"
            yield from _duplicates(found.possible_duplicates, found.target)
            yield from _routes(found.routes, viewer, details=details)
            yield from _cut_off(found)
        case AlreadyKnown():
            yield f"{sentences.name_with_job(found.target)} knows you: ask directly."
            yield from _duplicates(found.possible_duplicates, found.target)
            yield from _step(found.tie, viewer, details=details)
            if found.routes:
                yield ""
                yield "That tie is weak. Others who could introduce you:"
                yield from _routes(found.routes, viewer, details=details)
            yield from _cut_off(found)
        case Refusal():
            yield from _refusal(found, viewer, details=details)
        case AmbiguousTarget():
            yield "Several people match this name:"
            for candidate in found.candidates:
                last = (
                    f"last contact {sentences.format_day(candidate.last_contact)}"
                    if candidate.last_contact is not None
                    else "no contact seen"
                )
                yield (
                    f"  {sentences.name_with_job(candidate.person)}: {last}; in {', '.join(candidate.sources)}  "
                    f"[{candidate.person.id}]"
                )
            yield "Ask again with a company (“Name at Company”), an address, a profile, or the id in brackets."
        case UnknownTarget():
            yield found.message
            yield from _connectors(found.possible_connectors, viewer, details=details)


def _duplicates(same: Sequence[Person], target: Person) -> Iterator[str]:
    if same:
        yield f"({len(same) + 1} records with the name {target.name} count as one person.)"


def _cut_off(found: Introductions | AlreadyKnown) -> Iterator[str]:
    if found.withheld_strength is not None:
        yield ""
        yield sentences.withheld_message(found.withheld_strength, found.target)
        yield "`tertius team request-visibility` asks them to be named."
    if not found.is_complete:
        yield ""
        yield sentences.INCOMPLETE_NOTE


def _routes(routes: Sequence[Route], viewer: Viewer, *, details: bool) -> Iterator[str]:
    me = viewer.person_id or ""
    for number, route in enumerate(routes, 1):
        yield ""
        alone = "  (shares nobody with the first)" if route.shares_nobody else ""
        yield f"{number}. Ask {sentences.name_with_job(route.people[0])}{alone}"
        yield f"   {sentences.route_summary(route)}" + (
            f"  score {route.score:.3f}" if details and route.score is not None else ""
        )
        if route.colleague:
            yield f"   {route.people[0].name}: colleague; {sentences.evidence_text(route.colleague, viewer.as_of, me)}"
        for act in route.steps[:-1]:
            yield from _step(act, viewer, details=details)
        if details:
            yield from _step(route.steps[-1], viewer, details=details)
        if silence := sentences.no_answer_note(route):
            yield f"   {silence}"
        yield f"   To forward: {sentences.message_to_forward(route)}"


def _step(act: Step, viewer: Viewer, *, details: bool) -> Iterator[str]:
    me = viewer.person_id or ""
    number = f" {act.strength:.3f}" if details and not act.label_only else ""
    pair = f"{sentences.name_or_you(act.from_person, me)} for {sentences.name_or_you(act.to_person, me)}"
    label = sentences.strength_label(act.strength)
    yield f"   {pair}: {label}{number}; {sentences.evidence_text(act, viewer.as_of, me)}"


def colleagues(known: Sequence[Step], viewer: Viewer, *, details: bool) -> Iterator[str]:
    """Which colleagues know somebody, and how well."""
    if known:
        yield ""
        yield f"Colleagues who know {known[0].to_person.name}:"
        for act in known:
            yield from _step(act, viewer, details=details)


def _refusal(found: Refusal, viewer: Viewer, *, details: bool) -> Iterator[str]:
    yield sentences.refusal_message(found)
    yield from _duplicates(found.possible_duplicates, found.target)
    if found.nearest_miss is not None and len(found.nearest_miss.people) > 2:
        yield f"Nearest chain: {' – '.join(person.name for person in found.nearest_miss.people)}."
    yield f"Suggestion: {found.suggestion}  ({found.reason.value})"
    yield from _connectors(found.possible_connectors, viewer, details=details)


def _connectors(leads: Sequence[PossibleConnector], viewer: Viewer, *, details: bool) -> Iterator[str]:
    if leads:
        yield ""
        yield "Possible connectors, who may know them:"
        for found in leads:
            yield from connector(found, viewer, details=details)


def connector(found: PossibleConnector, viewer: Viewer, *, details: bool) -> Iterator[str]:
    """Somebody who knows the asker at a company."""
    since = f" since {sentences.format_day(found.since)}" if found.since is not None else ""
    until = f" until {sentences.format_day(found.until)}" if found.until is not None else ""
    job = " at ".join(filter(None, (found.title, found.company)))
    yield f"  {found.person.name}, {job}{since}{until}"
    yield from _step(found.tie, viewer, details=details)


def source(found: Source, *, today: int) -> str:
    """One line about a source."""
    until = (
        f"until {sentences.format_day(found.coverage_until)}"
        if found.coverage_until is not None
        else "your statements about ties"
    )
    again = "; load it again: it is over 30 days old" if sentences.is_stale(found, today) else ""
    return f"{found.title}: {found.sharing_level}, {found.status}, {until}{again}"
