"""Answers to a request for introductions."""

from datetime import date, datetime
from typing import Self

import strawberry

from api.graphql.request.list_bounds import MAX_DUPLICATES, MAX_ITEMS
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.evidence import Evidence, Step
from api.graphql.types.person import Person
from api.graphql.types.source import Source
from api.graphql.types.target import PossibleConnector
from api.graphql.types.tie import Tie
from graph import answers
from graph.days import date_of
from graph.introductions.listed_routes import MAX_ASLEEP_INTRODUCERS
from graph.records import UnreachableReason
from graph.viewer import Viewer
from presentation import sentences
from presentation.dates import to_date, to_datetime
from presentation.request_sentences import stamp_note

WITHHELD = (
    "The strength label of the weakest step of the best route through a colleague who has not agreed to be named. Null "
    "if there is none. `requestIntroducerVisibility` asks each unnamed colleague on it."
)
COMPLETE = "Whether the search finished. If false, the search timed out and better routes may exist."


@strawberry.type(description="Whether the first introducer of a route takes requests, and earlier requests to them.")
class IntroducerAvailability:
    takes_requests: bool = strawberry.field(
        description="Whether the introducer takes requests now. Routes through others are last."
    )
    takes_requests_from: datetime | None = strawberry.field(
        description="The beginning of the day, in UTC, from which the introducer takes requests again. Null if they "
        "take them now, or if there is no such day."
    )
    last_asked_at: datetime | None = strawberry.field(
        description="When the viewer last asked the introducer for the target. Null if the viewer did not."
    )
    last_declined_at: datetime | None = strawberry.field(
        description="When the introducer last declined the viewer's request for the target. Null if they did not."
    )
    is_asked_by_colleague: bool = strawberry.field(
        description="Whether another member has an open request to the introducer for the target. That member is not "
        "named, and is not informed."
    )
    note: str | None = strawberry.field(description="The fields above in words. Null if there is nothing to know.")

    @classmethod
    def from_stamp(cls, stamp: answers.RouteStamp) -> Self:
        return cls(
            takes_requests=stamp.takes_requests,
            takes_requests_from=to_datetime(stamp.takes_requests_from),
            last_asked_at=to_datetime(stamp.asked_at),
            last_declined_at=to_datetime(stamp.declined_at),
            is_asked_by_colleague=stamp.asked_by_colleague,
            note=stamp_note(stamp),
        )


@strawberry.type(description="A path to the target through people who know each other.")
class Route:
    introducers: list[Person] = strawberry.field(
        description="The people on the route, from the one to contact first to the one who knows the target."
    )
    first_introducer: Person = strawberry.field(description="The introducer to contact first.")
    target: Person = strawberry.field(description="The person at the end of the route.")
    steps: list[Step] = strawberry.field(
        description="The steps from the viewer outwards: each introducer's, the last introducer's to the target, then "
        "the target's response. The step of a colleague who comes first is omitted."
    )
    colleague_tie: Tie | None = strawberry.field(
        description="The tie of a colleague who comes first to the viewer. It does not count in `score`. Null if the "
        "first introducer is no colleague."
    )
    score: float | None = strawberry.field(
        description="The product of the strengths of the steps, 0 to 1. Null if a step has no strength."
    )
    summary: str = strawberry.field(description="Each step once with its strength label, from whom to whom.")
    weakest_step: Step = strawberry.field(description="The step with the lowest strength.")
    shares_nobody: bool = strawberry.field(
        description="Whether the route is a fallback that shares no introducer with the best route."
    )
    no_answer_note: str | None = strawberry.field(
        description="A sentence saying that no response of the target was seen. Null if one was seen or stated, or if "
        "only the label is shared."
    )
    message_to_forward: str = strawberry.field(
        description="A short message to send to the first introducer, made of facts only."
    )
    coverage_until: date | None = strawberry.field(
        description="The earliest date up to which the sources cover a step. Null if only the label of a step is "
        "shared, or if no source covers any step."
    )

    introducer_availability: IntroducerAvailability | None = strawberry.field(
        description="Whether the first introducer takes requests, and earlier requests to them. Null in lists of "
        "targets, in `company`, and in answers of an earlier date."
    )
    dominated_route_count: int | None = strawberry.field(
        description="The number of routes that lead over one more person to the first introducer and then along this "
        "route, with no better score. They are not listed. Null in lists of targets and in `company`."
    )
    dominated_routes_note: str | None = strawberry.field(
        description="A sentence with `dominatedRouteCount` and the first introducer. Null if the count is 0 or null, "
        "or if the first introducer is a colleague who does not know the viewer."
    )

    @classmethod
    def from_route(cls, route: answers.Route, viewer: Viewer) -> Self:
        return cls(
            introducers=[Person.from_person(person) for person in route.people[:-1]],
            first_introducer=Person.from_person(route.people[0]),
            target=Person.from_person(route.people[-1]),
            steps=[Step.from_step(step, viewer) for step in route.steps],
            colleague_tie=None
            if route.colleague is None
            else Tie.from_step(
                route.colleague, viewer.as_of, viewer.person_id or "", knows=route.colleague.strength > 0
            ),
            score=route.score,
            summary=sentences.route_summary(route),
            weakest_step=Step.from_step(route.weakest_step, viewer),
            shares_nobody=route.shares_nobody,
            no_answer_note=sentences.no_answer_note(route),
            message_to_forward=sentences.message_to_forward(route),
            coverage_until=to_date(sentences.route_coverage_until(route)),
            introducer_availability=None if route.stamp is None else IntroducerAvailability.from_stamp(route.stamp),
            dominated_route_count=route.dominated,
            dominated_routes_note=sentences.dominated_routes_note(route),
        )


@strawberry.type(description="An introducer whom no route uses, because a tie had no contact for over 18 months.")
class AsleepIntroducer:
    person: Person = strawberry.field(description="The introducer.")
    last_contact: date | None = strawberry.field(description="The date of the last contact. Null if unknown.")
    note: str = strawberry.field(description="Which tie is asleep, and the contact that there was.")

    @classmethod
    def from_introducer(cls, introducer: answers.AsleepIntroducer, viewer: Viewer) -> Self:
        return cls(
            person=Person.from_person(introducer.person),
            last_contact=to_date(sentences.last_contact(introducer.tie)),
            note=sentences.asleep_note(introducer.tie, viewer.person_id or ""),
        )


strawberry.enum(
    UnreachableReason,
    description="Why a person cannot be reached. MAIL_RETURNED: a mail server returned mail to them. ACCOUNT_CLOSED: "
    "their account in a workspace was closed.",
)


@strawberry.type(description="An introducer whom no route uses, because they or the target cannot be reached.")
class UnreachableIntroducer:
    person: Person = strawberry.field(description="The introducer.")
    last_contact: date | None = strawberry.field(description="The date of the last contact. Null if unknown.")
    reason: UnreachableReason = strawberry.field(description="Why the introducer or the target cannot be reached.")
    last_shown_on: date = strawberry.field(description="The date on which a source last shows it.")
    note: str = strawberry.field(description="Which tie is concerned, the contact that there was, and the reason.")

    @classmethod
    def from_introducer(cls, introducer: answers.AsleepIntroducer, why: answers.Unreachable, viewer: Viewer) -> Self:
        return cls(
            person=Person.from_person(introducer.person),
            last_contact=to_date(sentences.last_contact(introducer.tie)),
            reason=why.reason,
            last_shown_on=date_of(why.day),
            note=sentences.asleep_note(introducer.tie, viewer.person_id or ""),
        )


@strawberry.interface(description="What every answer about one target has.")
class TargetAnswer:
    target: Person = strawberry.field(description="The person asked for.")
    possible_duplicates: list[Person] = strawberry.field(
        description="Other records that are probably the same person and were treated as the target, "
        f"{MAX_DUPLICATES} at most."
    )
    as_of: date = strawberry.field(description="The date that the answer is valid for.")
    sources: list[Source] = strawberry.field(
        description=f"The sources that the answer is based on, {MAX_ITEMS} at most."
    )
    low_score_route_count: int = strawberry.field(
        description="The number of found routes with a score below the minimum that the operator sets. They are not "
        "listed."
    )
    low_score_routes_note: str | None = strawberry.field(
        description="A sentence with `lowScoreRouteCount` and the minimum score. Null if the count is 0."
    )
    asleep_introducers: list[AsleepIntroducer] = strawberry.field(
        description="People through whom a route with one introducer would lead, if its ties had contact in the last "
        f"18 months. {MAX_ASLEEP_INTRODUCERS} at most, the best score first."
    )
    unreachable_introducers: list[UnreachableIntroducer] = strawberry.field(
        description="People through whom a route with one introducer would lead, if they and the target could be "
        f"reached. {MAX_ASLEEP_INTRODUCERS} at most, the best score first."
    )


@strawberry.type(description="Routes to the target, the highest score first.")
class Introductions(TargetAnswer):
    routes: list[Route] = strawberry.field(description="The best route through each first introducer.")
    is_complete: bool = strawberry.field(description=COMPLETE)
    withheld_strength_label: StrengthLabel | None = strawberry.field(description=WITHHELD)


@strawberry.type(description="The target knows the viewer, who can contact them directly.")
class AlreadyKnown(TargetAnswer):
    step: Step = strawberry.field(description="The target's tie to the viewer.")
    routes: list[Route] = strawberry.field(
        description="Routes through others, every step of which is stronger than the tie, or all routes if it is "
        "asleep. Empty unless the tie is weak, is asleep, or rests on the viewer's statements only."
    )
    is_complete: bool = strawberry.field(description=COMPLETE)
    withheld_strength_label: StrengthLabel | None = strawberry.field(description=WITHHELD)


@strawberry.type(description="The chain that came nearest to a route, and the pair at which it fails.")
class NearestMiss:
    people: list[Person] = strawberry.field(description="The people from the viewer to the target.")
    from_person: Person = strawberry.field(description="The person who would have to respond.")
    to_person: Person = strawberry.field(
        description="The person whom `fromPerson` does not know, or hardly (SCORES_TOO_LOW)."
    )
    outbound: Evidence = strawberry.field(description="The interactions from `fromPerson` to `toPerson`.")
    inbound: Evidence = strawberry.field(description="The interactions from `toPerson` to `fromPerson`.")

    @classmethod
    def from_near_miss(cls, nearest_miss: answers.NearestMiss) -> Self:
        return cls(
            people=[Person.from_person(person) for person in nearest_miss.people],
            from_person=Person.from_person(nearest_miss.from_person),
            to_person=Person.from_person(nearest_miss.to_person),
            outbound=Evidence.from_evidence(nearest_miss.outbound),
            inbound=Evidence.from_evidence(nearest_miss.inbound),
        )


@strawberry.type(description="The sources show no genuine route to the target.")
class Refusal(TargetAnswer):
    reason: answers.Reason = strawberry.field(description="Why there is no route, or none that is listed.")
    message: str = strawberry.field(description="The reason in a sentence.")
    nearest_miss: NearestMiss | None = strawberry.field(
        description="The chain that came nearest. Null if the sources show no chain."
    )
    suggestion: str = strawberry.field(description="The smallest change that would open a route.")
    possible_connectors: list[PossibleConnector] = strawberry.field(
        description="People who may know the target, 3 at most."
    )
