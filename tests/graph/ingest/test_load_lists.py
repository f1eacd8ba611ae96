"""What a load makes of lists, jobs and names, and whose they are: one behaviour a test."""

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
from tests.graph.ingest.test_load import BEN, CLEO, ME, ask, knows, mailbox
from tests.graph.worlds import (
    NOON,
    TODAY,
    bring,
    by_mail,
    by_profile,
    connections,
    home,
    seen_by_owner,
    talk,
)


async def test_whom_a_list_only_states_is_one_person_and_nobodys_connection(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
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
    await bring(graph, mailbox(*candidates), kind="greenhouse")

    found = await introductions(graph, await seen_by_owner(graph), "Pia Roth at Acme")

    assert isinstance(found, Refusal)
    assert (found.reason, found.target.company) == (Reason.NONE_SEEN, "Acme")
    assert await ask(driver, "MATCH (:Source)-[l:LISTS]->() RETURN l") == []
    identities = "MATCH (:Person {name: $name})<-[:OF]-(i:Identity) RETURN i.key ORDER BY i.key"
    assert await ask(driver, identities, name="Pia Roth") == [["email:pia@roth.example"], ["linkedin:piaroth"]]

    await bring(graph, mailbox(Part("candidates")), kind="greenhouse")
    assert await ask(driver, "MATCH (:Source)-[n:NAMES {name: $name}]->() RETURN n.gone IS NULL", name="Pia Roth") == [
        [False],
        [False],
    ]


async def test_a_recommendation_by_name_means_the_only_connection_of_that_name(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    named = PersonMention((Handle(HandleKind.NAME, "Ben Okoro"),), "Ben Okoro")
    praise: list[Record] = [Interaction(named, (PersonMention(()),), NOON, Channel.RECOMMENDATION)]
    listed = connections((by_profile("ben-1", "Ben Okoro"), "Acme"), (by_profile("cleo-1", "Cleo Q"), None))
    answer: list[Record] = [Interaction(PersonMention(()), (named,), NOON, Channel.RECOMMENDATION)]

    await bring(graph, [*listed, *praise, *answer], kind="linkedin")
    assert await ask(driver, "MATCH (p:Person {name: 'Ben Okoro'}) RETURN count(*)") == [[1]]
    assert ("Ben Okoro", ME) in await knows(driver)

    second = connections((by_profile("ben-1", "Ben Okoro"), None), (by_profile("ben-2", "Ben Okoro"), None))
    await bring(graph, [*second, *praise, *answer], kind="linkedin", name="other")
    rows = await ask(
        driver, "MATCH (p:Person {name: 'Ben Okoro'}) WHERE (p)<-[:OF]-({key: 'linkedin:ben-2'}) RETURN p.id"
    )
    assert await ask(driver, "MATCH (p:Person {id: $id}) RETURN EXISTS { (p)-[:KNOWS]->() }", id=rows[0][0]) == [
        [False]
    ]


ARCHIVE = connections(
    (by_profile("ben-o", "Ben Okoro"), "Acme Robotics GmbH"),
    (by_profile("cleo-q", "Cleo Quist"), "Far Ltd"),
    (by_profile("dan-1", "Dan Dee"), "One Inc"),
    (by_profile("dan-2", "Dan Dee"), "Two Inc"),
)


def letters(address: str, name: str) -> list[Record]:
    there = by_mail(address, name)
    me = by_mail(ME, "Ana Ferreira")
    return [
        Interaction(one, (other,), NOON - timedelta(days=n, hours=n), Channel.MAIL)
        for n in range(1, 6)
        for one, other in ((me, there), (there, me))
    ]


async def test_an_archive_without_addresses_is_joined_with_mail_where_name_and_company_fit(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    mail = mailbox(
        *letters("ben.okoro@acme-robotics.example", "Okoro, Ben"),
        *letters("cq1999@gmail.com", "Cleo Quist"),
        *letters("dan@three.example", "Dan Dee"),
    )
    await bring(graph, mail)
    await bring(graph, ARCHIVE, kind="linkedin", owner=None)

    assert await ask(
        driver,
        "MATCH (i:Identity)-[o:OF]->(:Person)<-[:OF]-(:Identity {key: 'linkedin:ben-o'}) RETURN i.key, o.reason",
    ) == [
        [
            "email:ben.okoro@acme-robotics.example",
            "the only two of that name, and the company matches the e-mail domain",
        ],
    ]
    assert await ask(driver, "MATCH (p)-[:PROBABLE_DUPLICATE]-(q) RETURN DISTINCT p.name") == [["Cleo Quist"]]
    assert await ask(driver, "MATCH (p:Person {name: 'Dan Dee'}) RETURN count(*)") == [[3]]

    found = await introductions(graph, await seen_by_owner(graph), "Cleo Quist at Far")
    assert isinstance(found, AlreadyKnown)
    assert len(found.possible_duplicates) == 1

    network, member = await home(graph)
    await remove_source(graph, network, member, "linkedin")
    assert await ask(
        driver, "MATCH (p:Person)<-[:OF]-({key: 'email:ben.okoro@acme-robotics.example'}) RETURN p.name"
    ) == [["Okoro, Ben"]]


async def test_a_later_list_replaces_the_earlier_and_keeps_what_changed(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    ben, cleo, dan = by_profile("ben", "Ben Okoro"), by_profile("cleo", "Cleo Q"), by_profile("dan", "Dan D")
    earlier = connections((ben, "Acme"), (cleo, None), on=date(2025, 1, 1))
    later = connections((ben, "Beta"), (dan, None), on=date(2026, 1, 1))
    jobs = "MATCH (:Person {name: 'Ben Okoro'})-[w:WORKS_AT]->(c) RETURN c.name, w.since, w.until ORDER BY c.name"
    gone = "MATCH ()-[l:LISTS]->(i) WHERE l.gone IS NOT NULL RETURN i.key"
    first, second = (date(2025, 1, 1) - date(1970, 1, 1)).days, (date(2026, 1, 1) - date(1970, 1, 1)).days

    for order in ((earlier, later), (later, earlier)):
        for records in order:
            await bring(graph, records, kind="linkedin")

        assert await ask(driver, jobs) == [["Acme", None, first], ["Beta", second, None]]
        assert await ask(driver, gone) == [["linkedin:cleo"]]
        network, member = await home(graph)
        await remove_source(graph, network, member, "linkedin")


async def test_an_address_book_without_dates_shows_a_new_job_by_the_day_it_was_loaded(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    ben = by_mail("ben@mail.example", "Ben Okoro")

    def book(company: str) -> list[Record]:
        return [
            Part("contacts"),
            Connection(ben, None, "contacts"),
            Job(ben, company, "Engineer", None, None, "contacts"),
        ]

    first, second = date(2025, 1, 1), date(2026, 1, 1)
    await bring(graph, book("Acme GmbH"), kind="contacts", today=first)
    await bring(graph, book("Beta"), kind="contacts", today=second)
    await bring(graph, book("Beta"), kind="contacts", today=TODAY)

    jobs = "MATCH (:Person {name: 'Ben Okoro'})-[w:WORKS_AT]->(c) RETURN c.key, w.since, w.until ORDER BY c.key"
    assert await ask(driver, jobs) == [["acme", None, day_of(first)], ["beta", day_of(second), None]]


async def test_the_owners_own_jobs_and_profile_are_the_members(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    me = by_profile("ana-f", "Ana Ferreira")
    archive: list[Record] = [
        Owner(me),
        Owner(by_mail(ME)),
        Part("positions"),
        Job(PersonMention(()), "Home GmbH", "Engineer", date(2020, 1, 1), None, "positions"),
    ]
    await bring(graph, archive, kind="linkedin", owner=None)

    rows = await ask(driver, "MATCH (:Member)-[:IS]->(p)-[w:WORKS_AT]->(c) RETURN p.name, w.title, c.name")
    assert rows == [["Ana Ferreira", "Engineer", "Home GmbH"]]


async def test_whose_export_it_is_is_asked_where_nothing_says_it(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    with pytest.raises(ExportOwnerUnknown, match="does not name its owner"):
        await bring(graph, talk(BEN, CLEO), owner=None)
    assert (await read_state(graph, (await home(graph))[0])).sources == ()

    many = [letter for n in range(6) for letter in talk(ME, f"friend{n}@far.example", times=1)]
    assert (await bring(graph, many, owner=None)).source.account == ME


@pytest.mark.parametrize("known", [True, False])
async def test_an_owner_whom_an_export_has_by_name_is_not_who_stands_there_by_number(
    driver: neo4j.AsyncDriver, graph: Graph, known: bool
) -> None:
    me, ben = (
        PersonMention((Handle(HandleKind.NAME, "Ana"),), "Ana"),
        PersonMention((Handle(HandleKind.PHONE, "+4915112345678"),)),
    )
    ways = [(me, ben), (ben, me), (ben, PersonMention(()))] * 4
    chat = [Interaction(by, (to,), NOON - timedelta(days=n), Channel.CHAT) for n, (by, to) in enumerate(ways)]
    if known:
        await bring(graph, mailbox(*talk(ME, CLEO)))

    loaded = await bring(graph, [Owner(me), *chat], kind="whatsapp", owner=None)

    mine = "MATCH (:Member)-[:IS]->(:Person)<-[:OF]-(i) RETURN i.key ORDER BY i.key"
    wrote_to = "MATCH (b)-[:INTERACTED {channel: 'chat'}]->(a) RETURN DISTINCT b.key AS by, a.key ORDER BY by"
    own = f"email:{ME}" if known else f"name:{loaded.source.id}/ana"
    assert await ask(driver, mine) == [[own]]
    assert await ask(driver, wrote_to) == sorted([[own, "phone:+4915112345678"], ["phone:+4915112345678", own]])
    assert loaded.source.account == ""
