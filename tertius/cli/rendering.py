"""Answers as lines and tables. Labels and sentences stand first; `details` adds numbers."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from graph.answers import (
    AlreadyKnown,
    AmbiguousTarget,
    Answer,
    Introductions,
    NearestMiss,
    Person,
    PossibleConnector,
    Refusal,
    Route,
    Step,
    UnknownTarget,
)
from graph.networks.sources import Source
from graph.strength.statement_kinds import StatementKind
from graph.viewer import Viewer
from presentation import sentences
from presentation.request_sentences import stamp_note
from tertius.cli.tables import facts, quotation, strength_cell, table


def render_answer(
    answer: Answer, *, viewer: Viewer, sources: Sequence[Source], details: bool
) -> Iterator[RenderableType]:
    """Render the answer to `who`, and the sources that it is based on."""
    match answer:
        case Introductions():
            order = ", the best score first" if answer.routes else ""
            yield f"Routes to {sentences.name_with_job(answer.target)}{order}:"
            yield from _duplicates_note(answer.possible_duplicates, answer.target)
            yield from _routes(answer.routes, viewer, details=details)
            yield from _notes(answer)
        case AlreadyKnown():
            yield f"{sentences.name_with_job(answer.target)} knows you: ask directly."
            yield from _duplicates_note(answer.possible_duplicates, answer.target)
            yield facts([_step_row(answer.tie, viewer, details=details)])
            if answer.routes:
                yield ""
                tie = "rests on your statement only" if answer.tie.outbound.is_only_stated else "is weak"
                yield f"That tie {tie}. Stronger routes through other people:"
                yield from _routes(answer.routes, viewer, details=details)
            yield from _notes(answer)
        case Refusal():
            yield from _refusal(answer, viewer, details=details)
        case AmbiguousTarget():
            yield from _ambiguous(answer)
        case UnknownTarget():
            yield answer.message
            if question := sentences.did_you_mean(answer.similar_people):
                yield question
            yield from _possible_connectors(answer.possible_connectors, viewer, details=details)
    if not isinstance(answer, AmbiguousTarget):
        yield ""
        yield Text(f"As of {sentences.format_day(viewer.as_of)}. {sentences.sources_note(sources)}", "dim")
    for source in sources:
        if sentences.is_stale(source, viewer.as_of):
            yield f"{source.title} covers nothing of the last 30 days: load a newer export."


def _duplicates_note(duplicates: Sequence[Person], target: Person) -> Iterator[str]:
    if duplicates:
        yield f"({len(duplicates) + 1} records with the name {target.name} count as one person.)"


def _notes(answer: Introductions | AlreadyKnown) -> Iterator[str]:
    if note := sentences.low_score_routes_note(answer.low_score_routes, listed=len(answer.routes)):
        yield ""
        yield note
    if answer.withheld_strength is not None:
        message = sentences.withheld_message(answer.withheld_strength, answer.target)
        yield ""
        yield f"{message} `tertius team request-visibility {answer.target.name}` sends them a request."
    if not answer.is_complete:
        yield ""
        yield sentences.INCOMPLETE_NOTE


def _routes(routes: Sequence[Route], viewer: Viewer, *, details: bool) -> Iterator[RenderableType]:
    for number, route in enumerate(routes, 1):
        heading = Text(f"{number}. Ask {sentences.name_with_job(route.people[0])}", "bold")
        if route.shares_nobody:
            heading.append("; shares no introducer with route 1", "not bold")
        if details and route.score is not None:
            heading.append(f"; score {route.score:.3f}", "not bold")
        yield ""
        yield heading
        if note := stamp_note(route.stamp):
            yield Text(f"   {note}", "yellow")
        yield facts(_step_rows(route, viewer, details=details))
        yield quotation("Message to forward", sentences.message_to_forward(route))


def _step_rows(route: Route, viewer: Viewer, *, details: bool) -> Iterator[tuple[RenderableType, str]]:
    *steps, response = route.steps
    if route.colleague:
        yield "colleague", f"{route.people[0].name} is in your team: {_evidence(route.colleague, viewer)}"
    for step in steps:
        yield _step_row(step, viewer, details=details)
    # its evidence is that of the step before, in the other direction
    if details:
        yield _step_row(response, viewer, details=True)
    else:
        yield _label(response), sentences.no_answer_note(route) or _knows(response, viewer)


def _step_row(step: Step, viewer: Viewer, *, details: bool) -> tuple[RenderableType, str]:
    return _label(step, details=details), f"{_knows(step, viewer)}: {_evidence(step, viewer)}"


def _label(step: Step, *, details: bool = False) -> RenderableType:
    return strength_cell(step.strength, number=details and not step.label_only)


def _evidence(step: Step, viewer: Viewer) -> str:
    return sentences.evidence_text(step, viewer.as_of, viewer.person_id or "")


def _knows(step: Step, viewer: Viewer) -> str:
    by, towards = (
        sentences.name_or_you(person, viewer.person_id or "") for person in (step.from_person, step.to_person)
    )
    return sentences.statement_clause(StatementKind.KNOWS, by, towards)


def render_colleagues(steps: Sequence[Step], viewer: Viewer, *, details: bool) -> Iterator[RenderableType]:
    """Render the ties of colleagues to a target."""
    if steps:
        yield ""
        yield f"Colleagues who know {steps[0].to_person.name}:"
        yield facts(_step_row(step, viewer, details=details) for step in steps)


def _refusal(refusal: Refusal, viewer: Viewer, *, details: bool) -> Iterator[RenderableType]:
    yield Text(sentences.refusal_message(refusal), "bold")
    yield from _duplicates_note(refusal.possible_duplicates, refusal.target)
    rows: list[tuple[RenderableType, RenderableType]] = []
    if refusal.nearest_miss is not None and len(refusal.nearest_miss.people) > 2:
        rows.append(("Nearest chain:", _chain(refusal.nearest_miss)))
    rows.append(("Suggestion:", refusal.suggestion))
    rows.append(("Reason:", refusal.reason.value))
    if note := sentences.low_score_routes_note(refusal.low_score_routes, listed=0):
        rows.append(("Routes:", note))
    yield facts(rows)
    yield from _possible_connectors(refusal.possible_connectors, viewer, details=details)


def _chain(miss: NearestMiss) -> Text:
    """Return the people of the nearest chain, with a cross at the link that is no tie."""
    first, *others = miss.people
    chain = Text("you")
    previous = first
    for person in others:
        is_broken = {previous.id, person.id} == {miss.from_person.id, miss.to_person.id}
        chain.append(" –✗– " if is_broken else " – ", "bold red" if is_broken else "").append(person.name)
        previous = person
    return chain


def _ambiguous(answer: AmbiguousTarget) -> Iterator[RenderableType]:
    yield "Several people match this name:"
    yield ""
    yield table(
        ("Person", "Last contact", "Sources", "Id"),
        [
            (
                sentences.name_with_job(candidate.person),
                "none" if candidate.last_contact is None else sentences.format_day(candidate.last_contact),
                ", ".join(candidate.sources),
                candidate.person.id,
            )
            for candidate in answer.candidates
        ],
        unbroken=("Id",),
    )
    yield ""
    yield "Ask again with a company (“Name at Company”), an address, a profile or an id."


def _possible_connectors(
    connectors: Sequence[PossibleConnector], viewer: Viewer, *, details: bool
) -> Iterator[RenderableType]:
    if connectors:
        yield ""
        yield "Possible connectors, who may know the target:"
        yield render_connectors(connectors, viewer, details=details)


def render_connectors(connectors: Sequence[PossibleConnector], viewer: Viewer, *, details: bool) -> RenderableType:
    """Render people who know the viewer at a company, with their jobs and ties."""
    return facts(
        (_label(connector.tie, details=details), f"{_employment(connector)}: {_evidence(connector.tie, viewer)}")
        for connector in connectors
    )


def _employment(connector: PossibleConnector) -> str:
    """Return `Miguel Santos, Asset Manager at Northwind Grid since 1 Mar 2021`."""
    since = f" since {sentences.format_day(connector.since)}" if connector.since is not None else ""
    until = f" until {sentences.format_day(connector.until)}" if connector.until is not None else ""
    job = " at ".join(filter(None, (connector.title, connector.company)))
    return f"{connector.person.name}, {job}{since}{until}"
