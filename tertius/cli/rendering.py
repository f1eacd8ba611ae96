"""Answers as lines and tables, made of the objects that `--json` prints and GraphQL returns.

An answer has labels and sentences; `details` adds numbers.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from graph.networks.sources import kind_label
from graph.strength.statement_kinds import StatementKind
from presentation import sentences
from presentation.answer_json import Data
from presentation.kinds import SourceKind
from tertius.answer_reading.answers import (
    AnswerFrame,
    day_number,
    evidence_from_json,
    label_text,
    name_and_job,
    read_person,
)
from tertius.cli.tables import facts, label_cell, quotation, table


def render_answer(answer: Data, frame: AnswerFrame, *, details: bool) -> Iterator[RenderableType]:
    """Render the answer to `who`, and the sources that it is based on."""
    match answer["__typename"]:
        case "Introductions":
            order = ", the best score first" if answer["routes"] else ""
            yield f"Routes to {name_and_job(answer['target'])}{order}:"
            yield from _duplicates_note(answer)
            yield from _routes(answer["routes"], frame.viewer_id, details=details)
            yield from _notes(answer)
        case "AlreadyKnown":
            if answer["step"]["isUnreachable"]:
                yield f"{name_and_job(answer['target'])} knows you, but cannot be reached."
            elif answer["step"]["isAsleep"]:
                yield f"{name_and_job(answer['target'])} knows you, but you had no contact for over 18 months."
            else:
                yield f"{name_and_job(answer['target'])} knows you: ask directly."
            yield from _duplicates_note(answer)
            yield facts([_step_row(answer["step"], frame.viewer_id, details=details)])
            if answer["routes"]:
                yield ""
                yield _uncertain_tie(answer["step"])
                yield from _routes(answer["routes"], frame.viewer_id, details=details)
            yield from _notes(answer)
        case "Refusal":
            yield from _refusal(answer, details=details)
        case "AmbiguousTarget":
            yield from _ambiguous(answer)
        case _:
            yield answer["message"]
            if question := sentences.did_you_mean([read_person(each) for each in answer["similarPeople"]]):
                yield question
            yield from _possible_connectors(answer["possibleConnectors"], details=details)
    if answer["__typename"] != "AmbiguousTarget":
        yield ""
        yield Text(f"As of {sentences.format_day(frame.as_of)}. {frame.sources_note}", "dim")
    for title in frame.stale_sources():
        yield f"{title} covers nothing of the last {sentences.STALE_DAYS} days: load a newer export."


def _uncertain_tie(step: Data) -> str:
    if step["isAsleep"] or step["isUnreachable"]:
        return "Routes through other people:"
    tie = "rests on your statement only" if _is_only_stated(step) else "is weak"
    return f"That tie {tie}. Stronger routes through other people:"


def _is_only_stated(step: Data) -> bool:
    statements = evidence_from_json(step["outbound"]).counts.keys()
    return bool(step["outbound"]["isStated"]) and all(channel.startswith("statement_") for channel in statements)


def _duplicates_note(answer: Data) -> Iterator[str]:
    if duplicates := answer["possibleDuplicates"]:
        yield f"({len(duplicates) + 1} records with the name {answer['target']['name']} count as one person.)"


def _asleep(answer: Data) -> Iterator[RenderableType]:
    for heading, introducers in (
        (sentences.ASLEEP_HEADING, answer["asleepIntroducers"]),
        (sentences.UNREACHABLE_HEADING, answer["unreachableIntroducers"]),
    ):
        if introducers:
            yield ""
            yield heading
            yield from (f"  {name_and_job(each['person'])}. {each['note']}" for each in introducers)


def _notes(answer: Data) -> Iterator[RenderableType]:
    yield from _asleep(answer)
    if note := answer["lowScoreRoutesNote"]:
        yield ""
        yield note
    if label := answer["withheldStrengthLabel"]:
        target = read_person(answer["target"])
        message = sentences.withheld_route(label_text(label), target)
        yield ""
        yield f"{message} `tertius request create {target.name} --purpose TEXT` asks this colleague."
    if not answer["isComplete"]:
        yield ""
        yield sentences.INCOMPLETE_NOTE


def _routes(routes: Sequence[Data], viewer_id: str, *, details: bool) -> Iterator[RenderableType]:
    for number, route in enumerate(routes, 1):
        heading = Text(f"{number}. Ask {name_and_job(route['firstIntroducer'])}", "bold")
        if route["sharesNobody"]:
            heading.append("; shares no introducer with route 1", "not bold")
        if details and route["score"] is not None:
            heading.append(f"; score {route['score']:.3f}", "not bold")
        yield ""
        yield heading
        if (availability := route["introducerAvailability"]) and availability["note"]:
            yield Text(f"   {availability['note']}", "yellow")
        yield facts(_step_rows(route, viewer_id, details=details))
        if note := route["dominatedRoutesNote"]:
            yield f"   {note}"
        yield quotation("Message to forward", route["messageToForward"])


def _step_rows(route: Data, viewer_id: str, *, details: bool) -> Iterator[tuple[RenderableType, str]]:
    *steps, response = route["steps"]
    if route["colleagueTie"]:
        yield "colleague", f"{route['firstIntroducer']['name']} is in your team: {route['colleagueTie']['evidence']}"
    for step in steps:
        yield _step_row(step, viewer_id, details=details)
    # its evidence is that of the step before, in the other direction
    if details:
        yield _step_row(response, viewer_id, details=True)
    else:
        yield render_label(response), route["noAnswerNote"] or _knows(response, viewer_id)


def _step_row(step: Data, viewer_id: str, *, details: bool) -> tuple[RenderableType, str]:
    return render_label(step, details=details), f"{_knows(step, viewer_id)}: {step['evidence']}"


def render_label(step: Data, *, details: bool = False) -> RenderableType:
    """Render the strength label of a step or tie, with its strength if the viewer may see it and `details` asks it."""
    return label_cell(label_text(step["strengthLabel"]), step["strength"] if details else None)


def _knows(step: Data, viewer_id: str) -> str:
    by, towards = (
        sentences.name_or_you(read_person(person), viewer_id) for person in (step["fromPerson"], step["toPerson"])
    )
    return sentences.statement_clause(StatementKind.KNOWS, by, towards)


def render_colleagues(steps: Sequence[Data], frame: AnswerFrame, *, details: bool) -> Iterator[RenderableType]:
    """Render the ties of colleagues to a target."""
    if steps:
        yield ""
        yield f"Colleagues who know {steps[0]['toPerson']['name']}:"
        yield facts(_step_row(step, frame.viewer_id, details=details) for step in steps)


def _refusal(refusal: Data, *, details: bool) -> Iterator[RenderableType]:
    yield Text(refusal["message"], "bold")
    yield from _duplicates_note(refusal)
    rows: list[tuple[RenderableType, RenderableType]] = []
    miss = refusal["nearestMiss"]
    if miss is not None and len(miss["people"]) > 2:
        rows.append(("Nearest chain:", _chain(miss)))
    rows.append(("Suggestion:", refusal["suggestion"]))
    rows.append(("Reason:", refusal["reason"]))
    if note := refusal["lowScoreRoutesNote"]:
        rows.append(("Routes:", note))
    yield facts(rows)
    yield from _asleep(refusal)
    yield from _possible_connectors(refusal["possibleConnectors"], details=details)


def _chain(miss: Data) -> Text:
    """Return the people of the nearest chain, with a cross at the link that is no tie."""
    first, *others = miss["people"]
    chain = Text("you")
    previous = first
    for person in others:
        is_broken = {previous["id"], person["id"]} == {miss["fromPerson"]["id"], miss["toPerson"]["id"]}
        chain.append(" –✗– " if is_broken else " – ", "bold red" if is_broken else "").append(person["name"])
        previous = person
    return chain


def _ambiguous(answer: Data) -> Iterator[RenderableType]:
    yield "Several people match this name:"
    yield ""
    yield table(
        ("Person", "Last contact", "Sources", "Id"),
        [
            (
                name_and_job(candidate["person"]),
                format_date(candidate["lastContact"]),
                ", ".join(kind_label(SourceKind[kind].value) for kind in candidate["sources"]),
                candidate["person"]["id"],
            )
            for candidate in answer["candidates"]
        ],
        unbroken=("Id",),
    )
    yield ""
    yield "Ask again with a company (“Name at Company”), an address, a profile or an id."


def _possible_connectors(connectors: Sequence[Data], *, details: bool) -> Iterator[RenderableType]:
    if connectors:
        yield ""
        yield "Possible connectors, who may know the target:"
        yield render_connectors(connectors, details=details)


def render_connectors(connectors: Iterable[Data], *, details: bool) -> RenderableType:
    """Render people who know the viewer at a company, with their jobs and ties."""
    return facts(
        (render_label(each["step"], details=details), f"{_employment(each)}: {each['step']['evidence']}")
        for each in connectors
    )


def _employment(connector: Data) -> str:
    """Return `Miguel Santos, Asset Manager at Northwind Grid since 1 Mar 2021`."""
    since = f" since {format_date(connector['since'])}" if connector["since"] is not None else ""
    until = f" until {format_date(connector['until'])}" if connector["until"] is not None else ""
    job = " at ".join(filter(None, (connector["title"], connector["company"])))
    return f"{connector['person']['name']}, {job}{since}{until}"


def format_date(text: str | None) -> str:
    """Return an ISO date in the form `12 Nov 2026`, and `none` for None."""
    day = day_number(text)
    return "none" if day is None else sentences.format_day(day)
