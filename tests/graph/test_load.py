"""What a load makes of what exports say: the rules of evidence, of ties and of persons, one behaviour a test."""

from datetime import date, timedelta
from typing import Any

import neo4j
import pytest

from graph.answers import AlreadyKnown, Introductions, Reason, Refusal, UnknownTarget
from graph.errors import NoSuchSource, OwnerUnknown
from graph.introductions import introductions
from graph.load import refresh, remove
from graph.network import day_of, state
from graph.records import (
    Assists,
    Channel,
    Connection,
    Handle,
    Interaction,
    Job,
    Kind,
    Meeting,
    Owner,
    Part,
    Record,
    Somebody,
    Stated,
)
from graph.session import Graph
from tests.graph.worlds import (
    NOON,
    TODAY,
    bring,
    by_mail,
    by_profile,
    connections,
    home,
    own,
    seen_by_owner,
    talk,
    wrote,
)

ME, BEN, CLEO = "ana@home.example", "ben@acme.example", "cleo@far.example"


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

    assert loaded.gathered.left_out["", "among more than 20 people"] == 1
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

    assert loaded.gathered.left_out["", "among more than 20 people"] == 1
    assert loaded.gathered.left_out["", "the same message again"] == 1
    knowing = await knows(driver)
    assert {("Ben", "Ana Ferreira"), ("Ana Ferreira", "Ben"), ("Cleo", "Ana Ferreira")} <= set(knowing)
    assert not any("Guest" in "".join(pair) or "Dan" in pair for pair in knowing)


async def test_whom_a_list_only_states_is_one_person_and_nobodys_connection(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    handles = (Handle(Kind.EMAIL, "pia@roth.example"), Handle(Kind.LINKEDIN, "https://www.linkedin.com/in/piaroth"))
    pia = Somebody(handles, "Pia Roth")
    candidates: list[Record] = [
        Stated(pia, "candidates"),
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

    assert loaded.gathered.left_out["", "dated in the future"] == 1
    assert loaded.source.seen_until == (NOON.date() - timedelta(days=1) - date(1970, 1, 1)).days


async def test_one_message_in_two_files_of_a_load_counts_once(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    letter = wrote(ME, BEN, id="<one@home>")
    loaded = await bring(graph, mailbox(letter, letter, wrote(ME, BEN, id="<two@home>")))

    assert loaded.gathered.left_out["", "the same message again"] == 1
    assert await ask(driver, "MATCH ()-[e:INTERACTED]->() RETURN e.weights") == [[[2.0]]]


async def test_an_ask_counts_when_answered_and_else_after_two_weeks(driver: neo4j.AsyncDriver, graph: Graph) -> None:
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
    assert got == replied == pytest.approx(2 * 2 ** (-28 / 180))


async def test_a_recommendation_by_name_means_the_only_connection_of_that_name(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    named = Somebody((Handle(Kind.NAME, "Ben Okoro"),), "Ben Okoro")
    praise: list[Record] = [Interaction(named, (Somebody(()),), NOON, Channel.RECOMMENDATION)]
    listed = connections((by_profile("ben-1", "Ben Okoro"), "Acme"), (by_profile("cleo-1", "Cleo Q"), None))
    answer: list[Record] = [Interaction(Somebody(()), (named,), NOON, Channel.RECOMMENDATION)]

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
        "MATCH (i:Identity)-[o:OF]->(:Person)<-[:OF]-(:Identity {key: 'linkedin:ben-o'}) RETURN i.key, o.because",
    ) == [
        ["email:ben.okoro@acme-robotics.example", "the only two of that name, and the company fits the address"],
    ]
    assert await ask(driver, "MATCH (p)-[:PROBABLY]-(q) RETURN DISTINCT p.name") == [["Cleo Quist"]]
    assert await ask(driver, "MATCH (p:Person {name: 'Dan Dee'}) RETURN count(*)") == [[3]]

    found = await introductions(graph, await seen_by_owner(graph), "Cleo Quist at Far")
    assert isinstance(found, AlreadyKnown)
    assert len(found.same) == 1

    network, member = await home(graph)
    await remove(graph, network, member, "linkedin")
    assert await ask(
        driver, "MATCH (p:Person)<-[:OF]-({key: 'email:ben.okoro@acme-robotics.example'}) RETURN p.name"
    ) == [["Okoro, Ben"]]


async def test_a_later_list_replaces_the_earlier_and_keeps_what_changed(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    ben, cleo, dan = by_profile("ben", "Ben Okoro"), by_profile("cleo", "Cleo Q"), by_profile("dan", "Dan D")
    earlier = connections((ben, "Acme"), (cleo, None), on=date(2025, 1, 1))
    later = connections((ben, "Beta"), (dan, None), on=date(2026, 1, 1))
    jobs = "MATCH (:Person {name: 'Ben Okoro'})-[w:WORKS_AT]->(c) RETURN c.name, w.since, w.until ORDER BY 1"
    gone = "MATCH ()-[l:LISTS]->(i) WHERE l.gone IS NOT NULL RETURN i.key"
    first, second = (date(2025, 1, 1) - date(1970, 1, 1)).days, (date(2026, 1, 1) - date(1970, 1, 1)).days

    for order in ((earlier, later), (later, earlier)):
        for records in order:
            await bring(graph, records, kind="linkedin")

        assert await ask(driver, jobs) == [["Acme", None, first], ["Beta", second, None]]
        assert await ask(driver, gone) == [["linkedin:cleo"]]
        network, member = await home(graph)
        await remove(graph, network, member, "linkedin")


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

    jobs = "MATCH (:Person {name: 'Ben Okoro'})-[w:WORKS_AT]->(c) RETURN c.key, w.since, w.until ORDER BY 1"
    assert await ask(driver, jobs) == [["acme", None, day_of(first)], ["beta", day_of(second), None]]


async def test_the_owners_own_jobs_and_profile_are_the_members(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    me = by_profile("ana-f", "Ana Ferreira")
    archive: list[Record] = [
        Owner(me),
        Owner(by_mail(ME)),
        Part("positions"),
        Job(Somebody(()), "Home GmbH", "Engineer", date(2020, 1, 1), None, "positions"),
    ]
    await bring(graph, archive, kind="linkedin", owner=None)

    rows = await ask(driver, "MATCH (:Member)-[:IS]->(p)-[w:WORKS_AT]->(c) RETURN p.name, w.title, c.name")
    assert rows == [["Ana Ferreira", "Engineer", "Home GmbH"]]


async def test_whose_export_it_is_is_asked_where_nothing_says_it(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    with pytest.raises(OwnerUnknown, match="--as"):
        await bring(graph, talk(BEN, CLEO), owner=None)
    assert (await state(graph, (await home(graph))[0])).sources == ()

    many = [letter for n in range(6) for letter in talk(ME, f"friend{n}@far.example", times=1)]
    assert (await bring(graph, many, owner=None)).source.account == ME


@pytest.mark.parametrize("known", [True, False])
async def test_an_owner_whom_an_export_has_by_name_is_not_who_stands_there_by_number(
    driver: neo4j.AsyncDriver, graph: Graph, known: bool
) -> None:
    me, ben = Somebody((Handle(Kind.NAME, "Ana"),), "Ana"), Somebody((Handle(Kind.PHONE, "+4915112345678"),))
    ways = [(me, ben), (ben, me), (ben, Somebody(()))] * 4
    chat = [Interaction(by, (to,), NOON - timedelta(days=n), Channel.CHAT) for n, (by, to) in enumerate(ways)]
    if known:
        await bring(graph, mailbox(*talk(ME, CLEO)))

    loaded = await bring(graph, [Owner(me), *chat], kind="whatsapp", owner=None)

    mine = "MATCH (:Member)-[:IS]->(:Person)<-[:OF]-(i) RETURN i.key ORDER BY 1"
    wrote_to = "MATCH (b)-[:INTERACTED {channel: 'chat'}]->(a) RETURN DISTINCT b.key, a.key ORDER BY 1"
    own = f"email:{ME}" if known else f"name:{loaded.source.id}/ana"
    assert await ask(driver, mine) == [[own]]
    assert await ask(driver, wrote_to) == sorted([[own, "phone:+4915112345678"], ["phone:+4915112345678", own]])
    assert loaded.source.account == ""


async def test_moving_the_day_lets_ties_fade_and_back_brings_them_back(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await bring(graph, mailbox(*talk(ME, BEN, ago=60), *talk(ME, CLEO)))
    acts = "MATCH (:Person {name: 'Ben'})-[k:KNOWS]->(:Person {name: 'Ana Ferreira'}) RETURN k.acts"
    network, _ = await home(graph)
    now = await ask(driver, acts)

    await refresh(graph, network, as_of=TODAY - timedelta(days=40))
    earlier = await ask(driver, acts)
    await refresh(graph, network, as_of=TODAY)

    assert earlier[0][0] > now[0][0]
    assert await ask(driver, acts) == now


async def test_a_source_is_removed_by_the_name_it_goes_by(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await bring(graph, mailbox(*talk(ME, BEN)))
    network, member = await home(graph)

    with pytest.raises(NoSuchSource, match=f"“mailbox {ME}”"):
        await remove(graph, network, member, "calendar")
    assert (await remove(graph, network, member, "Mailbox ana@home.example")).account == ME
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
            asked, why=f"{asked} is a shared mailbox, nobody in particular: ask for somebody by name."
        )
    assert isinstance(await introductions(graph, viewer, BEN), AlreadyKnown)
    assert isinstance(await introductions(graph, viewer, CLEO), Refusal)


async def test_an_owner_whose_only_address_is_a_role_is_somebody_all_the_same(graph: Graph) -> None:
    await bring(graph, talk("info@ana.example", BEN), owner="info@ana.example")

    assert isinstance(await introductions(graph, await seen_by_owner(graph), BEN), AlreadyKnown)


async def test_an_assistant_is_no_tie_of_the_principal_but_whom_one_may_ask(graph: Graph) -> None:
    jane, max_ = "jane@acme.example", "max@acme.example"
    sent = [Assists(by_mail(max_), by_mail(jane)), *talk(ME, max_)]
    elsewhere = [Assists(by_mail(BEN), by_mail(CLEO)), *talk(ME, BEN)]
    await bring(graph, mailbox(*sent, *elsewhere, wrote(ME, jane, CLEO)))
    viewer = await seen_by_owner(graph)

    answer = await introductions(graph, viewer, jane)

    assert isinstance(answer, Refusal)
    assert [(lead.person.name, lead.title) for lead in answer.leads] == [("Max", "assistant to Jane")]
    about_cleo = await introductions(graph, viewer, CLEO)
    assert isinstance(about_cleo, Refusal)
    assert about_cleo.leads == ()
