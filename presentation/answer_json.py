"""Answers as data for programs: what `who --json` prints."""

from collections.abc import Sequence
from typing import Any

from graph.answers import (
    Act,
    AlreadyKnown,
    AmbiguousTarget,
    Answer,
    Introductions,
    Lead,
    Person,
    Refusal,
    Route,
    Seen,
    UnknownTarget,
)
from graph.days import date_of
from graph.networks.sources import Source
from graph.strength.statement_kinds import KINDS
from graph.ties.history import History, Month
from graph.viewer import Viewer
from presentation.explanations import moved, why
from presentation.sentences import evidence, forward, named, refused, seen_until, steps, unanswered, weakest, word

Data = dict[str, Any]


def answered(answer: Answer, viewer: Viewer, sources: Sequence[Source], colleagues: Sequence[Act] = ()) -> Data:
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
        "sources": [{"title": source.title, "seen_until": _day(source.seen_until)} for source in sources],
    }
    match answer:
        case Introductions():
            data["routes"] = [{**_route(route, viewer), "forward": forward(route)} for route in answer.routes]
            data["same"] = [_person(person) for person in answer.same]
            data["complete"] = answer.complete
            data["through_team"] = None if answer.through_team is None else word(answer.through_team)
        case AlreadyKnown():
            data["tie"] = _act(answer.tie, viewer)
            data["routes"] = [{**_route(route, viewer), "forward": forward(route)} for route in answer.routes]
            data["same"] = [_person(person) for person in answer.same]
            data["complete"] = answer.complete
            data["through_team"] = None if answer.through_team is None else word(answer.through_team)
        case Refusal():
            data["refusal"] = _refusal(answer, viewer)
            data["same"] = [_person(person) for person in answer.same]
        case AmbiguousTarget():
            data["candidates"] = [
                {**_person(found.person), "last_contact": _day(found.last), "sources": list(found.sources)}
                for found in answer.candidates
            ]
        case UnknownTarget():
            data["why"] = answer.why
            data["leads"] = [_lead(lead, viewer) for lead in answer.leads]
    return data


def explained(act: Act, history: History, months: Sequence[Month], viewer: Viewer) -> Data:
    """One direction of a tie, and what made it so: what `tie --json` prints."""
    me = viewer.person_id or ""
    return {
        "from": _person(act.by),
        "to": _person(act.towards),
        "as_of": _day(history.day),
        **_standing(history.odds),
        "evidence": evidence(act, history.day, me),
        "why": why(act, history, me),
        "moved": moved(history),
        "asked": history.asked,
        "answered": history.answered,
        "would_change": [
            {"what": change.what.value, "times": change.times, **_standing(change.odds)} for change in history.changes
        ],
        "turns": history.turn and {"on": _day(history.turn.day), **_standing(history.turn.odds)},
        "seen": {"out": _seen(act.out), "back": _seen(act.back), "until": _day(act.out.until)},
        "months": [
            {"until": _day(month.day), **_standing(month.odds), "out": _seen(month.out), "back": _seen(month.back)}
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


def _seen(seen: Seen) -> Data:
    said = [{"says": KINDS[channel], "on": _day(day)} for channel, day in sorted(seen.said.items())]
    days = {"first": _day(seen.first), "last": _day(seen.last)}
    return {"counts": dict(seen.counts), **days, "stated": seen.stated, "said": said}


def _act(act: Act, viewer: Viewer) -> Data:
    return {
        "from": act.by.id,
        "to": act.towards.id,
        "odds": act.number,
        "word": word(act.odds),
        "evidence": evidence(act, viewer.as_of, viewer.person_id or ""),
        "seen": {"out": _seen(act.out), "back": _seen(act.back), "until": _day(act.out.until)},
    }


def _route(route: Route, viewer: Viewer) -> Data:
    hangs_on = weakest(route)
    return {
        "odds": route.odds,
        "people": [_person(person) for person in route.people],
        "acts": [_act(act, viewer) for act in route.acts],
        "colleague": route.colleague and _act(route.colleague, viewer),
        "steps": steps(route),
        "weakest": {"from": hangs_on.by.id, "to": hangs_on.towards.id, "word": word(hangs_on.odds)},
        "shares_nobody": route.apart,
        "unanswered": unanswered(route),
        "seen_until": _day(seen_until(route)),
    }


def _lead(lead: Lead, viewer: Viewer) -> Data:
    return {
        "person": _person(lead.person),
        "company": lead.company,
        "title": lead.title,
        "since": _day(lead.since),
        "until": _day(lead.until),
        "tie": _act(lead.tie, viewer),
    }


def _refusal(refusal: Refusal, viewer: Viewer) -> Data:
    miss = refusal.miss
    return {
        "reason": refusal.reason.value,
        "says": refused(refusal),
        "nearest_miss": None
        if miss is None
        else {
            "people": [_person(person) for person in miss.people],
            "from": miss.by.id,
            "to": miss.towards.id,
            "who": f"{named(miss.by)} does not know {named(miss.towards)}",
            "seen": {"out": _seen(miss.out), "back": _seen(miss.back), "until": _day(miss.out.until)},
        },
        "mend": refusal.mend,
        "leads": [_lead(lead, viewer) for lead in refusal.leads],
    }
