"""Reasons to contact a person this week, each from values that were read before. Nothing here reads the database.

The thresholds are in graph/insights/rules.json. A reason that rests on silence counts it only up to the coverage of the
sources that could contain contact with the person.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from graph.days import date_of, day_of
from graph.insights.contact_plans import PlanContent
from graph.insights.fading import find_weakening
from graph.insights.listed_people import ListedPerson
from graph.insights.rules import insight_rules
from graph.names.keys import fold_name
from graph.people.clusters import StoredFact
from graph.strength.model import LEVELS, label_index
from graph.ties.past import Past

WEEK = 7


class NurtureReason(StrEnum):
    """Why a suggestion is made. The value is the name of its rule in graph/insights/rules.json, first reason first."""

    UNANSWERED_QUESTION = "unanswered_question"
    UNTHANKED_INTRODUCER = "unthanked_introducer"
    WEAKENING_TIE = "weakening_tie"
    OVERDUE_CONTACT = "overdue_contact"
    NEW_JOB = "new_job"
    NEEDED_INTRODUCER = "needed_introducer"
    GOAL_INTRODUCER = "goal_introducer"
    ONE_SIDED_INTRODUCER = "one_sided_introducer"
    WORK_ANNIVERSARY = "work_anniversary"
    MUTUAL_INTRODUCTION = "mutual_introduction"

    def threshold(self, name: str) -> float:
        """A threshold of the rule."""
        return insight_rules()[self.value].thresholds[name]


@dataclass(frozen=True, slots=True)
class NurtureCandidate:
    """A reason to contact a person, or to introduce two people to each other.

    `day` and `count` are those of the rule's sentence: the day of the question, the introduction, the weakening or the
    last contact, and the number of days, routes or years. `subject` names the target, the new job or what two people
    have in common, `before` the former job. `strength` and `strength_later` are those of a weakening tie, on the Monday
    of the week and on `day` without contact; the later one is None where the tie ends. `rank` orders the candidates of
    one reason, lowest first.
    """

    reason: NurtureReason
    people: tuple[str, ...]
    rank: tuple[float | str, ...]
    day: int | None = None
    count: int | None = None
    subject: str = ""
    before: str = ""
    strength: float | None = None
    strength_later: float | None = None


@dataclass(frozen=True, slots=True)
class IntroducerRecord:
    """The record of a person as introducer for the viewer.

    `introductions` are the name of the target, the day, and whether the viewer thanked them. `is_returned`: the viewer
    introduced them to somebody, or received a request from them. `needed_for` are the targets of the viewer's open
    requests, with the number of routes that begin with the person. `goal_targets` are the companies, roles and fields
    of the viewer's goal, with the number of people to whom the best route begins with the person.
    """

    person_id: str
    introductions: tuple[tuple[str, int, bool], ...] = ()
    is_returned: bool = False
    needed_for: tuple[tuple[str, int], ...] = ()
    goal_targets: tuple[tuple[str, int], ...] = ()


def first_day_of_week(day: int) -> int:
    """The Monday of a day's week. Suggestions of a week are made from the evidence up to it."""
    return day - date_of(day).weekday()


def is_suggestible(content: PlanContent | None, week: int) -> bool:
    """Whether a plan allowed suggestions about its people when the week that starts on this day began."""
    if content is None:
        return True
    if content.never_on is not None and content.never_on < week:
        return False
    if content.snoozed_on is not None and content.snoozed_on < week < (content.snoozed_until or week):
        return False
    pause = content.every_days or insight_rules()["nurture"].thresholds["done_days"]
    return content.done_on is None or content.done_on >= week or content.done_on + pause <= week


def is_acted_on(content: PlanContent | None, week: int) -> bool:
    """Whether the member acted on a suggestion since the week began."""
    days = () if content is None else (content.never_on, content.snoozed_on, content.done_on)
    return any(day is not None and day >= week for day in days)


def unanswered_questions(people: Iterable[ListedPerson], on: int) -> Iterator[NurtureCandidate]:
    """The last ask of each person whom the viewer contacted before, if nothing went back since."""
    reason = NurtureReason.UNANSWERED_QUESTION
    for one in people:
        asked = one.inwards.unanswered[-1] if one.inwards.unanswered else None
        last = one.outwards.last_day
        if asked is not None and last is not None and last < asked and on - asked <= reason.threshold("days"):
            yield NurtureCandidate(reason, (one.person.id,), (-(one.strength or 0.0), -asked, one.person.id), day=asked)


def introducers(
    records: Iterable[IntroducerRecord], people: Mapping[str, ListedPerson], on: int
) -> Iterator[NurtureCandidate]:
    """Introducers who were not thanked or never given back to, and those whom open requests or the goal will need."""
    unthanked, one_sided = NurtureReason.UNTHANKED_INTRODUCER, NurtureReason.ONE_SIDED_INTRODUCER
    needed, likely = NurtureReason.NEEDED_INTRODUCER, NurtureReason.GOAL_INTRODUCER
    for record in records:
        ids, person = (record.person_id,), people.get(record.person_id)
        made = sorted((day, name, is_thanked) for name, day, is_thanked in record.introductions if day <= on)
        open_thanks = [(day, name) for day, name, is_thanked in made if not is_thanked]
        if open_thanks and on - open_thanks[-1][0] <= unthanked.threshold("days"):
            day, name = open_thanks[-1]
            yield NurtureCandidate(unthanked, ids, (-day, record.person_id), day=day, subject=name)
        returned = record.is_returned or (person is not None and _gave_something(person))
        if made and not returned and on - made[-1][0] <= one_sided.threshold("days"):
            names = ", ".join(dict.fromkeys(name for _, name, _ in made))
            rank = (-len(made), -made[-1][0], record.person_id)
            yield NurtureCandidate(one_sided, ids, rank, day=made[-1][0], count=len(made), subject=names)
        silent = person.silent_days if person else None
        routes = sum(count for _, count in record.needed_for)
        if routes >= needed.threshold("routes") and (silent or 0) >= needed.threshold("silent_days"):
            subject = ", ".join(dict.fromkeys(name for name, _ in record.needed_for))
            yield NurtureCandidate(needed, ids, (-routes, record.person_id), count=routes, subject=subject)
        reached = sum(count for _, count in record.goal_targets)
        if reached >= likely.threshold("people") and (silent or 0) >= likely.threshold("silent_days"):
            subject = ", ".join(dict.fromkeys(name for name, _ in record.goal_targets))
            yield NurtureCandidate(likely, ids, (-reached, record.person_id), count=reached, subject=subject)


def overdue_contacts(
    people: Mapping[str, ListedPerson], plans: Mapping[tuple[str, ...], PlanContent], on: int
) -> Iterator[NurtureCandidate]:
    """People whose rhythm is over, as far as sources could have seen contact."""
    for ids, content in plans.items():
        person = people.get(ids[0])
        if len(ids) > 1 or content.every_days is None or person is None or person.coverage_until is None:
            continue
        days = [day for day in (person.last_contact, content.done_on) if day is not None]
        if days and (due := max(days) + content.every_days) <= min(on, person.coverage_until):
            rank = (due, ids[0])
            yield NurtureCandidate(NurtureReason.OVERDUE_CONTACT, ids, rank, day=max(days), count=content.every_days)


def job_changes(
    people: Mapping[str, ListedPerson], facts: Mapping[str, Sequence[StoredFact]], on: int
) -> Iterator[NurtureCandidate]:
    """New jobs that a later load of a list showed, and their anniversaries, of people who had contact both ways."""
    new, anniversary = NurtureReason.NEW_JOB, NurtureReason.WORK_ANNIVERSARY
    for id, stated in facts.items():
        person = people[id]
        if not (person.outwards.days and person.inwards.days):
            continue
        rank = (-(person.strength or 0.0), id)
        change = _new_job(stated, on)
        if change and on - change[0] <= new.threshold("days"):
            day, subject, before = change
            yield NurtureCandidate(new, (id,), rank, day=day, subject=subject, before=before)
        present = (fact for fact in stated if fact.until is None and fact.gone is None)
        began = [(fact.since, _job(fact)) for fact in present if fact.since is not None]
        # no list of connections states when a job began, only that a later load shows another
        for since, subject in began or ([change[:2]] if change else []):
            if (falls_on := _this_week(since, on)) is not None:
                years = date_of(falls_on).year - date_of(since).year
                yield NurtureCandidate(anniversary, (id,), rank, day=falls_on, count=years, subject=subject)
                break


def weakening_ties(people: Iterable[ListedPerson], past: Past, me: str, on: int) -> Iterator[NurtureCandidate]:
    """Ties to the viewer that lose their strength label within the days ahead: strong ties first, then the soonest."""
    reason = NurtureReason.WEAKENING_TIE
    horizons = [int(reason.threshold(name)) for name in ("soon", "later", "days")]
    for one in people:
        pair = (one.person.id, me)
        today = past.tie(*pair, on=on)
        if today is None or today.strength < reason.threshold("strength") or past.share_organisation(*pair):
            continue
        weakening = find_weakening(past, pair, on, horizons[-1], least=LEVELS[label_index(today.strength) - 1])
        if weakening:
            strength, day, _ = weakening
            horizon = next(days for days in horizons if day <= on + days)
            yield NurtureCandidate(
                reason,
                (one.person.id,),
                (-label_index(strength), horizon, -strength, one.person.id),
                day=day,
                count=horizon,
                strength=strength,
                strength_later=past.tie_strength(*pair, on=day, idle=day - on),
            )


def may_weaken(one: ListedPerson) -> bool:
    """Whether the tie may be one of `weakening_ties`. Derived strengths are of a later day of the week, so lower."""
    reason = NurtureReason.WEAKENING_TIE
    return (
        one.strength is not None
        and one.strength >= reason.threshold("strength") - 0.1
        and (one.silent_days or 0) >= reason.threshold("silent_days")
    )


def possible_introductions(
    people: Sequence[ListedPerson], facts: Mapping[str, Sequence[StoredFact]]
) -> list[NurtureCandidate]:
    """Pairs of people at different companies who have a role or a former employer in common, strongest ties first.

    The caller leaves out pairs who know each other.
    """
    reason = NurtureReason.MUTUAL_INTRODUCTION
    known = sorted(
        (one for one in people if (one.strength or 0.0) >= reason.threshold("strength")),
        key=lambda one: (-(one.strength or 0.0), one.person.id),
    )[: int(reason.threshold("people"))]
    by_trait: dict[tuple[str, str], list[ListedPerson]] = defaultdict(list)
    texts: dict[tuple[str, str], str] = {}
    for one in known:
        for kind, key, text in sorted({*_traits(facts.get(one.person.id, ()))}):
            texts.setdefault((kind, key), text)
            by_trait[kind, key].append(one)
    candidates: dict[tuple[str, ...], NurtureCandidate] = {}
    for trait, having in by_trait.items():
        for one, other in combinations(having, 2):
            ids = tuple(sorted((one.person.id, other.person.id)))
            if _company(facts, one) != _company(facts, other) and ids not in candidates:
                weaker = min(one.strength or 0.0, other.strength or 0.0)
                candidates[ids] = NurtureCandidate(reason, ids, (-weaker, *ids), subject=texts[trait])
    return sorted(candidates.values(), key=lambda each: each.rank)[: int(reason.threshold("pairs"))]


def eligible_candidates(candidates: Iterable[NurtureCandidate]) -> list[NurtureCandidate]:
    """The candidates that `choose_suggestions` can return, whatever others are added for as many people."""
    most = 2 * int(insight_rules()["nurture"].thresholds["suggestions"])
    by_reason: dict[NurtureReason, list[NurtureCandidate]] = defaultdict(list)
    for each in sorted(candidates, key=lambda each: each.rank):
        by_reason[each.reason].append(each)
    return [each for same in by_reason.values() for each in same[:most]]


def choose_suggestions(candidates: Iterable[NurtureCandidate]) -> list[NurtureCandidate]:
    """The suggestions of a week: each person once, few of each reason first, the rest where there are too few."""
    order = list(NurtureReason)
    ranked = sorted(candidates, key=lambda each: (order.index(each.reason), each.rank))
    size = int(insight_rules()["nurture"].thresholds["suggestions"])
    chosen: list[NurtureCandidate] = []
    people: set[str] = set()
    for is_limited in (True, False):
        for each in ranked:
            same = sum(other.reason is each.reason for other in chosen)
            if len(chosen) == size or not people.isdisjoint(each.people):
                continue
            if not is_limited or same < each.reason.threshold("at_most"):
                chosen.append(each)
                people.update(each.people)
    return sorted(chosen, key=lambda each: (order.index(each.reason), each.rank))


def _gave_something(person: ListedPerson) -> bool:
    return bool(person.outwards.counts.get("recommendation") or person.outwards.counts.get("endorsement"))


def _new_job(facts: Sequence[StoredFact], on: int) -> tuple[int, str, str] | None:
    """The day on which a later snapshot of a list first showed another job, that job, and the one before."""
    changes = [
        (new.seen, _job(new), _job(old))
        for new in facts
        for old in facts
        if new.seen is not None
        and new.seen <= on
        and new.gone is None
        and new.until is None
        and old.gone is not None
        and (new.shared_source, new.part) == (old.shared_source, old.part)
        and old.gone < new.seen
        and (new.company_key, fold_name(new.title or "")) != (old.company_key, fold_name(old.title or ""))
    ]
    return max(changes, default=None)


def _this_week(since: int, monday: int) -> int | None:
    """The anniversary of a day in the week that starts on this Monday, at least a year later."""
    began = date_of(since)
    dates = map(date_of, range(monday, monday + WEEK))
    same_day = (date for date in dates if (date.month, date.day) == (began.month, began.day) and date.year > began.year)
    return next(map(day_of, same_day), None)


def _job(fact: StoredFact) -> str:
    return f"{fact.title} at {fact.company}" if fact.title and fact.company else fact.company or fact.title or ""


def _traits(facts: Sequence[StoredFact]) -> Iterator[tuple[str, str, str]]:
    """Yield traits that two people can have in common: the role of a present job, and employers."""
    for fact in facts:
        is_present = fact.until is None and fact.gone is None
        if is_present and fact.title:
            yield "role", fold_name(fact.title), f"the role {fact.title}"
        if fact.company_key and fact.company:
            yield "employer", fact.company_key, f"{fact.company} as employer"


def _company(facts: Mapping[str, Sequence[StoredFact]], one: ListedPerson) -> str:
    present = (fact for fact in facts.get(one.person.id, ()) if fact.until is None and fact.gone is None)
    return next((fact.company_key or "" for fact in present), one.person.company or "")
