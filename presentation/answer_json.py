"""Answers as data for programs: what `who --json` prints."""

from collections.abc import Sequence
from typing import Any

from graph.answers import (
    AlreadyKnown,
    AmbiguousTarget,
    Answer,
    Evidence,
    Introductions,
    Person,
    PossibleConnector,
    Refusal,
    Route,
    Step,
    UnknownTarget,
)
from graph.days import date_of
from graph.networks.sources import Source
from graph.strength.statement_kinds import KIND_OF_CHANNEL
from graph.ties.history import History, Month
from graph.viewer import Viewer
from presentation.explanations import moved, why
from presentation.sentences import evidence, forward, named, refused, seen_until, steps, unanswered, weakest, word

Data = dict[str, Any]


def answered(answer: Answer, viewer: Viewer, sources: Sequence[Source], colleagues: Sequence[Step] = ()) -> Data:
    """The whole answer to this viewer. `answer` says which of the five it is; what does not apply is empty or None."""
    target = None if isinstance(answer, AmbiguousTarget | UnknownTarget) else answer.target
    data: Data = {
        "answer": _KINDS[type(answer)],
        "as_of": _day(viewer.as_of),
        "target": _person(target) if target else None,
        "routes": [],
        "complete": True,
        "refusal": None,
        "candidates": [],
        "colleagues": [_act(act, viewer) for act in colleagues],
        "sources": [{"title": source.title, "seen_until": _day(source.coverage_until)} for source in sources],
    }
    match answer:
        case Introductions():
            data["routes"] = [{**_route(route, viewer), "forward": forward(route)} for route in answer.routes]
            data["same"] = [_person(person) for person in answer.possible_duplicates]
            data["complete"] = answer.is_complete
            data["through_team"] = None if answer.withheld_strength is None else word(answer.withheld_strength)
        case AlreadyKnown():
            data["tie"] = _act(answer.tie, viewer)
            data["routes"] = [{**_route(route, viewer), "forward": forward(route)} for route in answer.routes]
            data["same"] = [_person(person) for person in answer.possible_duplicates]
            data["complete"] = answer.is_complete
            data["through_team"] = None if answer.withheld_strength is None else word(answer.withheld_strength)
        case Refusal():
            data["refusal"] = _refusal(answer, viewer)
            data["same"] = [_person(person) for person in answer.possible_duplicates]
        case AmbiguousTarget():
            data["candidates"] = [
                {**_person(found.person), "last_contact": _day(found.last_contact), "sources": list(found.sources)}
                for found in answer.candidates
            ]
        case UnknownTarget():
            data["why"] = answer.message
            data["leads"] = [_lead(lead, viewer) for lead in answer.possible_connectors]
    return data


def explained(act: Step, history: History, months: Sequence[Month], viewer: Viewer) -> Data:
    """One direction of a tie, and what made it so: what `tie --json` prints."""
    me = viewer.person_id or ""
    return {
        "from": _person(act.from_person),
        "to": _person(act.to_person),
        "as_of": _day(history.day),
        **_standing(history.strength),
        "evidence": evidence(act, history.day, me),
        "why": why(act, history, me),
        "moved": moved(history),
        "asked": history.asked,
        "answered": history.answered,
        "would_change": [
            {"what": change.what.value, "times": change.times, **_standing(change.strength)}
            for change in history.changes
        ],
        "turns": history.turn and {"on": _day(history.turn.day), **_standing(history.turn.strength)},
        "seen": {"out": _seen(act.outbound), "back": _seen(act.inbound), "until": _day(act.outbound.coverage_until)},
        "months": [
            {
                "until": _day(month.day),
                **_standing(month.strength),
                "out": _seen(month.outbound),
                "back": _seen(month.inbound),
            }
            for month in months
        ],
    }


def _standing(odds: float | None) -> Data:
    return {"knows": odds is not None, "odds": odds, "word": None if odds is None else word(odds)}


_KINDS: dict[type[Answer], str] = {
    Introductions: "ROUTES",
    AlreadyKnown: "ALREADY_KNOWN",
    Refusal: "REFUSED",
    AmbiguousTarget: "AMBIGUOUS",
    UnknownTarget: "UNKNOWN",
}


def _day(day: int | None) -> str | None:
    return None if day is None else date_of(day).isoformat()


def _person(person: Person) -> Data:
    return {"id": person.id, "name": person.name, "title": person.title, "company": person.company}


def _seen(seen: Evidence) -> Data:
    said = [{"says": KIND_OF_CHANNEL[channel], "on": _day(day)} for channel, day in sorted(seen.statements.items())]
    days = {"first": _day(seen.first_day), "last": _day(seen.last_day)}
    return {"counts": dict(seen.counts), **days, "stated": seen.is_stated, "said": said}


def _act(act: Step, viewer: Viewer) -> Data:
    return {
        "from": act.from_person.id,
        "to": act.to_person.id,
        "odds": act.exact_strength,
        "word": word(act.strength),
        "evidence": evidence(act, viewer.as_of, viewer.person_id or ""),
        "seen": {"out": _seen(act.outbound), "back": _seen(act.inbound), "until": _day(act.outbound.coverage_until)},
    }


def _route(route: Route, viewer: Viewer) -> Data:
    hangs_on = weakest(route)
    return {
        "odds": route.score,
        "people": [_person(person) for person in route.people],
        "acts": [_act(act, viewer) for act in route.steps],
        "colleague": route.colleague and _act(route.colleague, viewer),
        "steps": steps(route),
        "weakest": {"from": hangs_on.from_person.id, "to": hangs_on.to_person.id, "word": word(hangs_on.strength)},
        "shares_nobody": route.shares_nobody,
        "unanswered": unanswered(route),
        "seen_until": _day(seen_until(route)),
    }


def _lead(lead: PossibleConnector, viewer: Viewer) -> Data:
    return {
        "person": _person(lead.person),
        "company": lead.company,
        "title": lead.title,
        "since": _day(lead.since),
        "until": _day(lead.until),
        "tie": _act(lead.tie, viewer),
    }


def _refusal(refusal: Refusal, viewer: Viewer) -> Data:
    miss = refusal.nearest_miss
    return {
        "reason": refusal.reason.value,
        "says": refused(refusal),
        "nearest_miss": None
        if miss is None
        else {
            "people": [_person(person) for person in miss.people],
            "from": miss.from_person.id,
            "to": miss.to_person.id,
            "who": f"{named(miss.from_person)} does not know {named(miss.to_person)}",
            "seen": {
                "out": _seen(miss.outbound),
                "back": _seen(miss.inbound),
                "until": _day(miss.outbound.coverage_until),
            },
        },
        "mend": refusal.suggestion,
        "leads": [_lead(lead, viewer) for lead in refusal.possible_connectors],
    }
