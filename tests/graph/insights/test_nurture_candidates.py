"""Tests which candidates become suggestions, and when plans allow them, without a database."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.answers import Person
from graph.days import day_of
from graph.insights.contact_plans import PlanContent
from graph.insights.contacts import Contact
from graph.insights.listed_people import ListedPerson
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
    overdue_contacts,
    possible_introductions,
    unanswered_questions,
)
from graph.insights.rules import insight_rules
from graph.people.clusters import StoredFact
from tests.graph.worlds import TODAY

WEEK = first_day_of_week(day_of(TODAY))
MOST = int(insight_rules()["nurture"].thresholds["suggestions"])
people = st.sampled_from([f"p{number}" for number in range(12)])
candidates = st.builds(
    lambda reason, ids, rank: NurtureCandidate(reason, tuple(sorted(ids)), (rank, *sorted(ids))),
    st.sampled_from(NurtureReason),
    st.sets(people, min_size=1, max_size=2),
    st.integers(0, 5),
)


@given(st.lists(candidates, max_size=60), st.randoms(use_true_random=False))
def test_a_week_has_few_suggestions_and_each_person_once(found: list[NurtureCandidate], random: Random) -> None:
    chosen = choose_suggestions(found)
    shuffled = [*found]
    random.shuffle(shuffled)

    names = [id for each in chosen for id in each.people]
    assert len(chosen) <= MOST
    assert len(names) == len({*names})
    assert choose_suggestions(shuffled) == chosen
    assert choose_suggestions(eligible_candidates(found)) == chosen
    unused = [each for each in found if {*each.people}.isdisjoint(names)]
    assert len(chosen) == MOST or not unused


@pytest.mark.parametrize(
    ("content", "suggestible", "acted"),
    [
        (None, True, False),
        (PlanContent(note="Tea"), True, False),
        (PlanContent(never_on=WEEK - 1), False, False),
        (PlanContent(never_on=WEEK), True, True),
        (PlanContent(snoozed_on=WEEK - 5, snoozed_until=WEEK + 1), False, False),
        (PlanContent(snoozed_on=WEEK - 5, snoozed_until=WEEK), True, False),
        (PlanContent(snoozed_on=WEEK + 2, snoozed_until=WEEK + 30), True, True),
        (PlanContent(done_on=WEEK - 10), False, False),
        (PlanContent(done_on=WEEK - 10, every_days=10), True, False),
        (PlanContent(done_on=WEEK - 30), True, False),
        (PlanContent(done_on=WEEK + 6), True, True),
    ],
)
def test_an_answer_counts_from_its_week_on(content: PlanContent | None, *, suggestible: bool, acted: bool) -> None:
    assert is_suggestible(content, WEEK) is suggestible
    assert is_acted_on(content, WEEK) is acted


def _person(id: str, outwards: Contact, inwards: Contact, until: int = WEEK) -> ListedPerson:
    return ListedPerson(Person(id, id), None, (), outwards, inwards, coverage_until=until)


def test_a_question_is_suggested_if_the_viewer_knows_the_person_and_has_not_answered() -> None:
    asked = WEEK - 30
    question = _person("ben", Contact((asked - 200,)), Contact((asked,), unanswered=(asked,)))
    salesman = _person("brad", Contact(), Contact((asked,), unanswered=(asked,)))
    settled = _person("dan", Contact((asked + 20,)), Contact((asked,), unanswered=(asked,)))

    questions = list(unanswered_questions([question, salesman, settled], WEEK))

    assert [(each.people, each.day) for each in questions] == [(("ben",), asked)]


@pytest.mark.parametrize("reason", [NurtureReason.NEEDED_INTRODUCER, NurtureReason.GOAL_INTRODUCER])
def test_an_introducer_of_several_needed_routes_is_suggested_after_silence(reason: NurtureReason) -> None:
    needed = (("Jane", 1), ("Halden Robotics", 3))
    is_open = reason is NurtureReason.NEEDED_INTRODUCER
    records = [
        IntroducerRecord(id, needed_for=needed if is_open else (), goal_targets=() if is_open else needed)
        for id in ("ben", "cleo", "uncovered")
    ]
    last = Contact((WEEK - 60,))
    known = {
        "ben": _person("ben", last, last),
        "cleo": _person("cleo", Contact((WEEK - 5,)), last),
        "uncovered": _person("uncovered", last, last, until=WEEK - 50),
    }

    (introducer,) = introducers(records, known, WEEK)

    assert (introducer.reason, introducer.people, introducer.count) == (reason, ("ben",), 4)
    assert introducer.subject == "Jane, Halden Robotics"


def test_a_job_that_a_later_load_shows_is_new_and_has_an_anniversary_of_that_load() -> None:
    day = Contact((WEEK - 60,))
    people = {"ben": _person("ben", day, day)}

    def found(seen: int, since: int | None = None) -> list[tuple[NurtureReason, int | None, int | None, str]]:
        old = StoredFact(
            "s", "Ben", "ben", "Analyst", "Halden", "halden", None, None, seen - 90, seen - 1, "c", None, []
        )
        new = old._replace(title="Director", since=since, seen=seen, gone=None)
        candidates = job_changes(people, {"ben": [old, new]}, WEEK)
        return [(each.reason, each.day, each.count, each.subject) for each in candidates]

    a_year_ago = WEEK + 3 - 365
    assert found(WEEK - 20) == [(NurtureReason.NEW_JOB, WEEK - 20, None, "Director at Halden")]
    assert [each[0] for each in found(WEEK - 60)] == [NurtureReason.NEW_JOB]
    assert found(WEEK - 61) == []
    assert found(a_year_ago) == [(NurtureReason.WORK_ANNIVERSARY, WEEK + 3, 1, "Director at Halden")]
    assert found(a_year_ago - 30) == []
    # a day that a source states counts instead of the day of the load
    assert found(a_year_ago, since=a_year_ago - 30) == []
    assert found(a_year_ago - 30, since=a_year_ago) == [
        (NurtureReason.WORK_ANNIVERSARY, WEEK + 3, 1, "Director at Halden")
    ]


@pytest.mark.parametrize(
    ("asked", "last", "count"),
    [(WEEK - 90, WEEK - 200, 1), (WEEK - 91, WEEK - 200, 0), (WEEK - 30, WEEK - 30, 0), (WEEK - 30, WEEK - 31, 1)],
)
def test_a_question_counts_for_ninety_days_after_contact_of_the_viewer(asked: int, last: int, count: int) -> None:
    ben = _person("ben", Contact((last,)), Contact((asked,), unanswered=(asked,)))

    assert len([*unanswered_questions([ben], WEEK)]) == count


def test_each_reason_of_an_introducer_begins_and_ends_at_its_threshold() -> None:
    silent = {"ben": _person("ben", Contact((WEEK - 30,)), Contact((WEEK - 30,)))}

    def reasons(record: IntroducerRecord) -> set[NurtureReason]:
        return {each.reason for each in introducers([record], silent, WEEK)}

    for count, expected in ((1, set()), (2, {NurtureReason.NEEDED_INTRODUCER})):
        assert reasons(IntroducerRecord("ben", needed_for=(("Jane", count),))) == expected
    for count, expected in ((2, set()), (3, {NurtureReason.GOAL_INTRODUCER})):
        assert reasons(IntroducerRecord("ben", goal_targets=(("Jane", count),))) == expected
    one_sided, unthanked = NurtureReason.ONE_SIDED_INTRODUCER, NurtureReason.UNTHANKED_INTRODUCER
    for ago, expected in ((365, {unthanked, one_sided}), (366, {one_sided}), (730, {one_sided}), (731, set())):
        assert reasons(IntroducerRecord("ben", ((("Jane"), WEEK - ago, False),))) == expected
    assert reasons(IntroducerRecord("ben", (("Jane", WEEK - 9, True),), is_returned=True)) == set()


def test_a_rhythm_is_overdue_only_where_sources_cover_it() -> None:
    day = Contact((WEEK - 60,))
    plans: dict[tuple[str, ...], PlanContent] = {("ben",): PlanContent(every_days=30)}

    def is_overdue(until: int) -> bool:
        return bool([*overdue_contacts({"ben": _person("ben", day, day, until)}, plans, WEEK)])

    assert [is_overdue(until) for until in (WEEK, WEEK - 30, WEEK - 31)] == [True, True, False]


def test_two_people_of_one_company_are_not_introduced() -> None:
    day, least = Contact((WEEK - 9,)), insight_rules()["mutual_introduction"].thresholds["strength"]
    people = [replace(_person(id, day, day), strength=least) for id in ("ben", "cleo", "dan")]

    def job(company: str) -> list[StoredFact]:
        key = company.casefold()
        return [StoredFact("s", "B", "b", "Curator", company, key, None, None, 1, None, "c", None, [])]

    facts = {"ben": job("Halden"), "cleo": job("Halden"), "dan": job("Quay")}

    introductions = possible_introductions(people, facts)

    assert {each.people for each in introductions} == {("ben", "dan"), ("cleo", "dan")}
    weaker = [replace(one, strength=least - 0.01) for one in people]
    assert possible_introductions(weaker, facts) == []
