"""Whose export a load is: the member's, another person's, or unclear. No database."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from graph.errors import ExportOfAnotherPerson, ExportOwnerUnknown, PermissionDenied
from graph.ingest.collect import collect_records
from graph.ingest.collected_load import CollectedLoad
from graph.ingest.owner import find_other_owner, find_owner
from graph.ingest.owner_candidates import KnownMember
from graph.people.matching import may_be_one_person
from graph.records import (
    WORKSPACE,
    Channel,
    Handle,
    HandleKind,
    Interaction,
    ObservedName,
    Owner,
    Part,
    PersonMention,
    Record,
)
from graph.strength.model import model
from tests.graph.worlds import NOON, TODAY, by_mail, by_profile, connections, talk, wrote

ME, CARLA, XU = "maren@home.example", "carla@work.example", "xu@target.example"
MAREN = KnownMember((f"email:{ME}",), (f"email:{ME}",), ("Maren Osei",))
NOBODY = KnownMember()


def collected(*records: Record) -> CollectedLoad:
    return collect_records(records, model(), today=TODAY)


def chat(*names: str) -> list[Record]:
    """A chat of people who have names only."""
    people = [PersonMention((Handle(HandleKind.NAME, name),), name) for name in names]
    return [
        Interaction(by, tuple(other for other in people if other is not by), NOON - timedelta(days=n), Channel.CHAT)
        for n in range(3)
        for by in people
    ]


def archive(name: str, slug: str, *emails: str) -> list[Record]:
    """A LinkedIn archive: its owner by name, addresses and profile, one conversation and a list of connections."""
    profile, jonas = by_profile(slug, name), by_profile("jonas-petrik", "Jonas Petrik")
    owners: list[Record] = [Owner(PersonMention((Handle(HandleKind.NAME, name),), name)), Owner(profile)]
    owners += [Owner(by_mail(email, name)) for email in emails]
    return [
        *owners,
        Interaction(jonas, (profile,), NOON, Channel.LINKEDIN),
        Interaction(profile, (jonas,), NOON, Channel.LINKEDIN),
        *connections((jonas, "Halmgard")),
    ]


def mailbox_of(address: str, name: str | None) -> list[Record]:
    """Mail of one address with ten others, without a statement of its owner."""
    me = PersonMention((Handle(HandleKind.EMAIL, address),), name)
    messages: list[Record] = []
    for n in range(10):
        other = by_mail(f"friend{n}@far.example")
        messages += [
            Interaction(me, (other,), NOON - timedelta(days=n), Channel.MAIL),
            Interaction(other, (me,), NOON - timedelta(days=n), Channel.MAIL),
        ]
    return messages


@pytest.mark.parametrize(
    "records",
    [
        archive("Carla Boss", "carla-boss", CARLA),
        archive("Carla Boss", "carla-boss"),
        archive("Maren Lindqvist", "maren-lindqvist", CARLA),
        [Owner(by_mail(CARLA, "Carla Boss")), *talk(CARLA, XU)],
        [Owner(PersonMention((Handle(HandleKind.EMAIL, CARLA),))), *mailbox_of(CARLA, "Carla Boss")],
        [Owner(PersonMention((Handle(HandleKind.NAME, "Carla Boss"),))), *chat("Carla Boss", "Xu Target")],
        mailbox_of(CARLA, "Carla Boss"),
    ],
)
@pytest.mark.parametrize("stated", [None, CARLA])
def test_the_export_of_another_person_is_refused_with_both_names(records: list[Record], stated: str | None) -> None:
    with pytest.raises(ExportOfAnotherPerson, match=r"belongs to (Carla Boss|Maren Lindqvist).*Maren Osei"):
        find_owner(collected(*records), member=MAREN, stated_owner=stated)


@pytest.mark.parametrize(
    ("name", "emails"),
    [
        ("Maren Osei", ["second@home.example"]),
        ("MAREN OSEI", []),
        ("Osei, Maren", ["second@home.example"]),
        ("Maren Anna Osei", []),
        ("M. Osei", []),
        ("Dr. Maren Osei, PhD", []),
        ("Maren Brandt", [ME]),  # she married
        ("Márèn Oséi", []),
    ],
)
def test_the_same_person_with_another_spelling_or_address_is_not_refused(name: str, emails: list[str]) -> None:
    owner = find_owner(collected(*archive(name, "maren", *emails)), member=MAREN, stated_owner=None)

    assert owner.keys[0] == "linkedin:maren"
    assert {f"email:{email}" for email in emails} <= {*owner.keys}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Bill Gates", "William Gates", True),
        ("Wang Wei", "WangWei", True),
        ("Wei Wang", "王伟", True),
        ("Иван Петров", "Ivan Petrov", True),
        ("Maren", "Maren Osei", True),
        ("Maren Osei", "Maren Boss", False),
        ("Tom Osei", "Maren Osei", False),
        ("Carla", "Maren Osei", False),
        ("", "Maren Osei", False),
    ],
)
def test_two_names_can_be_one_persons(one: str, other: str, expected: bool) -> None:
    assert may_be_one_person(one, other) is may_be_one_person(other, one) is expected


def test_the_first_export_of_a_member_who_is_unknown_or_has_only_a_name_is_loaded_without_a_question() -> None:
    for member in (NOBODY, KnownMember(names=("Carla Boss",)), KnownMember((), (f"email:{ME}",), ())):
        owner = find_owner(collected(*archive("Carla Boss", "carla-boss", CARLA)), member=member, stated_owner=None)

        assert owner.keys == ("linkedin:carla-boss", f"email:{CARLA}")


def test_an_address_that_nobody_in_the_export_has_is_an_error_that_names_the_addresses() -> None:
    mail = collected(*talk(CARLA, XU))
    stated = collected(*archive("Carla Boss", "carla-boss", CARLA))

    for member in (MAREN, NOBODY):
        with pytest.raises(ExportOwnerUnknown, match=r"Nobody in this export is me@other\.example\..*carla@work.*xu@"):
            find_owner(mail, member=member, stated_owner="me@other.example")
        with pytest.raises(ExportOwnerUnknown, match=r"Nobody.* Its owner is Carla Boss \(carla@work\.example\)"):
            find_owner(stated, member=member, stated_owner="me@other.example")


def test_a_stated_owner_is_not_overruled_by_the_user() -> None:
    mail = collected(Owner(by_mail(CARLA, "Carla Boss")), *talk(CARLA, ME), *talk(CARLA, XU))

    for member in (MAREN, NOBODY):
        with pytest.raises(ExportOfAnotherPerson, match=r"belongs to Carla Boss \(carla@work\.example\), not to"):
            find_owner(mail, member=member, stated_owner=ME)


@pytest.mark.parametrize("text", ["Mia Ember", "mia ember", "Ember, Mia"])
def test_a_chat_without_addresses_accepts_a_name(text: str) -> None:
    owner = find_owner(collected(*chat("Mia Ember", "Ben Okafor")), member=NOBODY, stated_owner=text)

    assert owner.keys == ("name:mia ember",)


def test_a_chat_accepts_a_number() -> None:
    number = PersonMention((Handle(HandleKind.PHONE, "+4915112345678"),))
    ben = PersonMention((Handle(HandleKind.NAME, "Ben Okafor"),), "Ben Okafor")
    load = collected(Interaction(number, (ben,), NOON, Channel.CHAT), Interaction(ben, (number,), NOON, Channel.CHAT))

    owner = find_owner(load, member=NOBODY, stated_owner="+49 151 12345678")

    assert owner.keys == ("phone:+4915112345678",)


def test_a_name_that_nobody_in_the_chat_has_is_an_error_that_names_the_people() -> None:
    for stated in ("Ada Nox", None):
        with pytest.raises(ExportOwnerUnknown, match=r"It contains Ben Okafor, Mia Ember\."):
            find_owner(collected(*chat("Mia Ember", "Ben Okafor")), member=NOBODY, stated_owner=stated)
    for stated in (None, ME):
        with pytest.raises(ExportOwnerUnknown, match="does not name its owner"):
            find_owner(collected(*chat("Mia Ember", "Ben Okafor")), member=MAREN, stated_owner=stated)


def test_a_known_member_is_found_in_a_chat_by_their_full_name_only() -> None:
    names = find_owner(collected(*chat("Maren Osei", "Ben Okafor")), member=MAREN, stated_owner=None)

    assert names.keys == (f"email:{ME}",)
    assert names.names == {"name:maren osei"}
    for other in (chat("Maren", "Ben Okafor"), chat("Ben Okafor", "Cleo Dorn")):
        with pytest.raises(ExportOwnerUnknown):
            find_owner(collected(*other), member=MAREN, stated_owner=None)


def test_a_chat_of_other_people_is_not_merged_into_the_member_whose_name_differs() -> None:
    with pytest.raises(ExportOfAnotherPerson, match="belongs to Ben Okafor, and you are Maren Osei"):
        find_owner(collected(*chat("Mia Ember", "Ben Okafor")), member=MAREN, stated_owner="Ben Okafor")


@pytest.mark.parametrize("text", ["Mia Ember", "U0MIA", "T0/U0MIA"])
def test_a_workspace_without_addresses_accepts_a_name_or_user_id(text: str) -> None:
    mia, ben = (
        PersonMention((Handle(HandleKind.SLACK, f"T0/{user}"),), name)
        for user, name in (("U0MIA", "Mia Ember"), ("U0BEN", "Ben Okafor"))
    )
    users: list[Record] = [Part(WORKSPACE), *(ObservedName(one, NOON.date()) for one in (mia, ben))]
    load = collected(*users, Interaction(mia, (ben,), NOON, Channel.CHAT))

    assert find_owner(load, member=NOBODY, stated_owner=text).keys == ("slack:T0/U0MIA",)


def test_two_people_of_one_name_are_a_question() -> None:
    twins = [wrote("ben@one.example", "ben@two.example"), wrote("ben@two.example", "ben@one.example")]

    with pytest.raises(ExportOwnerUnknown, match=r"Several people in this export are called Ben.*ben@one.*ben@two"):
        find_owner(collected(*twins), member=NOBODY, stated_owner="Ben")


def test_an_owner_without_a_name_needs_an_answer_of_the_user() -> None:
    load = collected(
        Owner(PersonMention((Handle(HandleKind.EMAIL, "x9@other.example"),))), *mailbox_of("x9@other.example", None)
    )

    with pytest.raises(ExportOwnerUnknown, match=r"x9@other\.example\. Tertius cannot tell whether that is you"):
        find_owner(load, member=MAREN, stated_owner=None)
    assert find_owner(load, member=MAREN, stated_owner="x9@other.example").keys == ("email:x9@other.example",)


def test_another_owner_beside_the_member_is_left_out_with_a_note() -> None:
    load = collected(
        Owner(by_mail(ME, "Maren Osei")), Owner(by_mail(CARLA, "Carla Boss")), *talk(ME, XU), *talk(CARLA, XU)
    )

    for member in (MAREN, NOBODY):
        assert find_owner(load, member=member, stated_owner=ME).keys == (f"email:{ME}",)
    assert [note.text for note in load.notes] == [
        "Carla Boss (carla@work.example) is named as an owner too, and is not taken for you."
    ]


def test_lists_need_no_owner_in_them() -> None:
    book = collected(*connections((by_mail("ben@far.example"), "Acme")))

    assert find_owner(book, member=NOBODY, stated_owner=ME).keys == (f"email:{ME}",)
    assert find_owner(book, member=MAREN, stated_owner=None).keys == (f"email:{ME}",)


def test_an_export_of_another_data_subject_states_their_identities() -> None:
    for records, name, key in (
        (archive("Carla Boss", "carla-boss", CARLA), "Carla Boss", "linkedin:carla-boss"),
        (archive("Carla Boss", "carla-boss", CARLA), CARLA, "linkedin:carla-boss"),
        (mailbox_of(CARLA, "Carla Boss"), "Carla Boss", f"email:{CARLA}"),
        (chat("Carla Boss", "Xu Target"), "Carla Boss", "name:carla boss"),
    ):
        owner = find_other_owner(collected(*records), member=MAREN, name=name)

        assert key in owner.keys
        assert (owner.stated, owner.other_person) == ((), "Carla Boss")


def test_the_data_subject_of_an_export_is_its_owner() -> None:
    archives: Iterable[tuple[list[Record], str, type[Exception], str]] = (
        (archive("Carla Boss", "carla-boss", CARLA), "Xu Target", ExportOfAnotherPerson, "not to Xu Target"),
        (archive("Maren Osei", "maren", ME), "Maren Osei", ExportOfAnotherPerson, "your own"),
        (mailbox_of(CARLA, "Carla Boss"), "Xu Target", ExportOwnerUnknown, "Nobody in this export is Xu Target"),
    )
    for records, name, error, text in archives:
        with pytest.raises(error, match=text):
            find_other_owner(collected(*records), member=MAREN, name=name)
    with pytest.raises(PermissionDenied):
        find_other_owner(
            collected(*archive("Carla Boss", "carla-boss", CARLA)),
            member=MAREN,
            name="Carla Boss",
            colleagues={f"email:{CARLA}"},
        )
