"""Two networks on one server, with the same people in them: in the one nothing of the other is told or changed.

The queries are generated from the schema, so that a new field is tested as well.
"""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Coroutine, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import neo4j
import pytest
import pytest_asyncio
from graphql import GraphQLEnumType
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from api.graphql.request.costs import ALIASES
from graph.database.client import Graph
from graph.networks.tokens import grant_token
from graph.records import Record
from tests.api.conftest import LIMITS, served
from tests.api.documents import CHANGES, QUESTIONS, Leaf, document, takes
from tests.conftest import wipe
from tests.graph.worlds import bring, by_profile, connections, home, own, talk

pytestmark = pytest.mark.fuzz

T = TypeVar("T")
EXAMPLES = os.environ.get("TERTIUS_TEST_EXAMPLES")
OURS, THEIRS = "ours", "theirs"
CANARY = "Zyxwald"
SHE, FIRM = f"{CANARY} Quill", f"{CANARY}heim"
ADDRESS, PROFILE = "zyxwald@quill.example", "https://www.linkedin.com/in/zyxwald"
OUR_WORDS = ("ana@home.example", "jane@far.example", "Cleo Far", "Far Inc.", "Ben")
THEIR_WORDS = (
    (SHE, "Quorwin Nobody"),
    (ADDRESS, "quorwin@nobody.example"),
    (PROFILE, "https://www.linkedin.com/in/quorwin"),
    (FIRM, "Quorwinheim"),
    (f"{CANARY}.zip", "Quorwin.zip"),
)
"""Words that are known there alone, each with one of the same kind that is known nowhere."""
HER = f'{{ person(ref: {{email: "{ADDRESS}"}}) {{ ... on Person {{ id }} }} viewer {{ person {{ id }} }} }}'
PLAIN = {"String": f'"{SHE}"', "ID": '"0"', "Int": "2", "Boolean": "false"}
MADE_UP = re.compile(r"[0-9a-f]{16,}|tertius_[\w-]+|\d{4}-\d\d-\d\dT[\d:.+Z]*")
"""What is new in every answer."""


@dataclass(frozen=True, slots=True)
class Server:
    """One service over both networks, in the loop that everything of it belongs to."""

    driver: neo4j.AsyncDriver
    client: httpx.AsyncClient
    loop: asyncio.AbstractEventLoop

    def run(self, what: Coroutine[Any, Any, T]) -> T:
        """From where no loop runs."""
        return self.loop.run_until_complete(what)

    async def ask(self, who: str, query: str) -> tuple[int, str]:
        """What a network's owner is answered, but for the request's own id."""
        signed = {"Authorization": f"Bearer {who}"}
        answer = await self.client.post("/graphql", json={"query": query}, headers=signed)
        return answer.status_code, answer.text.replace(answer.headers["x-request-id"], "")

    async def dump(self, name: str) -> list[str]:
        """Everything that a network holds, but when its tokens were used."""
        rows, _, _ = await self.driver.execute_query(
            """
            MATCH (n:Network {name: $name})
            MATCH (x) WHERE x.network = n.id OR x = n
            RETURN elementId(x) AS id, labels(x) AS labels, properties(x) AS is,
              COLLECT { MATCH (x)-[r]->(y) RETURN [type(r), elementId(y), properties(r)] } AS ties
            """,
            name=name,
        )
        return sorted(
            repr((row["id"], row["labels"], {**row["is"], "used": None}, sorted(map(repr, row["ties"]))))
            for row in rows
        )

    async def ids(self, name: str) -> list[str]:
        """What may not be told of a network elsewhere, kind by kind: ids are others in every run."""
        rows, _, _ = await self.driver.execute_query(
            """
            MATCH (n:Network {name: $name})
            MATCH (x) WHERE x.network = n.id OR x = n
            WITH x ORDER BY labels(x), x.name, x.key, x.kind, x.id
            RETURN collect(DISTINCT x.id) AS ids
            """,
            name=name,
        )
        return list(rows[0]["ids"])

    async def found(self) -> None:
        """The same people in both; in theirs somebody more, of whom they speak in every way there is."""
        await wipe(self.driver)
        graph = Graph(self.driver)
        for name in (OURS, THEIRS):
            letters: list[Record] = [own("ana@home.example", "Ana Silva")]
            letters += talk("ben@near.example", "ana@home.example")
            letters += talk("jane@far.example", "ben@near.example", copy="ana@home.example")
            listed = [(by_profile("cleo", "Cleo Far", "cleo@far.example"), "Far Inc.")]
            if name == THEIRS:
                letters += talk(ADDRESS, "ana@home.example")
                listed.append((by_profile("zyxwald", SHE, ADDRESS), FIRM))
            await bring(graph, letters, name=name)
            await bring(graph, connections(*listed), kind="linkedin", name=name)
            network, member = await home(graph, name)
            await grant_token(graph, network, member, name)
        # the last use is stored once a minute: a slow machine would see it change between two equal requests
        await self.driver.execute_query("MATCH (t:Token) SET t.used = timestamp() + 24 * 60 * 60 * 1000")
        _, told = await self.ask(THEIRS, HER)
        she, her = (json.loads(told)["data"][one] for one in ("person", "viewer"))
        for change in (
            f"""createStatement(input: {{
              fromPersonId: "{she["id"]}", toPersonId: "{her["person"]["id"]}", kind: MET
            }}) {{ statement {{ statedOn }} }}""",
            f'hideContact(input: {{contact: {{company: "{FIRM}"}}}}) {{ hiddenContact {{ id }} }}',
            f'createInvitation(input: {{email: "{ADDRESS}"}}) {{ secret }}',
            f'createLoadJob(input: {{fileName: "{CANARY}.zip"}}) {{ job {{ id }} }}',
            f'createToken(input: {{name: "{CANARY}", scopes: [READ]}}) {{ secret }}',
            f'renameViewer(input: {{name: "{SHE}"}}) {{ member {{ name }} }}',
        ):
            status, told = await self.ask(THEIRS, f"mutation {{ {change} }}")
            assert status == 200
            assert "errors" not in told, told


@pytest_asyncio.fixture(loop_scope="session")
async def server(driver: neo4j.AsyncDriver, tmp_path: Path) -> AsyncIterator[Server]:
    async with served(Graph(driver), limits=LIMITS, uploads=tmp_path) as client:
        yield Server(driver, client, asyncio.get_running_loop())


class Two(RuleBasedStateMachine):
    """One asks whatever there is to ask, of what is theirs, what is the others' and what is nowhere."""

    server: Server

    @initialize()
    def begin(self) -> None:
        """Found both."""
        self.server.run(self.server.found())
        self.mine = self.server.run(self.server.ids(OURS))
        self.theirs = [id for id in self.server.run(self.server.ids(THEIRS)) if id not in self.mine]
        self.before = self.server.run(self.server.dump(THEIRS))
        self.said: set[str] = set()

    @rule(name=st.sampled_from(sorted(QUESTIONS | CHANGES)), data=st.data())
    def ask(self, name: str, data: st.DataObject) -> None:
        """Once of what is nowhere, once of what is there elsewhere: the same answer."""
        there: dict[str, str] = {}
        nowhere: dict[str, str] = {}

        def any_of(what: Sequence[T]) -> T:
            # not of its length: ids are others in every run
            return what[data.draw(st.integers(0, 2**16)) % len(what)]

        def value(_: str, kind: Leaf) -> str:
            if isinstance(kind, GraphQLEnumType):
                return any_of(sorted(map(str, kind.values)))
            if kind.name == "Int":
                return any_of("123")
            if kind.name not in ("ID", "String"):
                return {"Boolean": "true", "Date": '"2026-11-01"'}[kind.name]
            if data.draw(st.booleans()):
                return json.dumps(any_of(self.mine if kind.name == "ID" else OUR_WORDS))
            stand_in = f"<{len(there)}>"
            two = (any_of(self.theirs), uuid4().hex) if kind.name == "ID" else any_of(THEIR_WORDS)
            there[stand_in], nowhere[stand_in] = two
            return json.dumps(stand_in)

        question = document(name, value)
        note(question)
        told = [self.answer(question, stood_for) for stood_for in (nowhere, there)]
        # what is ours alone is asked for twice: what was removed is not there again
        if there and (name in QUESTIONS or not {"String"} & set(takes((QUESTIONS | CHANGES)[name]))):
            assert told[0] == told[1]
        assert self.server.run(self.server.dump(THEIRS)) == self.before

    def answer(self, question: str, stood_for: dict[str, str]) -> tuple[int, str]:
        """An answer, in the words of the question."""
        asked = question
        for stand_in, word in stood_for.items():
            asked = asked.replace(stand_in, word)
        if asked.startswith("mutation"):  # who calls themself so is called so
            self.said.update(stood_for.values())
        status, text = self.server.run(self.server.ask(OURS, asked))
        assert status not in (400, 500), text
        for id in self.theirs:
            assert id in asked or id not in text
        theirs = reduce(lambda left, word: re.sub(re.escape(word), "", left, flags=re.IGNORECASE), self.said, text)
        assert CANARY.lower() in asked.lower() or CANARY.lower() not in theirs.lower(), text
        for stand_in, word in stood_for.items():
            text = text.replace(word, stand_in)
        if status == 401:
            self.begin()
        return status, MADE_UP.sub("~", text)


def test_whatever_one_network_asks_the_other_is_as_if_it_were_not(server: Server) -> None:
    Two.server = server
    run_state_machine_as_test(
        Two,
        settings=settings(
            max_examples=int(EXAMPLES) // 10 if EXAMPLES else 3,
            stateful_step_count=40,
            derandomize=EXAMPLES is None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


async def test_an_id_that_is_guessed_or_of_elsewhere_is_nobodys(server: Server) -> None:
    await server.found()
    ids = [*{*await server.ids(THEIRS)} - {*await server.ids(OURS)}, *(uuid4().hex for _ in range(1_000))]
    found: set[str] = set()
    for first in range(0, len(ids), ALIASES):
        some = ids[first : first + ALIASES]
        asked = " ".join(f'a{at}: person(ref: {{id: "{id}"}}) {{ __typename }}' for at, id in enumerate(some))
        _, text = await server.ask(OURS, f"{{ {asked} }}")
        found.update(one["__typename"] for one in json.loads(text)["data"].values())

    assert found == {"UnknownTarget"}


def plain(name: str, kind: Leaf) -> str:
    """What stands for an argument where it does not matter."""
    if isinstance(kind, GraphQLEnumType):
        return "email" if "email" in kind.values else list(kind.values)[-1]
    return PLAIN[str(kind)].replace(SHE, ADDRESS if name == "email" else SHE)


async def test_two_who_ask_at_once_are_each_answered_their_own(server: Server) -> None:
    await server.found()
    questions = [document(name, plain) for name in QUESTIONS]
    asked = [(who, question) for question in questions for who in (OURS, THEIRS)]
    alone = [await server.ask(*one) for one in asked]

    at_once = await asyncio.gather(*(server.ask(*one) for one in asked * 5))

    assert at_once == alone * 5
    theirs = {*await server.ids(THEIRS)} - {*await server.ids(OURS)}
    told: dict[str, bool] = dict.fromkeys((OURS, THEIRS), False)
    for (who, question), (status, text) in zip(asked, alone, strict=True):
        assert (status, '"errors"' in text) == (200, False), (question, text)
        told[who] |= any(id in text for id in theirs)
    assert told == {OURS: False, THEIRS: True}
