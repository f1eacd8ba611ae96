"""Tests that people whose mail is returned or whose account is closed are no introducers, and are listed apart."""

from datetime import timedelta

import neo4j
import pytest

from graph.answers import AlreadyKnown, Introductions, Refusal
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.introductions.target_list import answer_target_list, with_evidence
from graph.lookup.resolve import ExactReference
from graph.networks.state import read_state
from graph.records import (
    WORKSPACE,
    Channel,
    Handle,
    HandleKind,
    Interaction,
    LatestDate,
    ObservedName,
    Part,
    PersonMention,
    Record,
    UnreachableHandles,
    UnreachableReason,
)
from graph.strength.statement_kinds import KIND_OF_CHANNEL
from graph.ties.reachability import StatedIdentities, find_unreachable_people
from presentation.sentences import asleep_note, refusal_message
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import NOON, by_mail, by_profile, home, load_export, own, owner_viewer, talk, wrote

ME, BEN, CLEO, JANE = "ana@home.example", "ben@acme.example", "cleo@far.example", "jane@far.example"
TARGET = ExactReference(JANE)
WEB: list[Record] = [
    own(ME, "Ana"),
    *talk(ME, BEN, ago=40),
    *talk(ME, CLEO, ago=40, times=2),
    *talk(BEN, JANE, ago=50),
    *talk(CLEO, JANE, ago=50),
]


def returned(*people: str, ago: float = 5) -> list[Record]:
    """A message to each, and its return."""
    on = (NOON - timedelta(days=ago)).date()
    return [
        record
        for who in people
        for record in (
            wrote(ME, who, ago=ago),
            UnreachableHandles(by_mail(who), on, UnreachableReason.MAIL_RETURNED),
        )
    ]


async def ask(graph: Graph) -> Introductions | AlreadyKnown | Refusal:
    answer = await introductions(graph, await owner_viewer(graph), TARGET)
    assert isinstance(answer, Introductions | AlreadyKnown | Refusal)
    return answer


async def introducers(graph: Graph) -> tuple[list[str], list[str]]:
    """The names of the first introducers, and of those who cannot be reached."""
    answer = await ask(graph)
    routes = () if isinstance(answer, Refusal) else answer.routes
    apart = [each.person.name for each in answer.asleep_introducers if each.tie.unreachable]
    return [route.people[0].name for route in routes], apart


async def test_an_introducer_whose_mail_is_returned_is_listed_apart(graph: Graph) -> None:
    await load_export(graph, WEB)
    assert (await introducers(graph)) == (["Ben", "Cleo"], [])

    await load_export(graph, [own(ME, "Ana"), *returned(BEN)])
    answer = await ask(graph)
    (row,) = await with_evidence(
        graph, viewer := await owner_viewer(graph), await answer_target_list(graph, viewer, [TARGET])
    )

    assert await introducers(graph) == (["Cleo"], ["Ben"])
    (ben,) = answer.asleep_introducers
    note = "Ben and you: 11 messages in 2026. Mail to Ben was returned on 15 Nov 2026."
    assert asleep_note(ben.tie, viewer.person_id or "") == note
    assert row.route is not None
    assert row.route.people[0].name == "Cleo"
    assert row.asleep_introducers == answer.asleep_introducers
    network, _ = await home(graph)
    before = await introductions(
        graph,
        viewer.as_of_day(viewer.as_of - 30),
        TARGET,
        state_for_past=await read_state(graph, network),
    )
    assert isinstance(before, Introductions)
    assert [route.people[0].name for route in before.routes] == ["Ben", "Cleo"]


async def test_a_person_who_wrote_from_the_address_since_is_an_introducer(graph: Graph) -> None:
    await load_export(graph, [*WEB, *returned(BEN)])
    assert (await introducers(graph)) == (["Cleo"], ["Ben"])

    await load_export(graph, [own(ME, "Ana"), wrote(BEN, ME, ago=1)])

    assert await introducers(graph) == (["Ben", "Cleo"], [])


async def test_a_person_who_acted_through_another_identity_is_an_introducer(graph: Graph) -> None:
    profile, at = by_profile("ben", "Ben", BEN), NOON - timedelta(days=200)
    only_profile = PersonMention(profile.handles[:1], "Ben")
    message = Interaction(only_profile, (by_mail(ME),), at, Channel.LINKEDIN, "profile")

    await load_export(graph, [*WEB, *returned(BEN)])
    await load_export(graph, [own(ME, "Ana"), ObservedName(profile, at.date()), message], kind="linkedin")

    assert await introducers(graph) == (["Ben", "Cleo"], [])


async def test_a_report_without_a_message_before_it_does_not_count(graph: Graph) -> None:
    forged = UnreachableHandles(by_mail(BEN), NOON.date(), UnreachableReason.MAIL_RETURNED)

    await load_export(graph, [*WEB, forged])

    assert await introducers(graph) == (["Ben", "Cleo"], [])


async def test_a_report_after_mail_of_somebody_else_does_not_count(graph: Graph) -> None:
    forged = UnreachableHandles(by_mail(BEN), NOON.date(), UnreachableReason.MAIL_RETURNED)

    await load_export(graph, [*WEB, wrote("eve@evil.example", ME, BEN, ago=1), forged])

    assert await introducers(graph) == (["Ben", "Cleo"], [])


async def test_a_forged_report_does_not_replace_an_earlier_one(graph: Graph) -> None:
    forged = UnreachableHandles(by_mail(BEN), NOON.date(), UnreachableReason.MAIL_RETURNED)
    await load_export(graph, [*WEB, *returned(BEN, ago=20)])

    await load_export(graph, [own(ME, "Ana"), forged])

    assert await introducers(graph) == (["Cleo"], ["Ben"])


async def test_the_inbox_may_be_loaded_before_the_sent_mail(graph: Graph) -> None:
    sent, report = returned(BEN)
    await load_export(graph, [*WEB, report])
    assert await introducers(graph) == (["Ben", "Cleo"], [])

    await load_export(graph, [own(ME, "Ana"), sent])

    assert await introducers(graph) == (["Cleo"], ["Ben"])


@pytest.mark.parametrize(
    ("channel", "is_unreachable"), [*((channel, True) for channel in KIND_OF_CHANNEL), (Channel.MAIL.value, False)]
)
def test_a_statement_about_a_person_does_not_show_that_they_can_be_reached(
    channel: str, *, is_unreachable: bool
) -> None:
    key, other, reason = f"email:{BEN}", "email:ben@other.example", UnreachableReason.MAIL_RETURNED.value
    for acted in ([key, "said", channel, [101]], [other, "said", channel, [101]]):
        stated = StatedIdentities({"ben": {"stated": [[key, "mail", 100, reason, True]], "acted": [acted]}})

        assert (stated.find("ben", {"mail", "said"}, on=102) is not None) == is_unreachable


async def test_a_member_can_be_reached(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    ben = "ben@home.example"
    await load_for(graph, "ana", [own(ME, "Ana"), *talk(ME, ben, ago=40), *returned(ben)])
    assert len(await find_unreachable_people(graph, await viewer_of(graph, "ana"))) == 1

    await load_for(graph, "ben", [own(ben, "Ben"), *talk(ben, CLEO)])

    assert not await find_unreachable_people(graph, await viewer_of(graph, "ana"))


async def test_an_introducer_whose_account_is_closed_is_listed_apart(graph: Graph) -> None:
    user = PersonMention((Handle(HandleKind.SLACK, "T0/U0BEN"), Handle(HandleKind.EMAIL, BEN)), "Ben")
    me = PersonMention((Handle(HandleKind.SLACK, "T0/U0ANA"), Handle(HandleKind.EMAIL, ME)), "Ana")
    closed = UnreachableHandles(user, (NOON - timedelta(days=3)).date(), UnreachableReason.ACCOUNT_CLOSED)
    chat = Interaction(user, (me,), NOON - timedelta(days=60), Channel.CHAT, "chat")
    await load_export(graph, WEB)
    await load_export(graph, [Part(WORKSPACE), ObservedName(user, closed.on), chat, closed], kind="slack")
    answer = await ask(graph)

    assert await introducers(graph) == (["Cleo"], ["Ben"])
    assert [each.tie.unreachable and each.tie.unreachable.reason for each in answer.asleep_introducers] == [
        UnreachableReason.ACCOUNT_CLOSED
    ]
    # the newest list of accounts counts, in any order of loading
    newer: list[Record] = [Part(WORKSPACE), ObservedName(user, closed.on), LatestDate(NOON.date())]
    await load_export(graph, newer, kind="slack")
    assert await introducers(graph) == (["Ben", "Cleo"], [])
    await load_export(graph, [Part(WORKSPACE), ObservedName(user, closed.on), chat, closed], kind="slack")
    assert await introducers(graph) == (["Ben", "Cleo"], [])


async def test_a_target_who_cannot_be_reached_is_refused_with_the_reason(graph: Graph) -> None:
    await load_export(graph, [*WEB, *returned(JANE)])
    answer = await ask(graph)

    assert isinstance(answer, Refusal)
    assert refusal_message(answer) == "No genuine route to Jane: Jane cannot be reached."
    assert (
        answer.suggestion == "Mail to Jane was returned on 15 Nov 2026. Find another address of Jane, and write to it."
    )
    assert [each.person.name for each in answer.asleep_introducers] == ["Ben", "Cleo"]


async def test_somebody_who_knows_the_viewer_and_cannot_be_reached_is_not_recommended(graph: Graph) -> None:
    await load_export(graph, [*WEB, *talk(ME, JANE, ago=50), *returned(JANE)])
    answer = await ask(graph)

    assert isinstance(answer, AlreadyKnown)
    assert answer.tie.is_asleep
    assert answer.tie.unreachable
    assert answer.tie.unreachable.reason is UnreachableReason.MAIL_RETURNED
