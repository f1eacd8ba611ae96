"""Tests of resolving a text to a target."""

from dataclasses import replace
from typing import Any

import neo4j
import pytest

from cypher import Query
from graph.answers import YOURSELF_MESSAGE, AmbiguousTarget, UnknownTarget
from graph.database.client import Graph
from graph.lookup.resolve import (
    NameReference,
    PersonReference,
    ResolvedTarget,
    resolve_reference,
)
from graph.lookup.search import search_people
from tests.drawing import AS_OF
from tests.graph.evidence_drawing import Job, draw, view

ANA = view("ana")


async def resolve_ids(graph: Graph, text: str) -> tuple[str, ...]:
    answer = await resolve_reference(graph, ANA, text)
    assert isinstance(answer, ResolvedTarget), answer
    return answer.ids


async def candidates(graph: Graph, text: str) -> list[str]:
    answer = await resolve_reference(graph, ANA, text)
    assert isinstance(answer, AmbiguousTarget), answer
    return [candidate.person.id for candidate in answer.candidates]


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
async def test_an_address_an_id_or_a_name_finds_a_person(graph: Graph, driver: neo4j.AsyncDriver, text: str) -> None:
    await draw(
        driver,
        names={"p1": "José María García", "p2": "Jo Maria Garcia-Lopez"},
        keys={"p1": "email:cleo@acme.example"},
    )

    assert await resolve_ids(graph, text) == ("p1",)


async def test_a_profile_is_found_by_any_form_of_its_address(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"p1": "Cleo", "p2": "Cleo"}, keys={"p1": "linkedin:cleo-doe"})

    assert await resolve_ids(graph, "https://www.linkedin.com/in/Cleo-Doe/?trk=x") == ("p1",)
    assert isinstance(await resolve_reference(graph, ANA, "linkedin.com/in/nobody"), UnknownTarget)


async def test_an_exact_name_ranks_above_a_partial_match(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        names={"p1": "Jane Doe", "p2": "Jane Mary Doe", "p3": "Janet Doering"},
    )

    assert await resolve_ids(graph, "doe jane") == ("p1",)
    assert await resolve_ids(graph, "jane mar") == ("p2",)
    assert await resolve_ids(graph, "Janet") == ("p3",)
    assert set(await candidates(graph, "jane")) == {"p1", "p2"}


async def test_candidates_have_company_last_contact_and_source(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "p1 -mail:30,9-> ana",
        names={"p1": "Jane Doe", "p2": "Jane Doe"},
        jobs=(Job("p2", "Acme Inc.", "Engineer"),),
    )

    answer = await resolve_reference(graph, ANA, "Jane Doe")

    assert isinstance(answer, AmbiguousTarget)
    first, second = answer.candidates
    assert (first.person.id, first.last_contact, first.person.company) == ("p1", AS_OF - 9, None)
    assert (second.person.id, second.last_contact, second.person.company) == ("p2", None, "Acme Inc.")
    assert first.sources == ("mailbox",)


@pytest.mark.parametrize("text", ["Jane Doe at acme", "Jane Doe @ ACME", "jane @acme", "Jane Doe, Acme"])
async def test_a_company_narrows_the_candidates(graph: Graph, driver: neo4j.AsyncDriver, text: str) -> None:
    await draw(
        driver,
        names={"p1": "Jane Doe", "p2": "Jane Doe", "p3": "Jane Doe"},
        jobs=(Job("p1", "Globex"), Job("p2", "Acme, Inc."), Job("p3", "Acme", until=AS_OF - 99)),
    )

    assert await resolve_ids(graph, text) == ("p2",)


async def test_an_address_at_the_company_narrows_the_candidates(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        names={"p1": "Jane Doe", "p2": "Jane Doe"},
        keys={"p2": "email:jane@acme.example"},
        jobs=(Job("p1", "Globex"),),
    )

    assert await resolve_ids(graph, "Jane Doe at Acme") == ("p2",)


@pytest.mark.parametrize(
    "asked", ["Jane Doe at Acme", "Jane Doe, Acme", "jane at Acme", NameReference("Jane Doe", "Acme")]
)
async def test_the_only_match_at_another_company_is_a_question(
    graph: Graph, driver: neo4j.AsyncDriver, asked: PersonReference
) -> None:
    await draw(driver, names={"p1": "Jane Doe"}, jobs=(Job("p1", "Globex"),))

    answer = await resolve_reference(graph, ANA, asked)

    assert isinstance(answer, UnknownTarget)
    assert answer.message == "No person of this name is at Acme. Do you mean Jane Doe at Globex?"
    assert answer.only_candidate is not None
    assert answer.only_candidate.person.id == "p1"


class RecordingGraph(Graph):
    """A graph that counts the matches of names that it reads."""

    matches = 0

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        rows = await super().run(query, **params)
        self.matches += len(rows) if query.name == "lookup/find_by_name" else 0
        return rows


async def test_worse_matches_are_read_only_where_one_may_be_intended(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    alike = {f"p1{number}": f"Anna Miller 1{number}" for number in range(40)}
    await draw(
        driver,
        "mbox -probably-> p11",
        names={"p1": "Anna Miller 1", "mbox": "Anna Miller 1", "box": "Zoe Last 7", "zoe": "Zoe Last 70"} | alike,
        jobs=(Job("p13", "Acme"), Job("p1", "Globex")),
        keys={"box": "email:info@last.example"},
    )
    await driver.execute_query("MATCH (p:Person {id: 'box'}) SET p.is_shared_mailbox = true")
    recording = RecordingGraph(driver)

    assert await candidates(recording, "Anna Miller 1") == ["mbox", "p1"]
    assert recording.matches < 10
    answer = await resolve_reference(recording, ANA, "Anna Miller 1 at Globex")
    assert isinstance(answer, ResolvedTarget)
    assert answer.person.id == "p1"
    assert recording.matches < 20
    assert await candidates(recording, "Anna Miller 1 at Acme") == ["p13", "mbox", "p1"]
    assert recording.matches < 30
    assert await resolve_ids(graph, "Zoe Last 7") == ("zoe",)
    assert len(await search_people(graph, ANA, "Anna Miller 1", 100)) == 41


async def test_a_name_of_one_word_does_not_outrank_a_full_name(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"p1": "Jane", "p2": "Jane Doe", "p3": "Janet Roe"})

    assert set(await candidates(graph, "Jane")) == {"p1", "p2"}
    assert await resolve_ids(graph, "Jane Doe") == ("p2",)
    assert await resolve_ids(graph, "Janet") == ("p3",)


@pytest.mark.parametrize("text", ["me", "Me", " myself "])
async def test_me_is_the_viewer(graph: Graph, driver: neo4j.AsyncDriver, text: str) -> None:
    await draw(driver, "p1 -mail:30,9-> ana", names={"p1": "Me Roe"})

    answer = await resolve_reference(graph, ANA, text)

    assert isinstance(answer, UnknownTarget)
    assert answer.message == YOURSELF_MESSAGE
    assert [match.person.id for match in await search_people(graph, ANA, text, 9)] == ["ana"]


async def test_an_unknown_name_at_a_company_returns_possible_connectors(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(driver, "ben -0.8-> ana", jobs=(Job("ben", "Acme"),))

    answer = await resolve_reference(graph, ANA, "Jane Doe at Acme GmbH")

    assert isinstance(answer, UnknownTarget)
    assert [connector.person.id for connector in answer.possible_connectors] == ["ben"]


async def test_probable_duplicates_are_one_candidate(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(
        driver,
        "p1 -probably-> p2 -mail:3-> ana",
        names={"p1": "Jane Doe", "p2": "Jane Doe"},
    )

    assert set(await resolve_ids(graph, "Jane Doe")) == {"p1", "p2"}
    assert await resolve_ids(graph, "p1") == ("p1", "p2")


async def test_the_viewer_is_not_a_target_for_themselves(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"ana": "Ana Diaz", "p1": "Ana Diaz"})

    answer = await resolve_reference(graph, ANA, "ana@ana.example")

    assert isinstance(answer, UnknownTarget)
    assert answer.message == "That is you: ask for somebody else."
    assert await resolve_ids(graph, "Ana Diaz") == ("p1",)


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
async def test_lucene_syntax_is_treated_as_text(graph: Graph, driver: neo4j.AsyncDriver, text: str) -> None:
    await draw(driver, names={"p1": "Cleo Doe"})

    assert isinstance(await resolve_reference(graph, ANA, text), UnknownTarget)


async def test_people_of_other_networks_or_out_of_view_are_never_found(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    names = {"p1": "Cleo Doe"}
    await draw(driver, names=names, network="other", jobs=(Job("p1", "Acme"),))
    await draw(driver, "ana", network="test")
    await draw(driver, names={"p2": "Cleo Doe"}, source="of-ben", owner="ben")

    for text in ("Cleo Doe", "cleo", "p1", "p1@p1.example", "p2", "p2@p2.example", "Cleo at Acme"):
        answer = await resolve_reference(graph, ANA, text)
        assert isinstance(answer, UnknownTarget), text
        assert answer.possible_connectors == ()
        assert await search_people(graph, ANA, text, 9) == []
    wider_view = replace(ANA, sources=(*ANA.sources, "of-ben"))
    assert isinstance(await resolve_reference(graph, wider_view, "Cleo Doe"), ResolvedTarget)


async def test_a_name_from_a_source_out_of_view_finds_nobody(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"p1": "Cleo"})
    await draw(driver, names={"p1": "Cleopatra Secret"}, source="of-ben", owner="ben")
    await driver.execute_query(
        "MATCH (p:Person {id: 'p1'}) SET p.names = ['Cleo', 'Cleopatra Secret'], p.name = 'Cleopatra Secret'"
    )

    assert isinstance(await resolve_reference(graph, ANA, "Secret"), UnknownTarget)
    (match,) = await search_people(graph, ANA, "cleo", 9)
    assert match.person.name == "Cleo"


async def test_a_search_lists_the_best_match_first_with_last_contact_and_tie(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await draw(
        driver,
        "p1 -mail:5-> ana -mail:2-> p2",
        "p1 -0.7-> ana",
        names={"p1": "Jane Doe", "p2": "Janet Doe", "p3": "Jane"},
    )

    matches = await search_people(graph, ANA, "jane", 2)

    assert [(match.person.id, match.last, match.tie and match.tie.strength) for match in matches] == [
        ("p3", None, None),
        ("p1", AS_OF - 5, 0.7),
    ]
    assert [match.last for match in await search_people(graph, ANA, "p2@p2.example", 2)] == [AS_OF - 2]


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

    assert await resolve_ids(graph, text) == ("p1",)


async def test_the_same_spelling_ranks_above_an_equivalent_name(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"p1": "Robert Smith", "p2": "Bob Smith", "p3": "Иван Петров", "p4": "Ivan Petrov"})

    assert await resolve_ids(graph, "Bob Smith") == ("p2",)
    assert await resolve_ids(graph, "Иван Петров") == ("p3",)
    assert [match.person.id for match in await search_people(graph, ANA, "bob smith", 9)] == ["p2", "p1"]


async def test_names_with_equal_transliteration_stay_separate_people(graph: Graph, driver: neo4j.AsyncDriver) -> None:
    await draw(driver, names={"p1": "王伟", "p2": "汪玮"}, jobs=(Job("p2", "Acme"),))

    assert set(await candidates(graph, "Wang Wei")) == {"p1", "p2"}
    assert await resolve_ids(graph, "Wang Wei at Acme") == ("p2",)
