"""Tests of how a load handles lists, jobs, names and the owner of an export."""

from datetime import date, timedelta

import neo4j
import pytest

from graph.answers import AlreadyKnown, Reason, Refusal
from graph.database.client import Graph
from graph.days import day_of
from graph.errors import ExportOwnerUnknown
from graph.ingest.remove import remove_source
from graph.introductions.answer import introductions
from graph.networks.state import read_state
from graph.records import (
    Channel,
    Connection,
    Handle,
    HandleKind,
    Interaction,
    Job,
    Owner,
    Part,
    PersonMention,
    Record,
    RosterEntry,
)
from tests.graph.ingest.test_load import BEN, CLEO, ME, mailbox, query_rows, read_ties
from tests.graph.worlds import (
    NOON,
    TODAY,
    by_mail,
    by_profile,
    connections,
    home,
    load_export,
    owner_viewer,
    talk,
)


async def test_a_roster_entry_becomes_one_person_without_a_connection(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    handles = (
        Handle(HandleKind.EMAIL, "pia@roth.example"),
        Handle(HandleKind.LINKEDIN, "https://www.linkedin.com/in/piaroth"),
    )
    pia = PersonMention(handles, "Pia Roth")
    candidates: list[Record] = [
        RosterEntry(pia, "candidates"),
        Job(pia, "Acme", "CTO", None, None, "candidates"),
        Part("candidates"),
    ]
    await load_export(graph, mailbox(*candidates), kind="greenhouse")

    answer = await introductions(graph, await owner_viewer(graph), "Pia Roth at Acme")

    assert isinstance(answer, Refusal)
    assert (answer.reason, answer.target.company) == (Reason.NONE_SEEN, "Acme")
    assert await query_rows(driver, "MATCH (:Source)-[l:LISTS]->() RETURN l") == []
    identities = "MATCH (:Person {name: $name})<-[:OF]-(i:Identity) RETURN i.key ORDER BY i.key"
    assert await query_rows(driver, identities, name="Pia Roth") == [["email:pia@roth.example"], ["linkedin:piaroth"]]

    await load_export(graph, mailbox(Part("candidates")), kind="greenhouse")
    assert await query_rows(
        driver, "MATCH (:Source)-[n:NAMES {name: $name}]->() RETURN n.gone IS NULL", name="Pia Roth"
    ) == [
        [False],
        [False],
    ]


async def test_a_recommendation_by_name_is_matched_to_a_unique_connection(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    named = PersonMention((Handle(HandleKind.NAME, "Ben Okoro"),), "Ben Okoro")
    given: list[Record] = [Interaction(named, (PersonMention(()),), NOON, Channel.RECOMMENDATION)]
    listed = connections((by_profile("ben-1", "Ben Okoro"), "Acme"), (by_profile("cleo-1", "Cleo Q"), None))
    received: list[Record] = [Interaction(PersonMention(()), (named,), NOON, Channel.RECOMMENDATION)]

    await load_export(graph, [*listed, *given, *received], kind="linkedin")
    assert await query_rows(driver, "MATCH (p:Person {name: 'Ben Okoro'}) RETURN count(*)") == [[1]]
    assert ("Ben Okoro", ME) in await read_ties(driver)

    second = connections((by_profile("ben-1", "Ben Okoro"), None), (by_profile("ben-2", "Ben Okoro"), None))
    await load_export(graph, [*second, *given, *received], kind="linkedin", name="other")
    rows = await query_rows(
        driver, "MATCH (p:Person {name: 'Ben Okoro'}) WHERE (p)<-[:OF]-({key: 'linkedin:ben-2'}) RETURN p.id"
    )
    assert await query_rows(driver, "MATCH (p:Person {id: $id}) RETURN EXISTS { (p)-[:KNOWS]->() }", id=rows[0][0]) == [
        [False]
    ]


ARCHIVE = connections(
    (by_profile("ben-o", "Ben Okoro"), "Acme Robotics GmbH"),
    (by_profile("cleo-q", "Cleo Quist"), "Far Ltd"),
    (by_profile("dan-1", "Dan Dee"), "One Inc"),
    (by_profile("dan-2", "Dan Dee"), "Two Inc"),
)


def exchange_mail(address: str, name: str) -> list[Record]:
    contact = by_mail(address, name)
    me = by_mail(ME, "Ana Ferreira")
    return [
        Interaction(one, (other,), NOON - timedelta(days=n, hours=n), Channel.MAIL)
        for n in range(1, 6)
        for one, other in ((me, contact), (contact, me))
    ]


async def test_a_profile_is_merged_with_mail_when_name_and_company_match(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    mail = mailbox(
        *exchange_mail("ben.okoro@acme-robotics.example", "Okoro, Ben"),
        *exchange_mail("cq1999@gmail.com", "Cleo Quist"),
        *exchange_mail("dan@three.example", "Dan Dee"),
    )
    await load_export(graph, mail)
    await load_export(graph, ARCHIVE, kind="linkedin", owner=None)

    assert await query_rows(
        driver,
        "MATCH (i:Identity)-[o:OF]->(:Person)<-[:OF]-(:Identity {key: 'linkedin:ben-o'}) RETURN i.key, o.reason",
    ) == [
        [
            "email:ben.okoro@acme-robotics.example",
            "the only two of that name, and the company matches the e-mail domain",
        ],
    ]
    assert await query_rows(driver, "MATCH (p)-[:PROBABLE_DUPLICATE]-(q) RETURN DISTINCT p.name") == [["Cleo Quist"]]
    assert await query_rows(driver, "MATCH (p:Person {name: 'Dan Dee'}) RETURN count(*)") == [[3]]

    answer = await introductions(graph, await owner_viewer(graph), "Cleo Quist at Far")
    assert isinstance(answer, AlreadyKnown)
    assert len(answer.possible_duplicates) == 1

    network, member = await home(graph)
    await remove_source(graph, network, member, "linkedin")
    assert await query_rows(
        driver, "MATCH (p:Person)<-[:OF]-({key: 'email:ben.okoro@acme-robotics.example'}) RETURN p.name"
    ) == [["Ben Okoro"]]


async def test_a_later_list_replaces_the_earlier_and_keeps_the_history(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    ben, cleo, dan = by_profile("ben", "Ben Okoro"), by_profile("cleo", "Cleo Q"), by_profile("dan", "Dan D")
    earlier = connections((ben, "Acme"), (cleo, None), on=date(2025, 1, 1))
    later = connections((ben, "Beta"), (dan, None), on=date(2026, 1, 1))
    jobs = "MATCH (:Person {name: 'Ben Okoro'})-[w:WORKS_AT]->(c) RETURN c.name, w.since, w.until ORDER BY c.name"
    gone = "MATCH ()-[l:LISTS]->(i) WHERE l.gone IS NOT NULL RETURN i.key"
    first, second = (date(2025, 1, 1) - date(1970, 1, 1)).days, (date(2026, 1, 1) - date(1970, 1, 1)).days

    for order in ((earlier, later), (later, earlier)):
        for records in order:
            await load_export(graph, records, kind="linkedin")

        assert await query_rows(driver, jobs) == [["Acme", None, first], ["Beta", second, None]]
        assert await query_rows(driver, gone) == [["linkedin:cleo"]]
        network, member = await home(graph)
        await remove_source(graph, network, member, "linkedin")


async def test_a_job_change_without_a_date_gets_the_day_of_the_load(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    ben = by_mail("ben@mail.example", "Ben Okoro")

    def book(company: str) -> list[Record]:
        return [
            Part("contacts"),
            Connection(ben, None, "contacts"),
            Job(ben, company, "Engineer", None, None, "contacts"),
        ]

    first, second = date(2025, 1, 1), date(2026, 1, 1)
    await load_export(graph, book("Acme GmbH"), kind="contacts", today=first)
    await load_export(graph, book("Beta"), kind="contacts", today=second)
    await load_export(graph, book("Beta"), kind="contacts", today=TODAY)

    jobs = "MATCH (:Person {name: 'Ben Okoro'})-[w:WORKS_AT]->(c) RETURN c.key, w.since, w.until ORDER BY c.key"
    assert await query_rows(driver, jobs) == [["acme", None, day_of(first)], ["beta", day_of(second), None]]


async def test_the_owners_jobs_and_profile_belong_to_the_member(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    me = by_profile("ana-f", "Ana Ferreira")
    archive: list[Record] = [
        Owner(me),
        Owner(by_mail(ME)),
        Part("positions"),
        Job(PersonMention(()), "Home GmbH", "Engineer", date(2020, 1, 1), None, "positions"),
    ]
    await load_export(graph, archive, kind="linkedin", owner=None)

    rows = await query_rows(driver, "MATCH (:Member)-[:IS]->(p)-[w:WORKS_AT]->(c) RETURN p.name, w.title, c.name")
    assert rows == [["Ana Ferreira", "Engineer", "Home GmbH"]]


async def test_a_load_without_a_known_owner_is_refused(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    with pytest.raises(ExportOwnerUnknown, match="does not name its owner"):
        await load_export(graph, talk(BEN, CLEO), owner=None)
    assert (await read_state(graph, (await home(graph))[0])).sources == ()

    many = [message for n in range(6) for message in talk(ME, f"friend{n}@far.example", times=1)]
    assert (await load_export(graph, many, owner=None)).source.account == ME


@pytest.mark.parametrize("known", [True, False])
async def test_an_owner_known_by_name_is_not_matched_to_a_phone_number(
    driver: neo4j.AsyncDriver, graph: Graph, known: bool
) -> None:
    me, ben = (
        PersonMention((Handle(HandleKind.NAME, "Ana"),), "Ana"),
        PersonMention((Handle(HandleKind.PHONE, "+4915112345678"),)),
    )
    directions = [(me, ben), (ben, me), (ben, PersonMention(()))] * 4
    chat = [Interaction(by, (to,), NOON - timedelta(days=n), Channel.CHAT) for n, (by, to) in enumerate(directions)]
    if known:
        await load_export(graph, mailbox(*talk(ME, CLEO)))

    loaded = await load_export(graph, [Owner(me), *chat], kind="whatsapp", owner=None)

    member_keys = "MATCH (:Member)-[:IS]->(:Person)<-[:OF]-(i) RETURN i.key ORDER BY i.key"
    senders_and_recipients = (
        "MATCH (b)-[:INTERACTED {channel: 'chat'}]->(a) RETURN DISTINCT b.key AS by, a.key ORDER BY by"
    )
    own_key = f"email:{ME}" if known else f"name:{loaded.source.id}/ana"
    assert await query_rows(driver, member_keys) == [[own_key]]
    assert await query_rows(driver, senders_and_recipients) == sorted(
        [[own_key, "phone:+4915112345678"], ["phone:+4915112345678", own_key]]
    )
    assert loaded.source.account == ""
