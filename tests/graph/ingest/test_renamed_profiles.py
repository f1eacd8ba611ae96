"""A LinkedIn profile whose address changed: the same history, loaded under both addresses, counts once."""

from datetime import timedelta

import neo4j
import pytest

from graph.database.client import Graph
from graph.records import Channel, Interaction, Owner, PersonMention, Record
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
