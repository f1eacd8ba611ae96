"""Suggests whom to contact this week: a handful of people, each with a reason, evidence and what contact changes.

The suggestions of a week are made from the evidence up to its Monday. So they are the same on all days of the week,
except that those are left out on which the member acted: by an answer in a contact plan, or by contact.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import cypher
from graph.answers import Person, Step
from graph.database.client import Graph
from graph.ids import stable_id
from graph.insights.contact_plans import PlanContent, read_plan_contents
from graph.insights.listed_people import PeopleSelection, read_listed_people
from graph.insights.nurture_candidates import (
    IntroducerRecord,
    NurtureCandidate,
    NurtureReason,
    choose_suggestions,
    eligible_candidates,
    first_day_of_week,
    introducers,
    is_acted_on,
    is_suggestible,
    job_changes,
    may_weaken,
    overdue_contacts,
    possible_introductions,
    unanswered_questions,
    weakening_ties,
)
from graph.insights.rules import insight_rules
from graph.introductions.introducer_consent import pairs_from_own_sources
from graph.lookup.company_jobs import LIST_FACTS_OF_PEOPLE
from graph.lookup.profiles import read_profiles
from graph.networks.state import NetworkState
from graph.people.clusters import StoredFact
from graph.records import Channel
from graph.ties.evidence import read_evidence
from graph.ties.past import Past, read_past
from graph.viewer import Viewer

FILTER_UNACQUAINTED_PAIRS = cypher.load("insights/filter_unacquainted_pairs")
_NOT_ANSWERED_BY_CONTACT = {
    NurtureReason.UNTHANKED_INTRODUCER,
    NurtureReason.ONE_SIDED_INTRODUCER,
    NurtureReason.MUTUAL_INTRODUCTION,
}
"""Reasons that contact with the person since Monday does not settle."""


@dataclass(frozen=True, slots=True)
class NurtureSuggestion:
    """A person to contact, or two people to introduce to each other (`other`).

    `tie` is the tie of the person to the viewer today; its strength is 0 where there is none, and `has_tie` is False.
    `strength_after_contact` is the strength today after one exchange. `plan` is the viewer's plan for the person.
    """

    id: str
    candidate: NurtureCandidate
    person: Person
    other: Person | None
    tie: Step
    has_tie: bool
    strength_after_contact: float
    plan: PlanContent


@dataclass(frozen=True, slots=True)
class NurtureWeek:
    """The suggestions of the week that starts on this day, the first reason first."""

    starts_on: int
    suggestions: tuple[NurtureSuggestion, ...]


async def list_nurture_suggestions(
    graph: Graph,
    state: NetworkState,
    viewer: Viewer,
    *,
    records: Iterable[IntroducerRecord] = (),
    among: Collection[str] | None = None,
) -> NurtureWeek:
    """Return the suggestions of the present week of the network's day.

    `records` are what introducers did for the viewer, and what the viewer needs them for. `among` limits the people.
    """
    week, me = first_day_of_week(viewer.as_of), viewer.person_id
    if me is None:
        return NurtureWeek(week, ())
    monday = replace(viewer, as_of=week)
    plans = await read_plan_contents(graph, viewer)
    listed = await read_listed_people(graph, state, monday, selection=PeopleSelection.WITH_CONTACT)
    people = {
        one.person.id: one
        for one in listed
        if one.unreachable is None
        and (among is None or one.person.id in among)
        and is_suggestible(plans.get((one.person.id,)), week)
    }
    contacted = [id for id, one in people.items() if one.outwards.days and one.inwards.days]
    (row,) = await graph.run(
        LIST_FACTS_OF_PEOPLE, network=viewer.network, sources=viewer.evidence_sources, ids=contacted
    )
    facts = {each["id"]: [StoredFact(*fact) for fact in each["facts"]] for each in row["people"]}
    pairs = [
        each
        for each in possible_introductions([people[id] for id in contacted], facts)
        if is_suggestible(plans.get(each.people), week)
    ]
    candidates = [
        *unanswered_questions(people.values(), week),
        *(each for each in introducers(records, people, week) if each.people[0] in people),
        *overdue_contacts(people, plans, week),
        *job_changes(people, facts, week),
        *await _without_acquainted(graph, viewer, pairs),
    ]
    most = int(insight_rules()["nurture"].thresholds["considered"])
    weakening = sorted(filter(may_weaken, people.values()), key=lambda one: (-(one.strength or 0.0), one.person.id))
    considered = weakening[:most]
    asked = {one.person.id for one in considered} | {each.people[0] for each in eligible_candidates(candidates)}
    past = await read_past(graph, state, viewer.member, [(id, me) for id in asked], without=me)
    # in a thread: a second for hundreds of ties
    candidates += await asyncio.to_thread(lambda: list(weakening_ties(considered, past, me, week)))
    chosen = [
        each
        for each in choose_suggestions(candidates)
        if not any(is_acted_on(plans.get(ids), week) for ids in {each.people, *((id,) for id in each.people)})
    ]
    return NurtureWeek(week, await _suggestions(graph, viewer, past, chosen, plans))


async def _without_acquainted(
    graph: Graph, viewer: Viewer, pairs: Sequence[NurtureCandidate]
) -> list[NurtureCandidate]:
    # whether a colleague who has not agreed to be named knows somebody is not shown, so such pairs are left out
    withheld = await pairs_from_own_sources(graph, viewer, [(each.people[0], each.people[1]) for each in pairs])
    shown = [each for each in pairs if each.people not in withheld]
    if not shown:
        return []
    rows = await graph.run(
        FILTER_UNACQUAINTED_PAIRS,
        network=viewer.network,
        pairs=[list(each.people) for each in shown],
        audiences=viewer.visible_audiences,
        sources=viewer.sources,
    )
    unacquainted = {(row["first"], row["second"]) for row in rows}
    return [each for each in shown if each.people in unacquainted]


async def _suggestions(
    graph: Graph,
    viewer: Viewer,
    past: Past,
    chosen: Sequence[NurtureCandidate],
    plans: Mapping[tuple[str, ...], PlanContent],
) -> tuple[NurtureSuggestion, ...]:
    me, today = viewer.person_id or "", viewer.as_of
    ties = [(each.people[0], me) for each in chosen]
    evidence = await read_evidence(graph, viewer, ties)
    profiles = await read_profiles(graph, viewer, [me, *(id for each in chosen for id in each.people)])

    def suggestion(each: NurtureCandidate) -> NurtureSuggestion:
        by = each.people[0]
        strength = past.tie_strength(by, me, on=today)
        after = past.with_message(by, me, Channel.MAIL, on=today, answering=True)
        return NurtureSuggestion(
            id=stable_id("nurture suggestion", each.reason, *each.people),
            candidate=each,
            person=profiles[by],
            other=profiles[each.people[1]] if len(each.people) > 1 else None,
            tie=Step(profiles[by], profiles[me], strength or 0.0, evidence[by, me], evidence[me, by]),
            has_tie=strength is not None,
            strength_after_contact=after.response_probability(by, me, on=today),
            plan=plans.get((by,), PlanContent()),
        )

    week = first_day_of_week(today)

    def is_answered(each: NurtureCandidate) -> bool:
        last = evidence[me, each.people[0]].last_day
        return each.reason not in _NOT_ANSWERED_BY_CONTACT and last is not None and last > week

    return tuple(suggestion(each) for each in chosen if not is_answered(each))
