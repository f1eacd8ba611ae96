"""Which addresses are people: lists and roles are not, whatever order they are loaded in."""

import neo4j
import pytest

from graph.database.client import Graph
from graph.records import Channel, Handle, HandleKind, Interaction, MailingList, PersonMention, Record
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
