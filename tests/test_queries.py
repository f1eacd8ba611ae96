"""Every query file keeps its word: planned by a real Neo4j without a hint, its columns those of its header."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest
import pytest_asyncio

import cypher
from graph.session import Graph
from tests.conftest import wipe

# only these want all that a source holds; in any other, a planner that knows of few ties yet would read all of them,
# for each person, and go on so while they become many (docs/performance.md)
BY_SOURCE = {
    "fold_evidence",
    "keep_evidence",
    "share_reaches",
    "source_empty_evidence",
    "source_evidence",
    "asides_said",
    "statement_withdraw",
    "forget_statements",
    "statements",
    "tie_asides",
}
STARTS = re.compile(r"\{network: \$network|\$network|\(n:Network \{")
WHOLE = {"copy_nodes", "copy_nodes_write", "copy_ties", "copy_ties_write"}  # of the whole database, and no request's
BY_KEY = {
    "leads_assistants",
    "past_leads",
    "forget_assistants",
    "forget_named",
    "evidence_old",
    "routes_two_introducers",
    "routes_two_introducers_inwards",
    "routes_three_introducers",
    "routes_three_introducers_inwards",
}  # which a relationship bears, a few of them


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def planner(driver: neo4j.AsyncDriver) -> neo4j.AsyncDriver:
    """Plans as for an empty store, whatever was there before: of a few nodes of a kind it reads all."""
    await wipe(driver)
    await driver.execute_query("CALL db.clearQueryCaches()")
    return driver


@pytest.mark.parametrize("name", cypher.names())
async def test_a_query_plans_and_keeps_its_word(planner: neo4j.AsyncDriver, name: str) -> None:
    query = cypher.load(name)

    result = await planner.execute_query("EXPLAIN " + query.text, dict.fromkeys(query.params))

    hints = [status for status in result.summary.gql_status_objects if status.is_notification]
    assert [status.status_description for status in hints] == []
    assert tuple(result.keys) == query.returns
    assert result.summary.plan is not None
    operators = set(steps(result.summary.plan))
    assert name in WHOLE | OF_ALL_NETWORKS or not operators & {"AllNodesScan", "NodeByLabelScan"}, "no index is used"
    if name not in BY_SOURCE | BY_KEY:
        seeks = {step for step in operators if "RelationshipIndexSeek" in step or "RelationshipTypeScan" in step}
        assert seeks == set(), "reads a source whole where it should go from people to people"


def steps(plan: dict[str, Any]) -> Iterator[str]:
    """Every operator of a plan, without the database's name."""
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", []):
        yield from steps(child)


# the schema is of all networks, and a token is how a request learns which is its own
DOORS = {"member_token_holder", "invitation_network", "signing_in", "link_open"}
OF_ALL_NETWORKS = {"store_size", "store_indexes", "store_strays", "store_crossings"}  # the doctor's
OF_NO_NETWORK = WHOLE | {"schema_guard", "schema_turn", "networks", "networks_answered"} | DOORS | OF_ALL_NETWORKS


@pytest.mark.parametrize("name", sorted({*cypher.names()} - OF_NO_NETWORK))
def test_a_query_begins_from_one_network(name: str) -> None:
    body = "\n".join(line for line in cypher.load(name).text.splitlines() if not line.startswith("//"))

    assert STARTS.search(body), f"{name} finds nodes without saying in which network"


async def test_parameters_that_are_not_the_headers_are_refused(driver: neo4j.AsyncDriver) -> None:
    with pytest.raises(TypeError, match="network_leave takes"):
        await Graph(driver).run(cypher.load("network_leave"), network="n")


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
