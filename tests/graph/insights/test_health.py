"""Tests of the classes of connections and of their sums, without a database."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.answers import Person, Unreachable
from graph.days import day_of
from graph.insights.contacts import Contact
from graph.insights.health import (
    ConnectionClass,
    HealthDimension,
    classify,
    classify_on,
    contact_concentration,
    health_on,
    network_health,
    quarter_ends,
)
from graph.insights.listed_people import DuplicateInContact, ListedPerson
from graph.insights.rules import insight_rules
from graph.records import UnreachableReason
from presentation.insights.health_sentences import class_reason, noise_message

TODAY = day_of(date(2026, 11, 22))


def connection(
    id: str,
    *,
    outwards: tuple[int, ...] = (),
    inwards: tuple[int, ...] = (),
    strengths: tuple[float | None, float | None] = (None, None),
    until: int | None = TODAY,
    listed_on: int | None = None,
) -> ListedPerson:
    return ListedPerson(
        Person(id, id.title(), company="Halden"),
        listed_on,
        ("linkedin",),
        Contact(tuple(sorted(outwards)), {"mail": len(outwards)} if outwards else {}),
        Contact(tuple(sorted(inwards)), {"mail": len(inwards)} if inwards else {}),
        *strengths,
        coverage_until=until,
    )


days = st.lists(st.integers(TODAY - 2_000, TODAY), max_size=4, unique=True).map(tuple)
strengths = st.none() | st.floats(0, 1)
people = st.lists(
    st.builds(
        lambda number, outwards, inwards, there, back, until, listed_on: connection(
            f"p{number}",
            outwards=outwards,
            inwards=inwards,
            strengths=(there, back),
            until=until,
            listed_on=listed_on,
        ),
        st.integers(0, 1_000),
        days,
        days,
        strengths,
        strengths,
        st.none() | st.integers(TODAY - 900, TODAY),
        st.none() | st.integers(TODAY - 2_000, TODAY),
    ),
    unique_by=lambda one: one.person.id,
    max_size=12,
)


@settings(max_examples=200)
@given(people=people)
def test_every_connection_is_in_exactly_one_class(people: list[ListedPerson]) -> None:
    health = network_health(people, {"linkedin": "linkedin"}, as_of=TODAY)

    assert health.counts.total == len(people)
    for each in ConnectionClass:
        assert health.counts.by_class[each] == sum(classify(one) is each for one in people)
    by_source = [group for group in health.groups if group.dimension is HealthDimension.SOURCE]
    assert sum(group.counts.total for group in by_source) == len(people)
    assert {one.person.id for one in health.inner_circle} <= {
        one.person.id for one in people if classify(one) is ConnectionClass.STRONG
    }
    # as of today the derivation for a day gives the same classes
    ends = {one.person.id: (one.strength, one.reverse_strength) for one in people}
    assert health_on(people, TODAY, lambda id, _: ends[id]).counts == health.counts


def test_a_class_follows_from_contact_coverage_and_strength() -> None:
    cold = int(insight_rules()["gone_cold"].thresholds["silent_days"])

    def known(**contact: object) -> ConnectionClass:
        return classify(connection("ben", **contact))  # type: ignore[arg-type]

    assert known() is ConnectionClass.NEVER
    assert known(outwards=(TODAY,)) is ConnectionClass.YOU_REACH_OUT
    assert known(inwards=(TODAY,)) is ConnectionClass.THEY_REACH_OUT
    assert known(outwards=(TODAY,), inwards=(TODAY - 1,)) is ConnectionClass.MUTUAL
    assert known(outwards=(TODAY,), inwards=(TODAY,), strengths=(0.8, 0.5)) is ConnectionClass.STRONG
    assert known(outwards=(TODAY,), inwards=(TODAY,), strengths=(0.75, 0.4)) is ConnectionClass.STRONG
    assert known(outwards=(TODAY,), inwards=(TODAY,), strengths=(0.74, 0.9)) is ConnectionClass.MUTUAL
    assert known(outwards=(TODAY,), inwards=(TODAY,), strengths=(0.9, 0.39)) is ConnectionClass.MUTUAL
    assert known(outwards=(TODAY,), strengths=(0.8, 0.5)) is ConnectionClass.YOU_REACH_OUT
    assert known(inwards=(TODAY - cold,)) is ConnectionClass.THEY_REACH_OUT
    assert known(inwards=(TODAY - cold - 1,)) is ConnectionClass.GONE_COLD
    # silence that no source could have seen does not count
    assert known(inwards=(TODAY - cold - 1,), until=TODAY - 1) is ConnectionClass.THEY_REACH_OUT


def test_a_connection_has_the_class_of_an_earlier_day() -> None:
    ben = connection("ben", outwards=(TODAY - 900, TODAY - 10), inwards=(TODAY - 10,), listed_on=TODAY - 1_000)

    def on(day: int) -> ConnectionClass | None:
        return classify_on(ben, day, lambda _, __: (None, None))

    assert on(TODAY - 1_001) is None
    assert on(TODAY - 1_000) is ConnectionClass.NEVER
    assert on(TODAY - 900) is ConnectionClass.YOU_REACH_OUT
    assert on(TODAY - 11) is ConnectionClass.GONE_COLD
    assert on(TODAY - 10) is ConnectionClass.MUTUAL
    assert quarter_ends(TODAY, 3) == [day_of(date(2026, 3, 31)), day_of(date(2026, 6, 30)), day_of(date(2026, 9, 30))]


def test_a_person_who_cannot_be_reached_is_cold_from_that_day_on() -> None:
    shown, contact = Unreachable("ben", UnreachableReason.MAIL_RETURNED, TODAY - 5), (TODAY - 9,)
    ben = replace(connection("ben", outwards=contact, inwards=contact, strengths=(0.8, 0.5)), unreachable=shown)
    never = replace(connection("cleo"), unreachable=shown)

    assert (classify(ben), classify(never)) == (ConnectionClass.GONE_COLD, ConnectionClass.NEVER)
    assert classify_on(ben, TODAY - 5, lambda _, __: (0.8, 0.5)) is ConnectionClass.GONE_COLD
    assert classify_on(ben, TODAY - 6, lambda _, __: (0.8, 0.5)) is ConnectionClass.STRONG


def test_a_possible_duplicate_in_contact_is_counted_and_named() -> None:
    never = replace(connection("cleo"), duplicate=DuplicateInContact(Person("c", "Cleo Far"), day_of(date(2026, 5, 3))))
    health = network_health([never, connection("dan")], {}, as_of=TODAY)

    assert (health.counts.by_class[ConnectionClass.NEVER], health.duplicates_in_contact) == (2, 1)
    assert class_reason(never, ConnectionClass.NEVER).endswith(
        "This may be the same person as Cleo Far, with whom the last contact was on 3 May 2026."
    )
    assert "One of these may be a duplicate of people with whom you had contact" in noise_message(health)


def test_the_inner_circle_begins_with_the_strongest_ties() -> None:
    contact = (TODAY,)
    people = [
        connection(id, outwards=contact, inwards=contact, strengths=both)
        for id, both in {"ben": (0.8, 0.5), "cleo": (0.9, 0.9), "dan": (0.7, 0.9), "eva": (0.8, 0.6)}.items()
    ]

    circle = network_health(people, {}, as_of=TODAY).inner_circle

    assert [one.person.id for one in circle] == ["cleo", "eva", "ben"]


def test_concentration_names_the_people_of_half_of_the_contact() -> None:
    busy = connection("ben", outwards=tuple(range(TODAY - 5, TODAY)), inwards=(TODAY - 1,))
    quiet = [connection(f"p{number}", inwards=(TODAY - number,)) for number in range(3)]
    old = connection("old", inwards=(TODAY - 365,))

    concentration = contact_concentration([busy, *quiet, old], as_of=TODAY)

    assert (concentration.people, concentration.people_for_half, concentration.top_share) == (4, 1, 1.0)
    assert contact_concentration([old], as_of=TODAY).top_share is None


def test_every_rule_has_a_sentence() -> None:
    assert {each.value for each in ConnectionClass} <= insight_rules().keys()
    assert all(rule.sentence.endswith(".") for rule in insight_rules().values())
    assert ConnectionClass.GONE_COLD.rule.explain(last_contact="1 Jan 2020").endswith("since 1 Jan 2020.")
