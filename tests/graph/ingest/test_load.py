"""What a load makes of what exports say: the rules of evidence, of ties and of persons, one behaviour a test."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import neo4j
import pytest

from cypher import Query
from graph.answers import AlreadyKnown, Introductions, Refusal, UnknownTarget
from graph.database.client import Graph
from graph.derivation.refresh import refresh_network
from graph.errors import SourceNotFound
from graph.ingest.remove import remove_source
from graph.introductions.answer import introductions
from graph.lookup.search import search_people
from graph.records import Assistance, Channel, Interaction, Meeting, Record
from tests.graph.worlds import (
    NOON,
    TODAY,
    bring,
    by_mail,
    home,
    own,
    seen_by_owner,
    talk,
    whole,
    wrote,
)

ME, BEN, CLEO = "ana@home.example", "ben@acme.example", "cleo@far.example"
DESK = ("Dora Lind", "Emil Frost", "Gil Hart")


async def knows(driver: neo4j.AsyncDriver) -> set[tuple[str, str]]:
    rows, _, _ = await driver.execute_query("MATCH (b:Person)-[:KNOWS]->(a:Person) RETURN b.name AS b, a.name AS a")
    return {(row["b"], row["a"]) for row in rows}


async def ask(driver: neo4j.AsyncDriver, query: str, **params: Any) -> list[list[Any]]:
    rows, _, _ = await driver.execute_query(query, params)
    return [list(row.values()) for row in rows]


def mailbox(*records: Record) -> list[Record]:
    return [own(ME, "Ana Ferreira"), *records]


async def test_others_ties_are_seen_in_copied_mail(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await bring(graph, mailbox(*talk(ME, BEN), *talk(BEN, CLEO, copy=ME)))

    found = await introductions(graph, await seen_by_owner(graph), "Cleo")

    assert isinstance(found, Introductions)
    assert [[person.name for person in route.people] for route in found.routes] == [["Ben", "Cleo"]]


async def test_a_crowd_is_no_evidence(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    crowd = [f"guest{n}@far.example" for n in range(21)]
    loaded = await bring(graph, mailbox(wrote(BEN, ME, *crowd[:19]), wrote(ME, *crowd), wrote(ME, BEN)))

    assert loaded.load.skipped["", "among more than 20 people"] == 1
    assert ("Ana Ferreira", "Guest20") not in await knows(driver)
    assert ("Ben", "Guest1") in await knows(driver)


async def test_small_meetings_and_chats_make_ties_both_ways_larger_ones_and_reactions_only_strengthen_them(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    small = Meeting((by_mail(ME), by_mail(BEN, "Ben")), NOON - timedelta(days=3), "small")
    large = Meeting(
        (by_mail(ME), *(by_mail(f"guest{n}@far.example") for n in range(8))), NOON - timedelta(days=4), "large"
    )
    crowd = Meeting(
        (by_mail(ME), *(by_mail(f"many{n}@far.example") for n in range(20))), NOON - timedelta(days=5), "crowd"
    )
    chat = Interaction(by_mail(CLEO, "Cleo"), (by_mail(ME),), NOON - timedelta(days=2), Channel.CHAT, "chat")
    liked = Interaction(by_mail("dan@far.example", "Dan"), (by_mail(ME),), NOON - timedelta(days=2), Channel.REACTION)

    loaded = await bring(graph, mailbox(small, small, large, crowd, chat, liked, wrote(ME, CLEO)), kind="calendar")

    assert loaded.load.skipped["", "among more than 20 people"] == 1
    assert loaded.load.skipped["", "the same message again"] == 1
    knowing = await knows(driver)
    assert {("Ben", "Ana Ferreira"), ("Ana Ferreira", "Ben"), ("Cleo", "Ana Ferreira")} <= set(knowing)
    assert not any("Guest" in "".join(pair) or "Dan" in pair for pair in knowing)


async def test_a_cold_e_mailer_from_outside_does_not_know_you_until_you_answer(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    approach = [wrote(BEN, ME, ago=n) for n in range(1, 6)]
    await bring(graph, mailbox(*approach, wrote(ME, CLEO)))
    assert ("Ben", "Ana Ferreira") not in await knows(driver)

    await bring(graph, mailbox(*approach, wrote(ME, CLEO), wrote(ME, BEN)))
    assert ("Ben", "Ana Ferreira") in await knows(driver)


async def test_a_colleague_needs_no_answer(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await bring(graph, mailbox(wrote("boss@mail.home.example", ME), wrote(ME, CLEO)))

    assert ("Boss", "Ana Ferreira") in await knows(driver)


async def test_who_is_asked_often_and_answers_nobody_is_no_tie(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    asked = [wrote(ME, BEN, ago=20 + 3 * n) for n in range(60)]
    await bring(graph, mailbox(wrote(BEN, ME, ago=700), *asked, *talk(ME, CLEO)))

    assert ("Ben", "Ana Ferreira") not in await knows(driver)
    assert ("Cleo", "Ana Ferreira") in await knows(driver)


async def test_silence_counts_only_where_somebody_could_have_seen(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    old = mailbox(*talk(ME, BEN, ago=2000))
    await bring(graph, old)
    assert ("Ben", "Ana Ferreira") in await knows(driver)

    await bring(graph, [*old, *talk(ME, CLEO)])
    assert ("Ben", "Ana Ferreira") not in await knows(driver)

    found = await introductions(graph, await seen_by_owner(graph), "Ben")
    assert isinstance(found, Refusal)
    assert found.reason == "GONE_COLD"


async def test_what_lies_in_the_future_is_refused(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    loaded = await bring(graph, mailbox(*talk(ME, BEN), wrote(CLEO, ME, ago=-30)))

    assert loaded.load.skipped["", "dated in the future"] == 1
    assert loaded.source.coverage_until == (NOON.date() - timedelta(days=1) - date(1970, 1, 1)).days


async def test_one_message_in_two_files_of_a_load_counts_once(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    letter = wrote(ME, BEN, id="<one@home>")
    loaded = await bring(graph, mailbox(letter, letter, wrote(ME, BEN, id="<two@home>")))

    assert loaded.load.skipped["", "the same message again"] == 1
    assert await ask(driver, "MATCH ()-[e:INTERACTED]->() RETURN e.weights") == [[[2.0]]]


async def test_an_ask_is_worth_its_own_day_once_answered_or_late(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    letters = [wrote(ME, BEN, ago=40), wrote(ME, BEN, ago=30), wrote(BEN, ME, ago=28), wrote(ME, BEN, ago=3)]
    await bring(graph, mailbox(*letters, wrote(ME, CLEO, ago=0)))

    day = (NOON.date() - date(1970, 1, 1)).days
    ((asks, answered),) = await ask(
        driver, "MATCH (:Identity {key: $me})-[e:INTERACTED]->({key: $ben}) RETURN e.asks, e.answered",
        me=f"email:{ME}", ben=f"email:{BEN}",
    )  # fmt: skip
    assert asks == [day - 40, day - 30, day - 3]
    assert answered == [day - 28, day - 28, day + 12]
    ((got, replied),) = await ask(driver, "MATCH (p:Person {name: 'Ben'}) RETURN p.got, p.answered")
    assert got == replied == pytest.approx(2 ** (-40 / 180) + 2 ** (-30 / 180))


async def test_moving_the_day_lets_ties_fade_and_back_brings_them_back(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await bring(graph, mailbox(*talk(ME, BEN, ago=60), *talk(ME, CLEO)))
    acts = "MATCH (:Person {name: 'Ben'})-[k:KNOWS]->(:Person {name: 'Ana Ferreira'}) RETURN k.strength"
    network, _ = await home(graph)
    now = await ask(driver, acts)

    await refresh_network(graph, network, as_of=TODAY - timedelta(days=40))
    earlier = await ask(driver, acts)
    await refresh_network(graph, network, as_of=TODAY)

    assert earlier[0][0] > now[0][0]
    assert await ask(driver, acts) == now


async def test_a_source_is_removed_by_the_name_it_goes_by(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await bring(graph, mailbox(*talk(ME, BEN)))
    network, member = await home(graph)

    with pytest.raises(SourceNotFound, match=f"“mailbox {ME}”"):
        await remove_source(graph, network, member, "calendar")
    assert (await remove_source(graph, network, member, "Mailbox ana@home.example")).account == ME
    assert await ask(driver, "MATCH (p:Person) RETURN count(*)") == [[0]]
    assert await ask(driver, "MATCH (i:Identity) RETURN count(*)") == [[0]]


async def test_nothing_of_one_network_is_in_another(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await bring(graph, mailbox(*talk(ME, BEN)), name="one")
    await bring(graph, mailbox(*talk(ME, BEN), *talk(BEN, CLEO, copy=ME)), name="two")

    crossing = "MATCH (a)-[]-(b) WHERE a.network <> b.network RETURN count(*)"
    found = await introductions(graph, await seen_by_owner(graph, "one"), CLEO)

    assert await ask(driver, crossing) == [[0]]
    assert type(found).__name__ == "UnknownTarget"


async def test_a_mailbox_that_is_nobodys_in_particular_is_in_no_tie_and_is_said(graph: Graph) -> None:
    desk = "Support.EU@acme.example"
    await bring(graph, mailbox(*talk(ME, desk), *talk(ME, BEN), wrote(desk, CLEO, ME), wrote(CLEO, desk)))
    viewer = await seen_by_owner(graph)

    for asked in (desk, "Support Eu"):
        answer = await introductions(graph, viewer, asked)
        assert answer == UnknownTarget(
            asked, message=f"{asked} is a shared mailbox and not a person: ask for a person by name."
        )
    assert isinstance(await introductions(graph, viewer, BEN), AlreadyKnown)
    assert isinstance(await introductions(graph, viewer, CLEO), Refusal)


async def test_a_mailbox_from_which_several_write_is_nobody_however_they_come_to_be_known(graph: Graph) -> None:
    desk = "x17@acme.example"
    letters = [replace(wrote(desk, ME, ago=n), by=by_mail(desk, name)) for n, name in enumerate(DESK)]
    await bring(graph, mailbox(*talk(ME, desk), letters[0], letters[2]))
    (before,) = await search_people(graph, await seen_by_owner(graph), desk, 5)
    await bring(graph, mailbox(letters[1]))
    viewer = await seen_by_owner(graph)

    (found,) = await search_people(graph, viewer, desk, 5)

    assert (before.person.name, before.person.shared, before.tie is None) == (DESK[0], False, False)
    assert (found.person.name, found.person.shared, found.tie) == (desk, True, None)
    assert isinstance(await introductions(graph, viewer, DESK[0]), UnknownTarget)


async def test_an_owner_whose_only_address_is_a_role_is_somebody_all_the_same(graph: Graph) -> None:
    await bring(graph, talk("info@ana.example", BEN), owner="info@ana.example")

    assert isinstance(await introductions(graph, await seen_by_owner(graph), BEN), AlreadyKnown)


async def test_an_assistant_is_no_tie_of_the_principal_but_whom_one_may_ask(graph: Graph) -> None:
    jane, max_ = "jane@acme.example", "max@acme.example"
    sent = [Assistance(by_mail(max_), by_mail(jane)), *talk(ME, max_)]
    elsewhere = [Assistance(by_mail(BEN), by_mail(CLEO)), *talk(ME, BEN)]
    await bring(graph, mailbox(*sent, *elsewhere, wrote(ME, jane, CLEO)))
    viewer = await seen_by_owner(graph)

    answer = await introductions(graph, viewer, jane)

    assert isinstance(answer, Refusal)
    assert [(lead.person.name, lead.title) for lead in answer.possible_connectors] == [("Max", "assistant to Jane")]
    about_cleo = await introductions(graph, viewer, CLEO)
    assert isinstance(about_cleo, Refusal)
    assert about_cleo.possible_connectors == ()


class Watched(Graph):
    """Remembers what it was asked."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        super().__init__(driver)
        self.asked: list[str] = []

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        self.asked.append(query.name)
        return await super().run(query, **params)


async def test_on_another_day_nobody_is_made_anew_and_all_is_as_though_they_were(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    letters = mailbox(*talk(ME, BEN), *talk(BEN, CLEO, copy=ME))
    later = TODAY + timedelta(days=200)
    watched = Watched(driver)
    for name in ("moved", "loaded", "anew"):
        await bring(graph, letters, name=name)
    await driver.execute_query("MATCH (n:Network {name: 'anew'}) SET n.stale = true")

    await refresh_network(watched, (await home(graph, "moved"))[0], as_of=later)
    await bring(watched, letters, name="loaded", today=later)
    assert "people/read_facts" not in watched.asked
    await refresh_network(watched, (await home(graph, "anew"))[0], as_of=later)

    assert "people/read_facts" in watched.asked
    assert await whole(driver, "moved") == await whole(driver, "loaded") == await whole(driver, "anew")
