"""People who are called otherwise in a later load: the same history, loaded under both names, counts once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.database.client import Graph
from graph.records import Channel, Interaction, Owner, PersonMention, Record
from sources import whatsapp
from tests.graph.ingest.test_load import query_rows
from tests.graph.worlds import NOON, by_mail, by_profile, connections, load_export

PEOPLE = (
    "MATCH (n:Network {name: $name}) MATCH (p:Person {network: n.id})<-[:OF]-(i:Identity) "
    "WITH p, i ORDER BY i.key WITH p, collect(i.key) AS keys RETURN p.name, keys ORDER BY p.name, keys"
)
TIES = (
    "MATCH (n:Network {name: $name}) MATCH (p:Person {network: n.id})-[k:KNOWS]->(q) RETURN p.name, q.name, k.strength"
)


def archive(own: str, jonas: str, *, jonas_name: str = "Jonas Petrik", shift: int = 0) -> list[Record]:
    """A LinkedIn archive with one conversation of six messages; `shift` moves each by seconds."""
    me, friend = by_profile(own, "Maren Osei"), by_profile(jonas, jonas_name)

    def wrote(by: PersonMention, to: PersonMention, ago: int) -> Interaction:
        return Interaction(by, (to,), NOON - timedelta(days=ago, seconds=shift), Channel.LINKEDIN)

    messages = [wrote(*pair, ago) for ago in range(1, 4) for pair in ((me, friend), (friend, me))]
    return [
        Owner(by_mail("maren@home.example", "Maren Osei")),
        Owner(me),
        *messages,
        *connections((friend, "Halmgard")),
    ]


@pytest.mark.parametrize(("own", "jonas"), [("maren-osei", "jonas"), ("marenosei", "jonas-p"), ("marenosei", "jonas")])
async def test_a_history_under_two_addresses_of_a_profile_counts_once(
    driver: neo4j.AsyncDriver, graph: Graph, own: str, jonas: str
) -> None:
    before, after = archive("maren-osei", "jonas"), archive(own, jonas)
    await load_export(graph, before, kind="linkedin", name="once", owner=None)
    for name, order in (("forwards", (before, after)), ("backwards", (after, before))):
        for records in order:
            await load_export(graph, records, kind="linkedin", name=name, owner=None)

    ties = {name: sorted(await query_rows(driver, TIES, name=name)) for name in ("once", "forwards", "backwards")}
    assert ties["once"] == ties["forwards"] == ties["backwards"]
    assert len(ties["once"]) == 2
    for name in ("forwards", "backwards"):
        assert await query_rows(driver, PEOPLE, name=name) == [
            ["Jonas Petrik", sorted({"linkedin:jonas", f"linkedin:{jonas}"})],
            ["Maren Osei", sorted({"email:maren@home.example", "linkedin:maren-osei", f"linkedin:{own}"})],
        ]


@pytest.mark.parametrize("other", [{"shift": 1}, {"jonas_name": "Jonas Weber"}])
async def test_another_conversation_or_name_is_another_contact(
    driver: neo4j.AsyncDriver, graph: Graph, other: dict[str, int | str]
) -> None:
    for records in (archive("maren-osei", "jonas"), archive("maren-osei", "jonas-2", **other)):  # type: ignore[arg-type]
        await load_export(graph, records, kind="linkedin", name="two", owner=None)

    keys = [row[1] for row in await query_rows(driver, PEOPLE, name="two")]
    assert ["linkedin:jonas"] in keys
    assert ["linkedin:jonas-2"] in keys


ALL = slice(None)
LINES = [(day, hour, "Mia Ember" if hour < 12 else "{}") for day in range(1, 6) for hour in (9, 14)]


@pytest.fixture
def load_chat(graph: Graph, tmp_path: Path) -> Callable[..., Any]:
    """Load a WhatsApp chat with a contact of this name, and of these lines of it."""

    async def load(name: str, network: str, *, lines: slice = ALL, minute: int = 0) -> None:
        path = tmp_path / f"WhatsApp Chat with {name}.txt"
        written = (f"0{day}/08/2026, {hour:02}:{minute:02} - {by.format(name)}: hi" for day, hour, by in LINES[lines])
        path.write_text("13/07/2026, 09:00 - Mia Ember: hello\n" + "\n".join(written) + "\n", "utf-8")
        await load_export(graph, whatsapp.read([path]), kind="whatsapp", name=network, owner="Mia Ember")

    return load


@pytest.mark.parametrize(
    "order",
    [
        [("Ben Harbor", slice(0, 7)), ("Ben Okafor", slice(0, 10))],
        [("Ben Okafor", slice(0, 10)), ("Ben Harbor", slice(0, 7))],
        [
            ("Ben Harbor", slice(0, 10)),
            ("Ben Okafor", slice(0, 10)),
            ("Ben Harbor", slice(0, 10)),
            ("Benno", slice(0, 10)),
        ],
    ],
)
async def test_a_chat_with_a_renamed_contact_counts_once(
    driver: neo4j.AsyncDriver, load_chat: Callable[..., Any], order: list[tuple[str, slice]]
) -> None:
    await load_chat("Ben Okafor", "once")
    for name, lines in order:
        await load_chat(name, "renamed", lines=lines)

    ties = {name: await query_rows(driver, TIES, name=name) for name in ("once", "renamed")}
    strengths = {name: sorted(row[2] for row in rows) for name, rows in ties.items()}
    assert strengths["renamed"] == strengths["once"]
    assert len(strengths["once"]) == 2


async def test_a_chat_with_other_messages_is_another_persons(
    driver: neo4j.AsyncDriver, load_chat: Callable[..., Any]
) -> None:
    await load_chat("Ben Harbor", "two")
    await load_chat("Ben Okafor", "two", minute=1)

    ties = await query_rows(driver, TIES, name="two")
    assert len({name for row in ties for name in row[:2]}) == 3
