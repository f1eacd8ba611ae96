"""Who is meant."""

from dataclasses import replace

import neo4j
import pytest

from graph.answers import AmbiguousTarget, UnknownTarget
from graph.database.client import Graph
from graph.lookup.resolve import Target, find
from graph.lookup.search import search_people
from tests.drawing import AS_OF
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")


async def meant(graph: Graph, text: str) -> tuple[str, ...]:
    found = await find(graph, ANA, text)
    assert isinstance(found, Target), found
    return found.ids


async def candidates(graph: Graph, text: str) -> list[str]:
    found = await find(graph, ANA, text)
    assert isinstance(found, AmbiguousTarget), found
    return [candidate.person.id for candidate in found.candidates]


@pytest.mark.parametrize(
    "text",
    [
        "cleo@acme.example",
        "Cleo Doe <Cleo@Acme.example>",
        "p1",
        "José María García",
        "garcia josé maria",
        "García, José María",
        "JOSE MARIA GAR",
    ],
)
async def test_an_address_an_id_or_a_name_finds_them(graph: Graph, driver: neo4j.AsyncDriver, text: str) -> None:
    await draw(
        driver,
        names={"p1": "José María García", "p2": "Jo Maria Garcia-Lopez"},
        keys={"p1": "email:cleo@acme.example"},
    )

    assert await meant(graph, text) == ("p1",)


async def test_a_profile_is_found_however_its_address_is_written(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"p1": "Cleo", "p2": "Cleo"}, keys={"p1": "linkedin:cleo-doe"})

    assert await meant(graph, "https://www.linkedin.com/in/Cleo-Doe/?trk=x") == ("p1",)
    assert isinstance(await find(graph, ANA, "linkedin.com/in/nobody"), UnknownTarget)


async def test_a_full_name_beats_a_longer_one_and_a_word_beats_a_beginning(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(
        driver,
        names={"p1": "Jane Doe", "p2": "Jane Mary Doe", "p3": "Janet Doering"},
    )

    assert await meant(graph, "doe jane") == ("p1",)
    assert await meant(graph, "jane mar") == ("p2",)
    assert await meant(graph, "Janet") == ("p3",)
    assert set(await candidates(graph, "jane")) == {"p1", "p2"}


async def test_candidates_are_told_apart_by_company_last_contact_and_source(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(
        driver,
        "p1 -mail:30,9-> ana",
        names={"p1": "Jane Doe", "p2": "Jane Doe"},
        jobs=(Job("p2", "Acme Inc.", "Engineer"),),
    )

    found = await find(graph, ANA, "Jane Doe")

    assert isinstance(found, AmbiguousTarget)
    first, second = found.candidates
    assert (first.person.id, first.last_contact, first.person.company) == ("p1", AS_OF - 9, None)
    assert (second.person.id, second.last_contact, second.person.company) == ("p2", None, "Acme Inc.")
    assert first.sources == ("mailbox",)


@pytest.mark.parametrize("text", ["Jane Doe at acme", "Jane Doe @ ACME", "jane @acme", "Jane Doe, Acme"])
async def test_a_company_narrows(graph: Graph, driver: neo4j.AsyncDriver, text: str) -> None:
    await draw(
        driver,
        names={"p1": "Jane Doe", "p2": "Jane Doe", "p3": "Jane Doe"},
        jobs=(Job("p1", "Globex"), Job("p2", "Acme, Inc."), Job("p3", "Acme", until=AS_OF - 99)),
    )

    assert await meant(graph, text) == ("p2",)


async def test_an_address_at_the_company_narrows_too(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        names={"p1": "Jane Doe", "p2": "Jane Doe"},
        keys={"p2": "email:jane@acme.example"},
        jobs=(Job("p1", "Globex"),),
    )

    assert await meant(graph, "Jane Doe at Acme") == ("p2",)


async def test_somebody_of_the_name_elsewhere_is_offered_and_never_taken(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, names={"p1": "Jane Doe"}, jobs=(Job("p1", "Globex"),))

    assert await candidates(graph, "Jane Doe at Acme") == ["p1"]


async def test_an_unknown_name_at_a_company_brings_leads(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, "ben -0.8-> ana", jobs=(Job("ben", "Acme"),))

    found = await find(graph, ANA, "Jane Doe at Acme GmbH")

    assert isinstance(found, UnknownTarget)
    assert [lead.person.id for lead in found.possible_connectors] == ["ben"]


async def test_probable_twins_are_one_candidate(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "p1 -probably-> p2 -mail:3-> ana",
        names={"p1": "Jane Doe", "p2": "Jane Doe"},
    )

    assert set(await meant(graph, "Jane Doe")) == {"p1", "p2"}
    assert await meant(graph, "p1") == ("p1", "p2")


async def test_asking_for_oneself_is_answered_plainly(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"ana": "Ana Diaz", "p1": "Ana Diaz"})

    found = await find(graph, ANA, "ana@ana.example")

    assert isinstance(found, UnknownTarget)
    assert found.message == "That is you: ask for somebody else."
    assert await meant(graph, "Ana Diaz") == ("p1",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "@",
        "~~ **",
        'AND "((~*',
        "OR",
        "NOT jane",
        "name:[a TO b] /x/ jane\\",
        "jane && || !doe^3~ {a}",
        "at Acme",
        "Jane at",
        "<>",
        "* at *",
        '" OR network:other',
        "x" * 5_000,
    ],
)
async def test_lucenes_signs_are_only_text(graph: Graph, driver: neo4j.AsyncDriver, text: str) -> None:
    await draw(driver, names={"p1": "Cleo Doe"})

    assert isinstance(await find(graph, ANA, text), UnknownTarget)


async def test_nobody_of_another_network_and_nobody_out_of_view_is_ever_found(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    names = {"p1": "Cleo Doe"}
    await draw(driver, names=names, network="other", jobs=(Job("p1", "Acme"),))
    await draw(driver, "ana", network="test")
    await draw(driver, names={"p2": "Cleo Doe"}, source="of-ben", owner="ben")

    for text in ("Cleo Doe", "cleo", "p1", "p1@p1.example", "p2", "p2@p2.example", "Cleo at Acme"):
        found = await find(graph, ANA, text)
        assert isinstance(found, UnknownTarget), text
        assert found.possible_connectors == ()
        assert await search_people(graph, ANA, text, 9) == []
    both = replace(ANA, sources=(*ANA.sources, "of-ben"))
    assert isinstance(await find(graph, both, "Cleo Doe"), Target)


async def test_a_name_that_only_a_source_out_of_view_gives_finds_nobody(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, names={"p1": "Cleo"})
    await draw(driver, names={"p1": "Cleopatra Secret"}, source="of-ben", owner="ben")
    await driver.execute_query(
        "MATCH (p:Person {id: 'p1'}) SET p.names = ['Cleo', 'Cleopatra Secret'], p.name = 'Cleopatra Secret'"
    )

    assert isinstance(await find(graph, ANA, "Secret"), UnknownTarget)
    (found,) = await search_people(graph, ANA, "cleo", 9)
    assert found.person.name == "Cleo"


async def test_a_search_lists_the_best_match_first_with_last_contact_and_tie(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(
        driver,
        "p1 -mail:5-> ana -mail:2-> p2",
        "p1 -0.7-> ana",
        names={"p1": "Jane Doe", "p2": "Janet Doe", "p3": "Jane"},
    )

    found = await search_people(graph, ANA, "jane", 2)

    assert [(one.person.id, one.last, one.tie and one.tie.strength) for one in found] == [
        ("p3", None, None),
        ("p1", AS_OF - 5, 0.7),
    ]
    assert [one.last for one in await search_people(graph, ANA, "p2@p2.example", 2)] == [AS_OF - 2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Иван Сергеевич Петров", "Ivan Petrov"),
        ("Фёдор Достоевский", "Dostoevsky, Fedor"),
        ("Dmitry Ivanov", "Дмитрий Иванов"),
        ("Дмитрий Иванов", "Dima Ivanov"),
        ("Ivan Petrov", "Иван Сергеевич Петров"),
        ("王小明", "Xiaoming Wang"),
        ("Ouyang Xiaoming", "欧阳小明"),
        ("김민수", "Minsu Kim"),
        ("Γιώργος Παπαδόπουλος", "giorgos papadopoulos"),
        ("Γιώργος Παπαδόπουλος", "George Papad"),
        ("タナカ ハルト", "Haruto Tanaka"),
        ("محمد علي", "Mohamed Aly"),
        ("יעל כהן", "Yael Cohen"),
        ("Jürgen Müller", "Mueller Juergen"),
        ("Juergen Mueller", "jürgen müller"),
        ("Robert Smith", "Bob Smith"),
        ("John Smith", "John Q. Smith"),
        ("Łukasz Wiśniewski", "wisniewski lukasz"),
        ("Nguyễn Thị Minh", "minh nguyen"),
    ],
)
async def test_names_match_in_any_order_script_and_short_form(
    graph: Graph, driver: neo4j.AsyncDriver, name: str, text: str
) -> None:
    await draw(driver, names={"p1": name, "p2": "Bobbie Smithers", "p3": "Ivana Petrova"})

    assert await meant(graph, text) == ("p1",)


async def test_who_is_written_as_asked_comes_before_who_is_only_called_alike(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, names={"p1": "Robert Smith", "p2": "Bob Smith", "p3": "Иван Петров", "p4": "Ivan Petrov"})

    assert await meant(graph, "Bob Smith") == ("p2",)
    assert await meant(graph, "Иван Петров") == ("p3",)
    assert [one.person.id for one in await search_people(graph, ANA, "bob smith", 9)] == ["p2", "p1"]


async def test_people_of_one_sound_are_never_made_one(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"p1": "王伟", "p2": "汪玮"}, jobs=(Job("p2", "Acme"),))

    assert set(await candidates(graph, "Wang Wei")) == {"p1", "p2"}
    assert await meant(graph, "Wang Wei at Acme") == ("p2",)
