"""Neo4j plans every query without a warning, and its columns are those of the header."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest
import pytest_asyncio

import cypher
from cypher.joining import joined_param, joined_text
from graph.database.client import Graph
from tests.conftest import wipe

# only these read all ties of a source; in any other query, a plan made while there are few ties would read all of them
# for each person, and stay in use when there are many (docs/decisions/0038-loads-in-batches-of-lists.md)
BY_SOURCE = {
    "derivation/merge_staged_evidence",
    "derivation/move_evidence_between_parts",
    "sharing/count_newly_reachable_people",
    "derivation/delete_source_evidence",
    "ingest/read_source_evidence",
    "membership/list_out_of_touch_and_unroutable_identities",
    "statements/withdraw_statement",
    "privacy/delete_orphaned_statement_facts",
    "statements/list_statements",
    "ties/list_out_of_touch_and_unroutable_people",
}
STARTS = re.compile(r"\{network: \$network|\$network|\(n:Network \{")
WHOLE_DATABASE = {
    "database/read_all_nodes",
    "database/write_nodes",
    "database/read_all_relationships",
    "database/write_relationships",
}  # compaction copies the whole database
BY_KEY = {
    "lookup/list_company_keys",
    "lookup/list_facts_at_companies",
    "lookup/find_known_people",
    "lookup/find_known_people_at_companies",
    "lookup/count_people_at_companies",
    "insights/list_educations_at_schools",
    "introductions/find_people_by_domain",
    "lookup/list_assistants",
    "privacy/delete_assistant_facts",
    "privacy/filter_names_in_use",
    "privacy/trim_old_evidence",
    "privacy/trim_unreachable_days",
    "ties/list_unreachable_identities",
    "introductions/find_routes_two_introducers",
    "introductions/find_routes_two_introducers_inwards",
    "introductions/find_routes_three_introducers",
    "introductions/find_routes_three_introducers_inwards",
}  # look up a few relationships by a key

BATCHES = (
    ("networks/find_token_holder", "networks/read_state"),
    (
        "introductions/find_asleep_introducers",
        "lookup/read_profiles",
        "requests/read_stamps",
        "ties/filter_strength_only_pairs",
        "ties/read_evidence",
        "ties/read_ties",
    ),
)
"""Reads that an answer sends in one round trip (docs/decisions/0034-one-round-trip-for-several-reads.md)."""


def names_in_queries() -> dict[str, Any]:
    """Every label, relationship type and property key that a query names. Additional words have no effect."""
    text = "\n".join(
        line for name in cypher.names() for line in cypher.load(name).text.splitlines() if "//" not in line
    )
    marked = set(re.findall(r"[:|&!](\w+)", text))
    return {
        "labels": sorted(name for name in marked if name[0].isupper() and not name.isupper()),
        "types": sorted(name for name in marked if name.isupper()),
        "properties": dict.fromkeys(_keys(text), 0),
    }


def _keys(text: str) -> list[str]:
    return sorted({first or second for first, second in re.findall(r"\.([a-z_]\w*)|\b([a-z_]\w*):", text)})


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def planner(driver: neo4j.AsyncDriver) -> neo4j.AsyncDriver:
    """A driver to an empty store that knows every label, type and property key, so that no plan has a warning."""
    await wipe(driver)
    await driver.execute_query(
        """
        CREATE (n:$($labels)) SET n = $properties
        WITH n UNWIND $types AS type
        CREATE (n)-[:$(type)]->(n)
        WITH DISTINCT n DETACH DELETE n
        """,
        **names_in_queries(),
    )
    await driver.execute_query("CALL db.clearQueryCaches()")
    return driver


@pytest.mark.replans
@pytest.mark.parametrize("name", cypher.names())
async def test_a_query_uses_indexes_and_returns_its_declared_columns(planner: neo4j.AsyncDriver, name: str) -> None:
    query = cypher.load(name)

    result = await planner.execute_query("EXPLAIN " + query.text, dict.fromkeys(query.params))

    hints = [status for status in result.summary.gql_status_objects if status.is_notification]
    assert [status.status_description for status in hints] == []
    assert tuple(result.keys) == query.returns
    assert result.summary.plan is not None
    operators = set(steps(result.summary.plan))
    assert name in WHOLE_DATABASE | OF_ALL_NETWORKS or not operators & {"AllNodesScan", "NodeByLabelScan"}, (
        "no index is used"
    )
    if name not in BY_SOURCE | BY_KEY:
        seeks = {step for step in operators if "RelationshipIndexSeek" in step or "RelationshipTypeScan" in step}
        assert seeks == set(), "the plan reads all ties of a source instead of those of a person"


@pytest.mark.replans
@pytest.mark.parametrize("names", BATCHES, ids=", ".join)
async def test_joined_reads_use_indexes(planner: neo4j.AsyncDriver, names: tuple[str, ...]) -> None:
    reads = [cypher.load(name) for name in names]
    params = [joined_param(number, name) for number, read in enumerate(reads) for name in read.params]

    text = joined_text(tuple((read.text, read.returns) for read in reads))
    result = await planner.execute_query("EXPLAIN " + text, dict.fromkeys(params))

    hints = [status for status in result.summary.gql_status_objects if status.is_notification]
    assert [status.status_description for status in hints] == []
    assert len(result.keys) == len(names)
    assert result.summary.plan is not None
    operators = set(steps(result.summary.plan))
    assert not operators & {"AllNodesScan", "NodeByLabelScan"}
    assert not any("RelationshipIndexSeek" in step or "RelationshipTypeScan" in step for step in operators)


def steps(plan: dict[str, Any]) -> Iterator[str]:
    """Every operator of a plan, without the database's name."""
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", []):
        yield from steps(child)


# these find the network of a token, an invitation, a link or a Slack workspace
CREDENTIAL_LOOKUPS = {
    "slack/find_workspace",
    "slack/find_link_code",
    "networks/find_token_holder",
    "membership/find_invitation_network",
    "membership/find_sign_in_options",
    "privacy/find_open_proof",
}
OF_ALL_NETWORKS = {
    "database/read_size_and_clock",
    "database/list_offline_indexes",
    "database/count_nodes_without_network",
    "database/count_relationships_across_networks",
}  # used by the doctor
OF_NO_NETWORK = (
    WHOLE_DATABASE
    | {
        "database/create_schema_lock",
        "database/take_schema_lock",
        "events/list_networks_with_events",
        "networks/list_received_load_jobs",
        "networks/list_networks",
        "privacy/list_networks_with_controller",
    }
    | CREDENTIAL_LOOKUPS
    | OF_ALL_NETWORKS
)


@pytest.mark.parametrize("name", sorted({*cypher.names()} - OF_NO_NETWORK))
def test_a_query_starts_from_one_network(name: str) -> None:
    body = "\n".join(line for line in cypher.load(name).text.splitlines() if not line.startswith("//"))

    assert STARTS.search(body), f"{name} matches nodes without a network"


async def test_parameters_missing_from_the_header_are_refused(driver: neo4j.AsyncDriver) -> None:
    with pytest.raises(TypeError, match="networks/release_lease takes"):
        await Graph(driver).run(cypher.load("networks/release_lease"), network="n")


@pytest.mark.parametrize(
    "text",
    ["// mode: read\n// params:\nRETURN 1 AS one", "// mode: read\n// params: a\n// returns: one\nRETURN $b AS one"],
    ids=["no returns", "other params"],
)
def test_a_file_whose_header_and_body_disagree_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "wrong.cypher").write_text(text, "utf-8")
    monkeypatch.setattr(cypher, "files", lambda _: tmp_path)

    with pytest.raises(cypher.QueryFileError):
        cypher.load("wrong")
