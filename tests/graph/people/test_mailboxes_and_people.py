"""Which addresses are people: lists and roles are not, whatever order they are loaded in."""

import neo4j
import pytest

from graph.database.client import Graph
from graph.records import Channel, Handle, HandleKind, Interaction, MailingList, Owner, PersonMention, Record
from tests.graph.worlds import NOON, by_mail, load_export, own, talk, wrote

ME = "ana@home.example"
CHOIR = "choir@lists.example"
LIST = MailingList(PersonMention((Handle(HandleKind.EMAIL, CHOIR),)))


def nameless(by: str, to: str, *, ago: float) -> Interaction:
    mention = [PersonMention((Handle(HandleKind.EMAIL, who),)) for who in (by, to)]
    return Interaction(mention[0], (mention[1],), NOON, Channel.MAIL, f"{by}{to}{ago}")


async def is_person(driver: neo4j.AsyncDriver, address: str) -> bool:
    query = (
        "MATCH (p:Person)<-[:OF]-(:Identity {key: 'email:' + $address}) RETURN p.is_shared_mailbox IS NULL AS person"
    )
    ((row,), _, _) = await driver.execute_query(query, address=address)
    return bool(row["person"])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_an_address_that_one_message_shows_to_be_a_list_is_one_for_all(
    driver: neo4j.AsyncDriver, graph: Graph, order: tuple[int, ...]
) -> None:
    pieces: list[list[Record]] = [
        [own(ME, "Ana"), *talk(ME, CHOIR)],
        [own(ME, "Ana"), wrote("ben@b.example", ME), LIST],
    ]

    for piece in order:
        loaded = await load_export(graph, pieces[piece])

    assert not await is_person(driver, CHOIR)
    assert loaded.ties == 0


async def test_a_display_name_makes_a_person_of_a_role_address(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    ola, press, desk = "ola.nordmann@fjell.example", "press@fjell.example", "support@acme.example"
    named = [by_mail(ola, "Ola Nordmann"), by_mail(press, "Jordan Press"), by_mail(desk, "Acme Support")]
    letters = [Interaction(who, (by_mail(ME),), NOON, Channel.MAIL, who.name) for who in named]

    await load_export(graph, [own(ME, "Ana"), *letters, *talk(ME, "cleo@c.example")])

    assert await is_person(driver, ola)
    assert await is_person(driver, press)
    assert not await is_person(driver, desk)


async def test_a_role_word_that_is_a_name_is_a_person_if_letters_go_both_ways(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    both, one = "ola@fjell.example", "press@fjell.example"

    await load_export(
        graph,
        [own(ME, "Ana"), nameless(both, ME, ago=1), nameless(ME, both, ago=2), nameless(one, ME, ago=1)],
    )

    assert await is_person(driver, both)
    assert not await is_person(driver, one)


async def people_of(driver: neo4j.AsyncDriver, *addresses: str) -> set[tuple[str, str]]:
    """The person of each address with the reason of the join."""
    query = """MATCH (p:Person)<-[o:OF]-(i:Identity) WHERE i.key IN [a IN $addresses | 'email:' + a]
               RETURN p.id AS id, o.reason AS reason"""
    rows, _, _ = await driver.execute_query(query, addresses=list(addresses))
    return {(row["id"], row["reason"]) for row in rows}


async def test_a_tag_joins_where_the_mailbox_shows_that_mail_is_delivered_so(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    own_pair = Owner(PersonMention(tuple(Handle(HandleKind.EMAIL, who) for who in (ME, "ana+work@home.example"))))
    letters = [*talk(ME, "ben@home.example"), *talk(ME, "ben+lists@home.example"), *talk(ME, "cleo@c.example")]

    await load_export(graph, [own(ME, "Ana"), own_pair, *letters, *talk(ME, "cleo+lists@c.example")])

    joined = await people_of(driver, "ben@home.example", "ben+lists@home.example")
    assert len({person for person, _ in joined}) == 1
    assert {reason for _, reason in joined} == {"mail to name+tag@home.example is delivered to name@home.example"}
    apart = await people_of(driver, "cleo@c.example", "cleo+lists@c.example")
    assert len({person for person, _ in apart}) == 2
    offered, _, _ = await driver.execute_query(
        "MATCH (:Person)-[d:PROBABLE_DUPLICATE]->(:Person) RETURN d.reason AS why"
    )
    assert [row["why"] for row in offered] == ["the addresses differ by a tag only"]
