"""Tests of the rules that suggest to archive a connection."""

from dataclasses import replace

from graph.answers import Person
from graph.insights.contacts import Contact
from graph.insights.listed_people import DuplicateInContact, ListedPerson
from graph.insights.review.fake_accounts import FakeAccountSign
from graph.insights.review.prune import PruneReason, PruneRule, suggest_pruning
from graph.records import Channel

TODAY = 20_000
LIST = "linkedin"


def listed(
    name: str,
    *,
    on: int | None = TODAY - 2_000,
    out: tuple[int, ...] = (),
    back: tuple[int, ...] = (),
    company: str | None = "Halden",
    source: str = LIST,
    coverage: int | None = TODAY,
    strength: float | None = None,
    statement: Channel | None = None,
) -> ListedPerson:
    """A person whom a source lists since `on`, with days of contact in both directions, counted back from today."""
    days = [tuple(sorted(TODAY - ago for ago in way)) for way in (out, back)]
    outwards, inwards = (Contact(days=way, counts={"mail": len(way)} if way else {}) for way in days)
    return ListedPerson(
        Person(name, name, None, company),
        on,
        (source,),
        outwards,
        inwards,
        strength=strength,
        coverage_until=coverage,
        statements={statement.value: TODAY - 9} if statement else {},
    )


def reasons(*people: ListedPerson, kept: tuple[str, ...] = ()) -> dict[str, list[PruneRule]]:
    """The rules by name. One person in contact shows that the source could have seen contact."""
    everybody = [*people, listed("In Contact", out=(3,), back=(2,), company="Near", strength=0.9)]
    suggestions = suggest_pruning(everybody, account_sources=[LIST], kept=kept)
    return {each.listed.person.name: [reason.rule for reason in each.reasons] for each in suggestions}


def test_each_rule_has_its_evidence() -> None:
    friends = [listed(f"Friend {number}", on=TODAY - 400) for number in range(10)]
    people = [
        listed("Never Written"),
        listed("Long Silent", out=(1_200,), back=(1_199,), company="Near"),
        listed("Other Field", out=(800,), back=(790,), company="Elsewhere"),
        listed("Loud Seller", back=(10, 20, 30, 40, 50)),
        listed("Out Of Touch", out=(20,), back=(10,), statement=Channel.STATEMENT_OUT_OF_TOUCH),
        listed("crypto99", company=None, on=TODAY - 3),
    ]

    suggestions = reasons(*people, *friends)

    burst = [PruneRule.ACCEPTED_IN_BURST, PruneRule.NEVER_CONTACTED]
    assert suggestions == {
        "Out Of Touch": [PruneRule.MARKED_UNKNOWN],
        "crypto99": [PruneRule.FAKE_ACCOUNT],
        "Loud Seller": [PruneRule.BULK_SENDER],
        **{friend.person.name: burst for friend in friends},
        "Never Written": [PruneRule.NEVER_CONTACTED],
        "Long Silent": [PruneRule.COLD_FOR_YEARS],
        "Other Field": [PruneRule.SILENT_COMPANY],
    }
    assert [*suggestions] == sorted(suggestions, key=lambda name: [*PruneRule].index(suggestions[name][0]))
    (fake,) = suggest_pruning([people[-1]], account_sources=[LIST])
    signs = (FakeAccountSign.NO_JOB, FakeAccountSign.ONE_WORD_NAME, FakeAccountSign.SYMBOLS_IN_NAME)
    assert fake.reasons == (PruneReason(PruneRule.FAKE_ACCOUNT, count=3, signs=signs),)


def test_silence_that_no_source_could_have_seen_is_no_reason() -> None:
    assert reasons(listed("New", on=TODAY - 100)) == {}
    assert reasons(listed("Uncovered", on=TODAY - 2_000, coverage=TODAY - 1_990)) == {}
    assert reasons(listed("Undated", on=None)) == {}
    for ago, expected in ((179, []), (180, [PruneRule.ACCEPTED_IN_BURST])):
        guests = [listed(f"Guest {number}", on=TODAY - ago) for number in range(10)]
        assert reasons(*guests) == {guest.person.name: expected for guest in guests if expected}
    assert reasons(listed("Only In A List", source="a sheet")) == {}
    assert reasons(listed("Silent Export", out=(1_200,), back=(1_200,), company="Near", coverage=TODAY - 1_100)) == {}


def test_nobody_is_suggested_who_knows_the_viewer_or_is_in_use() -> None:
    assert reasons(listed("Strong", out=(1_200,), back=(1_200,), strength=0.5)) == {}
    assert reasons(listed("Stated", statement=Channel.STATEMENT_KNOWS)) == {}
    assert reasons(listed("Introducer"), kept=("Introducer",)) == {}
    assert reasons(listed("Mom", company=None, source="address book", on=TODAY - 3)) == {}


def test_a_rule_begins_at_its_threshold() -> None:
    def burst(size: int) -> list[ListedPerson]:
        return [listed(f"Guest {number}", on=TODAY - 200) for number in range(size)]

    for people, rule in (
        ([listed("Ada Ek", on=TODAY - 365)], PruneRule.NEVER_CONTACTED),
        ([listed("Ada Ek", out=(1_095,), company="Near")], PruneRule.COLD_FOR_YEARS),
        ([listed("Ada Ek", out=(730,), company="Elsewhere")], PruneRule.SILENT_COMPANY),
        ([listed("Ada Ek", back=(1, 2, 3, 4, 5))], PruneRule.BULK_SENDER),
        ([listed("crypto9", on=TODAY)], PruneRule.FAKE_ACCOUNT),
        (burst(10), PruneRule.ACCEPTED_IN_BURST),
    ):
        assert reasons(*people)[people[0].person.name] == [rule]
    for below in (
        [listed("Ada Ek", on=TODAY - 364)],
        [listed("Ada Ek", out=(1_094,), company="Near")],
        [listed("Ada Ek", out=(729,), company="Elsewhere")],
        [listed("Ada Ek", back=(1, 2, 3, 4))],
        [listed("Ada Crypto9", on=TODAY)],
        burst(9),
        [listed("Ada Ek", back=(1, 2, 3, 4, 5), strength=0.4)],
    ):
        assert reasons(*below) == {}


def test_a_person_whose_possible_duplicate_had_contact_is_not_silent() -> None:
    never = listed("Never Written")
    duplicate = DuplicateInContact(Person("n", "Written Never"), TODAY - 5)

    assert reasons(never) == {"Never Written": [PruneRule.NEVER_CONTACTED]}
    assert reasons(replace(never, duplicate=duplicate)) == {}
