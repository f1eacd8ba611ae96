"""Answers as JSON. The objects have the fields of the GraphQL schema, `__typename` included.

Left out are fields that GraphQL reads only on request, such as Person.tie, Person.identities and, except for
`tie_data`, Tie.history. tests/api/test_answer_json.py asks the same questions both ways and compares.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graph.answers import (
    AlreadyKnown,
    AmbiguousTarget,
    Answer,
    AsleepIntroducer,
    Candidate,
    Evidence,
    NearestMiss,
    Person,
    PossibleConnector,
    Refusal,
    Route,
    RouteStamp,
    Step,
    UnknownTarget,
)
from graph.days import date_of
from graph.networks.sources import Source
from graph.records import Channel
from graph.strength.statement_kinds import KIND_OF_CHANNEL
from graph.ties.history import History, Month
from graph.viewer import Viewer
from presentation import sentences
from presentation.dates import time_text
from presentation.explanations import tie_explanation, trend
from presentation.kinds import SourceKind
from presentation.request_sentences import stamp_note

if TYPE_CHECKING:
    from graph.insights.fading import FadingTie
    from graph.introductions.companies import ReachablePeople
    from graph.lookup.possible_connectors import CompanyContacts
    from graph.lookup.search import PersonMatch
    from graph.networks.state import NetworkState

Data = dict[str, Any]


def answer_data(answer: Answer, viewer: Viewer, sources: Sequence[Source]) -> Data:
    """The answer for this viewer, as the query `introductions` returns it."""
    if isinstance(answer, AmbiguousTarget | UnknownTarget):
        return unresolved_data(answer, viewer)
    listed = () if isinstance(answer, Refusal) else answer.routes
    data: Data = {
        "__typename": type(answer).__name__,
        "target": person_data(answer.target),
        "possibleDuplicates": [person_data(person) for person in answer.possible_duplicates],
        "asOf": day_text(viewer.as_of),
        "sources": [source_data(source, viewer) for source in sources],
        "lowScoreRouteCount": answer.low_score_routes.count,
        "lowScoreRoutesNote": sentences.low_score_routes_note(answer.low_score_routes, listed=len(listed)),
        **asleep_introducers_data(answer.asleep_introducers, viewer.person_id or ""),
    }
    if isinstance(answer, Refusal):
        return data | {
            "reason": answer.reason.name,
            "message": sentences.refusal_message(answer),
            "nearestMiss": None if answer.nearest_miss is None else _nearest_miss(answer.nearest_miss),
            "suggestion": answer.suggestion,
            "possibleConnectors": [_connector(connector, viewer) for connector in answer.possible_connectors],
        }
    if isinstance(answer, AlreadyKnown):
        data["step"] = step_data(answer.tie, viewer)
    return data | {
        "routes": [_route(route, viewer) for route in listed],
        "isComplete": answer.is_complete,
        "withheldStrengthLabel": label(answer.withheld_strength),
    }


def viewer_data(state: "NetworkState", viewer: Viewer) -> Data:
    """Return what the query `viewer` returns about the network, and the id of the viewer's person."""
    return {
        "asOf": day_text(state.as_of),
        "calibratedOn": day_text(state.fit.day) if state.fit else None,
        "isUpToDate": not state.needs_recovery,
        "person": {"id": viewer.person_id} if viewer.person_id else None,
    }


def unresolved_data(answer: AmbiguousTarget | UnknownTarget, viewer: Viewer) -> Data:
    """The outcome of a reference that does not resolve to one person."""
    if isinstance(answer, AmbiguousTarget):
        return {
            "__typename": "AmbiguousTarget",
            "candidates": [candidate_data(candidate) for candidate in answer.candidates],
        }
    return {
        "__typename": "UnknownTarget",
        "message": answer.message,
        "possibleConnectors": [_connector(connector, viewer) for connector in answer.possible_connectors],
        "onlyCandidate": candidate_data(answer.only_candidate) if answer.only_candidate else None,
        "similarPeople": [person_data(person) for person in answer.similar_people],
    }


def tie_data(step: Step, history: History, months: Sequence[Month], viewer: Viewer, *, knows: bool) -> Data:
    """One direction of a tie with its history, as the query `tie` returns it. `knows` says whether there is a tie."""
    return {
        **_tie(step, history.day, viewer, knows=knows),
        "history": {
            "__typename": "TieHistory",
            "explanation": tie_explanation(step, history, viewer.person_id or ""),
            "trend": trend(history),
            "askedCount": history.asked,
            "answeredCount": history.answered,
            "possibleChanges": [
                {
                    "__typename": "PossibleChange",
                    **_state(change.strength),
                    "event": change.event.name,
                    "count": change.times,
                }
                for change in history.changes
            ],
            "weakening": history.turn
            and {
                "__typename": "TieWeakening",
                **_state(history.turn.strength),
                "startsOn": day_text(history.turn.day),
            },
            "months": [
                {
                    "__typename": "TieMonth",
                    **_state(month.strength),
                    "endsOn": day_text(month.day),
                    "outbound": evidence_data(month.outbound),
                    "inbound": evidence_data(month.inbound),
                }
                for month in months
            ],
        },
    }


def fading_tie_data(fading: "FadingTie", viewer: Viewer) -> Data:
    """A fading tie, as the query `fadingTies` returns it."""
    return {
        "__typename": "FadingTie",
        "step": step_data(fading.tie, viewer),
        "weakensOn": day_text(fading.weakens_on),
        "outcome": "COLD" if fading.ends else "WEAK",
        "lastContact": day_text(sentences.last_contact(fading.tie)),
        "strengthLabelAfterContact": label(fading.strength_after_contact),
        "message": sentences.fading_message(fading, viewer.as_of),
    }


def company_data(
    name: str,
    contacts: "CompanyContacts",
    reachable: "ReachablePeople",
    similar: Sequence[str],
    people_count: int | None,
    viewer: Viewer,
) -> Data:
    """A company, as the query `company` returns it with its `introductions` and the names of `similar` companies."""
    return {
        "__typename": "Company",
        "name": name,
        "currentContacts": [_connector(contact, viewer) for contact in contacts.present],
        "formerContacts": [_connector(contact, viewer) for contact in contacts.former],
        "currentContactCount": contacts.present_count,
        "formerContactCount": contacts.former_count,
        "introductions": [
            {
                "__typename": "ReachablePerson",
                "person": one.row.target and person_data(one.row.target),
                "isCurrent": one.now,
                "title": one.title,
                "since": day_text(one.since),
                "until": day_text(one.until),
                "step": step_data(one.row.tie, viewer) if one.row.tie else None,
                "route": _route(one.row.route, viewer) if one.row.route else None,
            }
            for one in reachable.people
        ],
        "lowScoreIntroductionCount": reachable.low_score_count,
        "similarCompanies": list(similar),
        "peopleCount": people_count,
    }


def match_data(match: "PersonMatch") -> Data:
    """A person whom a search finds, with the strength of the tie to the viewer: an edge of the query `people`."""
    tie = match.tie
    return {
        "__typename": "PersonEdge",
        "node": {
            **person_data(match.person),
            "tie": {
                "__typename": "Tie",
                "knows": tie is not None,
                "strength": tie and tie.exact_strength,
                "strengthLabel": label(tie.strength if tie else None),
            },
        },
        "lastContact": day_text(match.last),
        "relation": match.relation.name,
    }


def person_data(person: Person) -> Data:
    """A person."""
    return {
        "__typename": "Person",
        "id": person.id,
        "name": person.name,
        "title": person.title,
        "company": person.company,
        "isSharedMailbox": person.shared,
    }


def step_data(step: Step, viewer: Viewer) -> Data:
    """A step of a route, or the tie to the viewer."""
    return {
        "__typename": "Step",
        "fromPerson": person_data(step.from_person),
        "toPerson": person_data(step.to_person),
        "strength": step.exact_strength,
        "strengthLabel": label(step.strength),
        "evidence": sentences.evidence_text(step, viewer.as_of, viewer.person_id or ""),
        "outbound": evidence_data(step.outbound),
        "inbound": evidence_data(step.inbound),
        "isAsleep": step.is_silent,
        "isUnreachable": step.is_unreachable,
    }


def asleep_introducers_data(introducers: Sequence[AsleepIntroducer], viewer_id: str) -> Data:
    """The introducers whose tie is silent, and those who cannot be reached."""
    data: dict[str, list[Data]] = {"asleepIntroducers": [], "unreachableIntroducers": []}
    for each in introducers:
        tie, why = each.tie, each.tie.unreachable
        kind = "AsleepIntroducer" if why is None else "UnreachableIntroducer"
        row = {
            "__typename": kind,
            "person": person_data(each.person),
            "lastContact": day_text(sentences.last_contact(tie)),
        }
        row |= {} if why is None else {"reason": why.reason.name, "lastShownOn": day_text(why.day)}
        row["note"] = sentences.asleep_note(tie, viewer_id)
        data["asleepIntroducers" if why is None else "unreachableIntroducers"].append(row)
    return data


def evidence_data(evidence: Evidence) -> Data:
    """The interactions of two people in one direction."""
    return {
        "__typename": "Evidence",
        "counts": [
            {"__typename": "ChannelCount", "channel": Channel(channel).name, "count": count}
            for channel, count in sorted(evidence.counts.items())
        ],
        "firstContact": day_text(evidence.first_day),
        "lastContact": day_text(evidence.last_day),
        "coverageUntil": day_text(evidence.coverage_until),
        "isStated": evidence.is_stated,
        "statements": [
            {
                "__typename": "StatementEvidence",
                "kind": KIND_OF_CHANNEL[channel].name,
                "statedOn": day_text(day),
            }
            for channel, day in sorted(evidence.statements.items())
        ],
    }


def candidate_data(candidate: Candidate) -> Data:
    """One of several people who match a name."""
    return {
        "__typename": "Candidate",
        "person": person_data(candidate.person),
        "lastContact": day_text(candidate.last_contact),
        "sources": [SourceKind(kind).name for kind in candidate.sources],
    }


def source_data(source: Source, viewer: Viewer) -> Data:
    """A source that the answer is based on."""
    return {
        "__typename": "Source",
        "id": source.id,
        "title": source.title,
        "kind": SourceKind(source.kind).name,
        "account": source.account,
        "ownerName": source.owner_name,
        "isOwn": source.member == viewer.member,
        "sharingLevel": source.sharing_level.upper(),
        "status": source.status.upper(),
        "loadedOn": day_text(source.loaded_on),
        "coverageUntil": day_text(source.coverage_until),
        "isStale": sentences.is_stale(source, viewer.as_of),
    }


def label(strength: float | None) -> str | None:
    """The strength label as the schema names it."""
    return None if strength is None else sentences.strength_label(strength).upper()


def day_text(day: int | None) -> str | None:
    """A day as an ISO date."""
    return None if day is None else date_of(day).isoformat()


def _state(strength: float | None) -> Data:
    return {"knows": strength is not None, "strength": strength, "strengthLabel": label(strength)}


def _tie(step: Step, as_of: int, viewer: Viewer, *, knows: bool) -> Data:
    return {
        "__typename": "Tie",
        "fromPerson": person_data(step.from_person),
        "toPerson": person_data(step.to_person),
        "asOf": day_text(as_of),
        "knows": knows,
        "strength": step.exact_strength if knows else None,
        "strengthLabel": label(step.strength) if knows else None,
        "evidence": sentences.evidence_text(step, as_of, viewer.person_id or ""),
        "outbound": evidence_data(step.outbound),
        "inbound": evidence_data(step.inbound),
        "isAsleep": step.is_silent,
        "isUnreachable": step.is_unreachable,
    }


def _route(route: Route, viewer: Viewer) -> Data:
    colleague = route.colleague
    return {
        "__typename": "Route",
        "introducers": [person_data(person) for person in route.people[:-1]],
        "firstIntroducer": person_data(route.people[0]),
        "target": person_data(route.people[-1]),
        "steps": [step_data(step, viewer) for step in route.steps],
        "colleagueTie": colleague and _tie(colleague, viewer.as_of, viewer, knows=colleague.strength > 0),
        "score": route.score,
        "summary": sentences.route_summary(route),
        "weakestStep": step_data(route.weakest_step, viewer),
        "sharesNobody": route.shares_nobody,
        "noAnswerNote": sentences.no_answer_note(route),
        "messageToForward": sentences.message_to_forward(route),
        "coverageUntil": day_text(sentences.route_coverage_until(route)),
        "introducerAvailability": _availability(route.stamp),
        "dominatedRouteCount": route.dominated,
        "dominatedRoutesNote": sentences.dominated_routes_note(route),
    }


def _availability(stamp: RouteStamp | None) -> Data | None:
    """Return whether the first introducer takes requests; None for a route of a list or of an earlier day."""
    if stamp is None:
        return None
    return {
        "__typename": "IntroducerAvailability",
        "takesRequests": stamp.takes_requests,
        "takesRequestsFrom": time_text(stamp.takes_requests_from),
        "lastAskedAt": time_text(stamp.asked_at),
        "lastDeclinedAt": time_text(stamp.declined_at),
        "isAskedByColleague": stamp.asked_by_colleague,
        "note": stamp_note(stamp),
    }


def _connector(connector: PossibleConnector, viewer: Viewer) -> Data:
    return {
        "__typename": "PossibleConnector",
        "person": person_data(connector.person),
        "company": connector.company,
        "title": connector.title,
        "since": day_text(connector.since),
        "until": day_text(connector.until),
        "step": step_data(connector.tie, viewer),
    }


def _nearest_miss(miss: NearestMiss) -> Data:
    return {
        "__typename": "NearestMiss",
        "people": [person_data(person) for person in miss.people],
        "fromPerson": person_data(miss.from_person),
        "toPerson": person_data(miss.to_person),
        "outbound": evidence_data(miss.outbound),
        "inbound": evidence_data(miss.inbound),
    }
