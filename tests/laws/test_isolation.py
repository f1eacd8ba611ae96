"""Tests that two networks with the same people on one server do not reveal or change data of each other.

The queries are generated from the schema, so that a new field is tested as well.
"""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Coroutine, Sequence
from dataclasses import dataclass, replace
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
from api.request_limits import OPEN_REQUESTS
from graph.database.batching import batches
from graph.database.client import Graph
from graph.networks.tokens import grant_token
from graph.records import Record
from tests.api.conftest import LIMITS, served
from tests.api.documents import CHANGES, QUESTIONS, SCALARS, Leaf, document, takes
from tests.conftest import wipe
from tests.graph.worlds import by_profile, connections, home, load_export, own, talk

pytestmark = pytest.mark.fuzz

T = TypeVar("T")
EXAMPLES = os.environ.get("TERTIUS_TEST_EXAMPLES")
OURS, THEIRS = "ours", "theirs"
CANARY = "Zyxwald"
CANARY_NAME, CANARY_COMPANY = f"{CANARY} Quill", f"{CANARY}heim"
ADDRESS, PROFILE = "zyxwald@quill.example", "https://www.linkedin.com/in/zyxwald"
OUR_WORDS = ("ana@home.example", "jane@far.example", "Cleo Far", "Far Inc.", "Ben")
THEIR_WORDS = (
    (CANARY_NAME, "Quorwin Nobody"),
    (ADDRESS, "quorwin@nobody.example"),
    (PROFILE, "https://www.linkedin.com/in/quorwin"),
    (CANARY_COMPANY, "Quorwinheim"),
    (f"{CANARY}.zip", "Quorwin.zip"),
)
"""Words known only in their network, each with a word of the same kind that no network knows."""
CANARY_QUERY = f'{{ person(ref: {{email: "{ADDRESS}"}}) {{ ... on Person {{ id }} }} viewer {{ person {{ id }} }} }}'
ARGUMENTS = {"String": f'"{CANARY_NAME}"', "ID": '"0"', "Int": "2", "Boolean": "false"}
GENERATED = re.compile(r"[0-9a-f]{16,}|tertius_[\w-]+|\d{4}-\d\d-\d\dT[\d:.+Z]*")
"""Text that differs in every answer."""


@dataclass(frozen=True, slots=True)
class Server:
    """One service over both networks, with its event loop."""

    driver: neo4j.AsyncDriver
    client: httpx.AsyncClient
    loop: asyncio.AbstractEventLoop

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine from synchronous code."""
        return self.loop.run_until_complete(coroutine)

    async def ask(self, token: str, query: str) -> tuple[int, str]:
        """The status and text of an answer, without the request id."""
        authorization = {"Authorization": f"Bearer {token}"}
        answer = await self.client.post("/graphql", json={"query": query}, headers=authorization)
        return answer.status_code, answer.text.replace(answer.headers["x-request-id"], "")

    async def dump(self, name: str) -> list[str]:
        """All nodes and relationships of a network, except the last use of its tokens."""
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
            repr((row["id"], row["labels"], {**row["is"], "last_used_at": None}, sorted(map(repr, row["ties"]))))
            for row in rows
        )

    async def ids(self, name: str) -> list[str]:
        """The ids of a network, ordered by kind because they differ in every run."""
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

    async def create_networks(self) -> None:
        """Create both networks with the same people. Theirs has one more person, whom all kinds of data mention."""
        await wipe(self.driver)
        graph = Graph(self.driver)
        for name in (OURS, THEIRS):
            messages: list[Record] = [own("ana@home.example", "Ana Silva")]
            messages += talk("ben@near.example", "ana@home.example")
            messages += talk("jane@far.example", "ben@near.example", copy="ana@home.example")
            connection_rows = [(by_profile("cleo", "Cleo Far", "cleo@far.example"), "Far Inc.")]
            if name == THEIRS:
                messages += talk(ADDRESS, "ana@home.example")
                connection_rows.append((by_profile("zyxwald", CANARY_NAME, ADDRESS), CANARY_COMPANY))
            await load_export(graph, messages, name=name)
            await load_export(graph, connections(*connection_rows), kind="linkedin", name=name)
            network, member = await home(graph, name)
            await grant_token(graph, network, member, name)
        # the last use is stored once a minute, so it could change between two equal requests
        await self.driver.execute_query("MATCH (t:Token) SET t.last_used_at = timestamp() + 24 * 60 * 60 * 1000")
        _, text = await self.ask(THEIRS, CANARY_QUERY)
        assert '"data"' in text, text
        target, viewer = (json.loads(text)["data"][one] for one in ("person", "viewer"))
        for change in (
            f"""createStatement(input: {{
              fromPersonId: "{target["id"]}", toPersonId: "{viewer["person"]["id"]}", kind: MET
            }}) {{ statement {{ statedOn }} }}""",
            f'hideContact(input: {{contact: {{company: "{CANARY_COMPANY}"}}}}) {{ hiddenContact {{ id }} }}',
            f'createInvitation(input: {{email: "{ADDRESS}"}}) {{ secret }}',
            f'createLoadJob(input: {{fileName: "{CANARY}.zip"}}) {{ job {{ id }} }}',
            f'createToken(input: {{name: "{CANARY}", scopes: [READ]}}) {{ secret }}',
            f'renameViewer(input: {{name: "{CANARY_NAME}"}}) {{ member {{ name }} }}',
        ):
            status, text = await self.ask(THEIRS, f"mutation {{ {change} }}")
            assert status == 200
            assert "errors" not in text, text


@pytest_asyncio.fixture(loop_scope="session")
async def server(driver: neo4j.AsyncDriver, tmp_path: Path) -> AsyncIterator[Server]:
    # hundreds of requests at once take longer than the time limit of one on a slow machine
    limits = replace(LIMITS, search_seconds=600, request_seconds=600)
    async with served(Graph(driver), limits=limits, uploads=tmp_path) as client:
        yield Server(driver, client, asyncio.get_running_loop())


class IsolationMachine(RuleBasedStateMachine):
    """Sends every kind of request from one network, about its own data, the other network's, and absent data."""

    server: Server

    @initialize()
    def begin(self) -> None:
        """Create both networks."""
        self.server.run(self.server.create_networks())
        self.mine = self.server.run(self.server.ids(OURS))
        self.theirs = [id for id in self.server.run(self.server.ids(THEIRS)) if id not in self.mine]
        self.before = self.server.run(self.server.dump(THEIRS))
        self.own_words: set[str] = set()

    @rule(name=st.sampled_from(sorted(QUESTIONS | CHANGES)), data=st.data())
    def ask(self, name: str, data: st.DataObject) -> None:
        """Requests about absent data and about data of the other network have equal answers."""
        existing: dict[str, str] = {}
        absent: dict[str, str] = {}
        absent_ids: dict[str, str] = {}

        def any_of(what: Sequence[T]) -> T:
            # independent of the length, because ids differ in every run
            return what[data.draw(st.integers(0, 2**16)) % len(what)]

        def value(_: str, kind: Leaf) -> str:
            if isinstance(kind, GraphQLEnumType):
                return any_of(sorted(map(str, kind.values)))
            if kind.name == "Int":
                return any_of("123")
            if kind.name not in ("ID", "String"):
                return SCALARS[kind.name]
            if data.draw(st.booleans()):
                return json.dumps(any_of(self.mine if kind.name == "ID" else OUR_WORDS))
            stand_in = f"<{len(existing)}>"
            if kind.name == "ID":  # the same id twice is the same absent id twice
                word = any_of(self.theirs)
                two = (word, absent_ids.setdefault(word, uuid4().hex))
            else:
                two = any_of(THEIR_WORDS)
            existing[stand_in], absent[stand_in] = two
            return json.dumps(stand_in)

        question = document(name, value)
        note(question)
        answers = [self.answer(question, words) for words in (absent, existing)]
        # a mutation of our own data is not compared: it has a different result the second time
        if existing and (name in QUESTIONS or not {"String"} & set(takes((QUESTIONS | CHANGES)[name]))):
            assert answers[0] == answers[1]
        assert self.server.run(self.server.dump(THEIRS)) == self.before

    def answer(self, question: str, words: dict[str, str]) -> tuple[int, str]:
        """The answer with stand-ins in the place of the words, as in the request."""
        query = question
        for stand_in, word in words.items():
            query = query.replace(stand_in, word)
        if query.startswith("mutation"):  # renaming the viewer makes the word part of their own data
            self.own_words.update(words.values())
        status, text = self.server.run(self.server.ask(OURS, query))
        assert status not in (400, 500), text
        for id in self.theirs:
            assert id in query or id not in text
        rest = reduce(lambda left, word: re.sub(re.escape(word), "", left, flags=re.IGNORECASE), self.own_words, text)
        assert CANARY.lower() in query.lower() or CANARY.lower() not in rest.lower(), text
        for stand_in, word in words.items():
            text = text.replace(word, stand_in)
        if status == 401:
            self.begin()
        return status, GENERATED.sub("~", text)


def test_requests_of_one_network_reveal_nothing_of_another(server: Server) -> None:
    IsolationMachine.server = server
    run_state_machine_as_test(
        IsolationMachine,
        settings=settings(
            max_examples=int(EXAMPLES) // 10 if EXAMPLES else 2,
            stateful_step_count=40 if EXAMPLES else 25,
            derandomize=EXAMPLES is None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


async def test_guessed_ids_and_ids_of_other_networks_are_unknown(server: Server) -> None:
    await server.create_networks()
    ids = [*{*await server.ids(THEIRS)} - {*await server.ids(OURS)}, *(uuid4().hex for _ in range(250))]
    types: set[str] = set()
    for first in range(0, len(ids), ALIASES):
        batch = ids[first : first + ALIASES]
        fields = " ".join(f'a{at}: person(ref: {{id: "{id}"}}) {{ __typename }}' for at, id in enumerate(batch))
        _, text = await server.ask(OURS, f"{{ {fields} }}")
        types.update(value["__typename"] for value in json.loads(text)["data"].values())

    assert types == {"UnknownTarget"}


def argument(name: str, kind: Leaf) -> str:
    """A value for an argument that does not affect the test."""
    if isinstance(kind, GraphQLEnumType):
        return "email" if "email" in kind.values else list(kind.values)[-1]
    if name in ("tag", "throughTag"):
        return "null"  # a tag that nobody created is an error
    return ARGUMENTS[str(kind)].replace(CANARY_NAME, ADDRESS if name == "email" else CANARY_NAME)


async def test_concurrent_requests_of_two_networks_get_their_own_answers(server: Server) -> None:
    await server.create_networks()
    questions = [document(name, argument) for name in QUESTIONS]
    requests = [(who, question) for question in questions for who in (OURS, THEIRS)]
    sequential = [await server.ask(*request) for request in requests]

    concurrent: list[tuple[int, str]] = []
    for some in batches(requests * 2, OPEN_REQUESTS):
        concurrent += await asyncio.gather(*(server.ask(*request) for request in some))

    assert concurrent == sequential * 2
    their_ids = {*await server.ids(THEIRS)} - {*await server.ids(OURS)}
    has_their_ids: dict[str, bool] = dict.fromkeys((OURS, THEIRS), False)
    for (who, question), (status, text) in zip(requests, sequential, strict=True):
        assert (status, '"errors"' in text) == (200, False), (question, text)
        has_their_ids[who] |= any(id in text for id in their_ids)
    assert has_their_ids == {OURS: False, THEIRS: True}
