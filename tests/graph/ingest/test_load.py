"""Tests of the rules by which a load turns records into evidence, ties and people."""

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
from graph.records import Assistance, Channel, Interaction, Job, Meeting, Record
from tests.graph.worlds import (
    NOON,
    TODAY,
    by_mail,
    home,
    load_export,
    network_contents,
    own,
    owner_viewer,
    talk,
    wrote,
)

ME, BEN, CLEO = "ana@home.example", "ben@acme.example", "cleo@far.example"
JOBS = "MATCH (p:Person)-[:WORKS_AT]->(c:Company) RETURN p.name, c.name"
DESK = ("Dora Lind", "Emil Frost", "Gil Hart")


async def read_ties(driver: neo4j.AsyncDriver) -> set[tuple[str, str]]:
    rows, _, _ = await driver.execute_query("MATCH (b:Person)-[:KNOWS]->(a:Person) RETURN b.name AS b, a.name AS a")
    return {(row["b"], row["a"]) for row in rows}


async def query_rows(driver: neo4j.AsyncDriver, query: str, **params: Any) -> list[list[Any]]:
    rows, _, _ = await driver.execute_query(query, params)
    return [list(row.values()) for row in rows]


def mailbox(*records: Record) -> list[Record]:
    return [own(ME, "Ana Ferreira"), *records]


async def test_mail_copied_to_the_owner_creates_ties_between_others(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, mailbox(*talk(ME, BEN), *talk(BEN, CLEO, copy=ME)))

    answer = await introductions(graph, await owner_viewer(graph), "Cleo")

    assert isinstance(answer, Introductions)
    assert [[person.name for person in route.people] for route in answer.routes] == [["Ben", "Cleo"]]


async def test_a_message_among_more_than_20_people_is_skipped(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    crowd = [f"guest{n}@far.example" for n in range(21)]
    loaded = await load_export(graph, mailbox(wrote(BEN, ME, *crowd[:19]), wrote(ME, *crowd), wrote(ME, BEN)))

    assert loaded.load.skipped["", "among more than 20 people"] == 1
    assert ("Ana Ferreira", "Guest20") not in await read_ties(driver)
    assert ("Ben", "Guest1") in await read_ties(driver)


async def test_small_meetings_and_chats_create_ties_but_reactions_do_not(
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

    loaded = await load_export(
        graph, mailbox(small, small, large, crowd, chat, liked, wrote(ME, CLEO)), kind="calendar"
    )

    assert loaded.load.skipped["", "among more than 20 people"] == 1
    assert loaded.load.skipped["", "the same meeting again"] == 1
    ties = await read_ties(driver)
    assert {("Ben", "Ana Ferreira"), ("Ana Ferreira", "Ben"), ("Cleo", "Ana Ferreira")} <= set(ties)
    assert not any("Guest" in "".join(pair) or "Dan" in pair for pair in ties)


async def test_an_unanswered_sender_has_a_tie_only_after_an_answer(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    approach = [wrote(BEN, ME, ago=n) for n in range(1, 6)]
    await load_export(graph, mailbox(*approach, wrote(ME, CLEO)))
    assert ("Ben", "Ana Ferreira") not in await read_ties(driver)

    await load_export(graph, mailbox(*approach, wrote(ME, CLEO), wrote(ME, BEN)))
    assert ("Ben", "Ana Ferreira") in await read_ties(driver)


async def test_a_sender_at_the_owners_domain_needs_no_answer(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, mailbox(wrote("boss@mail.home.example", ME), wrote(ME, CLEO)))

    assert ("Boss", "Ana Ferreira") in await read_ties(driver)


async def test_many_unanswered_requests_remove_the_tie(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    requests = [wrote(ME, BEN, ago=20 + 3 * n) for n in range(60)]
    await load_export(graph, mailbox(wrote(BEN, ME, ago=700), *requests, *talk(ME, CLEO)))

    assert ("Ben", "Ana Ferreira") not in await read_ties(driver)
    assert ("Cleo", "Ana Ferreira") in await read_ties(driver)


async def test_a_tie_does_not_fade_after_the_coverage_of_its_source(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    old = mailbox(*talk(ME, BEN, ago=2000))
    await load_export(graph, old)
    assert ("Ben", "Ana Ferreira") in await read_ties(driver)

    await load_export(graph, [*old, *talk(ME, CLEO)])
    assert ("Ben", "Ana Ferreira") not in await read_ties(driver)

    answer = await introductions(graph, await owner_viewer(graph), "Ben")
    assert isinstance(answer, Refusal)
    assert answer.reason == "GONE_COLD"


async def test_records_dated_in_the_future_are_skipped(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    loaded = await load_export(graph, mailbox(*talk(ME, BEN), wrote(CLEO, ME, ago=-30)))

    assert loaded.load.skipped["", "dated in the future"] == 1
    assert loaded.source.coverage_until == (NOON.date() - timedelta(days=1) - date(1970, 1, 1)).days


async def test_a_repeated_message_id_counts_once(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    message = wrote(ME, BEN, id="<one@home>")
    loaded = await load_export(graph, mailbox(message, message, wrote(ME, BEN, id="<two@home>")))

    assert loaded.load.skipped["", "the same message again"] == 1
    assert await query_rows(driver, "MATCH ()-[e:INTERACTED]->() RETURN e.weights") == [[[2.0]]]


async def test_an_answered_request_is_dated_by_its_own_day(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    messages = [wrote(ME, BEN, ago=40), wrote(ME, BEN, ago=30), wrote(BEN, ME, ago=28), wrote(ME, BEN, ago=3)]
    await load_export(graph, mailbox(*messages, wrote(ME, CLEO, ago=0)))

    day = (NOON.date() - date(1970, 1, 1)).days
    ((asks, answered),) = await query_rows(
        driver, "MATCH (:Identity {key: $me})-[e:INTERACTED]->({key: $ben}) RETURN e.asks, e.answered",
        me=f"email:{ME}", ben=f"email:{BEN}",
    )  # fmt: skip
    assert asks == [day - 40, day - 30, day - 3]
    assert answered == [day - 28, day - 28, day + 12]
    ((got, replied),) = await query_rows(driver, "MATCH (p:Person {name: 'Ben'}) RETURN p.got, p.answered")
    assert got == replied == pytest.approx(2 ** (-40 / 180) + 2 ** (-30 / 180))


async def test_moving_the_day_changes_strength_and_moving_back_restores_it(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await load_export(graph, mailbox(*talk(ME, BEN, ago=60), *talk(ME, CLEO)))
    strength_query = "MATCH (:Person {name: 'Ben'})-[k:KNOWS]->(:Person {name: 'Ana Ferreira'}) RETURN k.strength"
    network, _ = await home(graph)
    now = await query_rows(driver, strength_query)

    await refresh_network(graph, network, as_of=TODAY - timedelta(days=40))
    earlier = await query_rows(driver, strength_query)
    await refresh_network(graph, network, as_of=TODAY)

    assert earlier[0][0] > now[0][0]
    assert await query_rows(driver, strength_query) == now


async def test_a_source_is_removed_by_its_displayed_name(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, mailbox(*talk(ME, BEN)))
    network, member = await home(graph)

    with pytest.raises(SourceNotFound, match=f"“Mailbox {ME}”"):
        await remove_source(graph, network, member, "calendar")
    assert (await remove_source(graph, network, member, "Mailbox ana@home.example")).account == ME
    assert await query_rows(driver, "MATCH (p:Person) RETURN count(*)") == [[0]]
    assert await query_rows(driver, "MATCH (i:Identity) RETURN count(*)") == [[0]]


async def test_networks_share_no_nodes_and_no_answers(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, mailbox(*talk(ME, BEN)), name="one")
    await load_export(graph, mailbox(*talk(ME, BEN), *talk(BEN, CLEO, copy=ME)), name="two")

    crossing = "MATCH (a)-[]-(b) WHERE a.network <> b.network RETURN count(*)"
    answer = await introductions(graph, await owner_viewer(graph, "one"), CLEO)

    assert await query_rows(driver, crossing) == [[0]]
    assert type(answer).__name__ == "UnknownTarget"


async def test_a_role_mailbox_has_no_ties_and_its_answer_says_so(graph: Graph) -> None:
    desk = "Support.EU@acme.example"
    await load_export(graph, mailbox(*talk(ME, desk), *talk(ME, BEN), wrote(desk, CLEO, ME), wrote(CLEO, desk)))
    viewer = await owner_viewer(graph)

    for text in (desk, "Support Eu"):
        answer = await introductions(graph, viewer, text)
        assert answer == UnknownTarget(
            text, message=f"{text} is a shared mailbox and not a person: ask for a person by name."
        )
    assert isinstance(await introductions(graph, viewer, BEN), AlreadyKnown)
    assert isinstance(await introductions(graph, viewer, CLEO), Refusal)


async def test_a_sender_name_of_another_person_turns_an_address_into_a_shared_mailbox(graph: Graph) -> None:
    desk = "x17@acme.example"
    messages = [replace(wrote(desk, ME, ago=n), by=by_mail(desk, name)) for n, name in enumerate(DESK)]
    await load_export(graph, mailbox(*talk(ME, desk), messages[0]))
    (before,) = await search_people(graph, await owner_viewer(graph), desk, 5)
    await load_export(graph, mailbox(messages[1]))
    viewer = await owner_viewer(graph)

    (after,) = await search_people(graph, viewer, desk, 5)

    assert (before.person.name, before.person.shared, before.tie is None) == (DESK[0], False, False)
    assert (after.person.name, after.person.shared, after.tie) == (desk, True, None)
    assert isinstance(await introductions(graph, viewer, DESK[0]), UnknownTarget)


async def test_an_owner_with_only_a_role_address_is_a_person(graph: Graph) -> None:
    await load_export(graph, talk("info@ana.example", BEN), owner="info@ana.example")

    assert isinstance(await introductions(graph, await owner_viewer(graph), BEN), AlreadyKnown)


async def test_an_assistant_is_a_possible_connector_but_not_an_introducer(graph: Graph) -> None:
    jane, max_ = "jane@acme.example", "max@acme.example"
    of_jane = [Assistance(by_mail(max_), by_mail(jane)), *talk(ME, max_)]
    of_cleo = [Assistance(by_mail(BEN), by_mail(CLEO)), *talk(ME, BEN)]
    await load_export(graph, mailbox(*of_jane, *of_cleo, wrote(ME, jane, CLEO)))
    viewer = await owner_viewer(graph)

    answer = await introductions(graph, viewer, jane)

    assert isinstance(answer, Refusal)
    assert [(connector.person.name, connector.title) for connector in answer.possible_connectors] == [
        ("Max", "assistant to Jane")
    ]
    about_cleo = await introductions(graph, viewer, CLEO)
    assert isinstance(about_cleo, Refusal)
    assert about_cleo.possible_connectors == ()


class RecordingGraph(Graph):
    """A graph that records the names of its queries."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        super().__init__(driver)
        self.queries: list[str] = []

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        self.queries.append(query.name)
        return await super().run(query, **params)


async def test_a_new_day_keeps_people_and_equals_a_full_rederivation(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    messages = mailbox(*talk(ME, BEN), *talk(BEN, CLEO, copy=ME))
    later = TODAY + timedelta(days=200)
    recording = RecordingGraph(driver)
    for name in ("moved", "loaded", "rederived"):
        await load_export(graph, messages, name=name)
    await driver.execute_query("MATCH (n:Network {name: 'rederived'}) SET n.stale = true")

    await refresh_network(recording, (await home(graph, "moved"))[0], as_of=later)
    await load_export(recording, messages, name="loaded", today=later)
    assert "people/read_facts" not in recording.queries
    await refresh_network(recording, (await home(graph, "rederived"))[0], as_of=later)

    assert "people/read_facts" in recording.queries
    assert (
        await network_contents(driver, "moved")
        == await network_contents(driver, "loaded")
        == await network_contents(driver, "rederived")
    )


async def test_people_without_jobs_are_complete_after_one_write(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    recording = RecordingGraph(driver)

    await load_export(recording, mailbox(*talk(ME, BEN)))
    assert "people/write_jobs" not in recording.queries
    assert await query_rows(driver, "MATCH (p:Person) WHERE p.digest IS NULL RETURN p.name") == []

    recording.queries.clear()
    await load_export(recording, mailbox(*talk(ME, BEN)))
    assert "people/write_people" not in recording.queries


async def test_a_person_who_loses_their_last_job_has_none(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, mailbox(*talk(ME, BEN)))
    job = Job(by_mail(BEN), "Acme Ltd", "CFO", None, None, "")
    await load_export(graph, [own(ME, "Ana Ferreira"), job], kind="contacts")
    assert await query_rows(driver, JOBS) == [["Ben", "Acme Ltd"]]

    network, member = await home(graph)
    await remove_source(graph, network, member, "contacts")

    assert await query_rows(driver, JOBS) == []
    assert await query_rows(driver, "MATCH (p:Person {name: 'Ben'}) RETURN p.digest IS NOT NULL") == [[True]]


async def test_a_load_report_keeps_figures_and_no_rows(graph: Graph) -> None:
    report = await load_export(graph, mailbox(*talk(ME, BEN), Job(by_mail(BEN), "Acme Ltd", None, None, None, "")))

    load = report.load
    assert (load.interactions, load.row_counts().read) == (len(talk(ME, BEN)), len(talk(ME, BEN)))
    rows = (load.facts, load.names, load.sender_names, load.participations, load.list_entries, load.evidence)
    assert not any(rows)
