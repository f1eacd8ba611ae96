"""Tests of the audit log: written before the answer, shown to owners by their clearance, deleted after a year."""

from datetime import timedelta

import neo4j

from cypher import Query
from graph.database.client import Graph
from graph.derivation.refresh import refresh_network
from graph.errors import DatabaseUnavailable
from graph.membership.invitations import create_invitation
from graph.membership.joining import join_network
from graph.membership.leaving import leave_network
from graph.networks.permissions import Role
from graph.networks.sources import SharingLevel
from graph.networks.tokens import grant_token
from graph.records import Handle, HandleKind, ObservedName, PersonMention
from tests.api.conftest import LIMITS, SIGNED, TOKEN, served
from tests.api.graphql.privacy.test_data_subjects import EXPORT, FORGET, ask, everything
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import TODAY, home, load_export, own, talk

ANA, BEN, CLEO, DAN = "ana@home.example", "ben@home.example", "cleo@far.example", "dan@far.example"
ROUTES = "query($ref: PersonRef!) { introductions(to: $ref) { __typename } }"
TIE = "query($ref: PersonRef!) { tie(from: $ref) { __typename } }"
WHO = "query($ref: PersonRef!) { person(ref: $ref) { __typename } }"
AUDIT = """query($after: String) { auditEntries(first: 2, after: $after) {
  edges { node { memberName action people { name } } } pageInfo { endCursor hasNextPage } } }"""


async def test_owners_read_the_audit_log_and_the_reading_is_audited(driver: neo4j.AsyncDriver) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben")
    await driver.execute_query("MATCH (m:Member) SET m.name = m.id")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, CLEO)], SharingLevel.EVIDENCE)
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, DAN)])
    for member in ("ana", "ben"):
        await grant_token(graph, network, member, member)
    async with served(graph, limits=LIMITS) as client:
        for document, who in ((ROUTES, CLEO), (TIE, DAN), (WHO, CLEO), (WHO, BEN), (WHO, "nobody@far.example")):
            assert "errors" not in await ask(client, document, "ben", ref={"email": who})
        refused = await ask(client, AUDIT, "ben")
        assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"

        first = (await ask(client, AUDIT, "ana"))["data"]["auditEntries"]
        assert [edge["node"] for edge in first["edges"]] == [
            {"memberName": "ana", "action": "AUDIT", "people": []},
            {"memberName": "ben", "action": "PERSON", "people": [{"name": "Cleo"}]},
        ]
        assert first["pageInfo"]["hasNextPage"]
        later = (await ask(client, AUDIT, "ana", after=first["pageInfo"]["endCursor"]))["data"]["auditEntries"]
        assert [(edge["node"]["action"], edge["node"]["people"]) for edge in later["edges"]] == [
            ("TIE", [{"name": "somebody whose name you may not see"}]),
            ("INTRODUCTIONS", [{"name": "Cleo"}]),
        ]
        held = (await ask(client, EXPORT, "ana", ref={"email": CLEO}))["data"]["dataSubjectExport"]["data"]
        requests = {(one["by"], one["action"]) for one in held["auditLog"]}
        assert requests >= {("ben", "person"), ("ben", "introductions")}
        assert (
            "auditLog"
            not in (await ask(client, EXPORT, "ben", ref={"email": CLEO}))["data"]["dataSubjectExport"]["data"]
        )

        await ask(client, FORGET, "ana", ref={"email": CLEO}, sure=True)
        rows, _, _ = await driver.execute_query("MATCH (a:AuditEntry) RETURN a.action AS act ORDER BY act")
        assert {row["act"] for row in rows} == {"audit", "tie"}
        await driver.execute_query(
            "MATCH (a:AuditEntry {action: 'tie'}) SET a.id = toString(timestamp() - 367 * 86400000) + 'x'"
        )
        await refresh_network(graph, network, as_of=TODAY + timedelta(days=1))
        rows, _, _ = await driver.execute_query("MATCH (a:AuditEntry) RETURN DISTINCT a.action AS act")
        assert [row["act"] for row in rows] == ["audit"]


async def test_an_answer_in_a_team_needs_an_audit_entry(driver: neo4j.AsyncDriver) -> None:
    await wipe(driver)

    class WithoutAudit(Graph):
        """A graph that cannot write audit entries."""

        async def run(self, query: Query, **params: object) -> list[dict[str, object]]:
            if query.name == "privacy/write_audit_entry":
                raise DatabaseUnavailable("Neo4j does not answer.")
            return await super().run(query, **params)

    graph = WithoutAudit(driver)
    network, member = await home(graph)
    await load_export(graph, [own(ANA, "Ana"), *talk(ANA, CLEO)])
    await grant_token(graph, network, member, TOKEN)
    async with served(graph, limits=LIMITS) as client:
        assert "errors" not in await ask(client, WHO, ref={"email": CLEO})
        await create_team_network(driver, graph, "ben")
        answer = await ask(client, WHO, ref={"email": CLEO})
    assert answer["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"


async def test_a_list_is_audited_and_an_erased_person_leaves_only_the_entries_of_others(
    driver: neo4j.AsyncDriver,
) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben")
    mails = [f"{who}@home.example" for who in ("ana", "ben", "cleo", "dan")]
    await load_for(
        graph,
        "ana",
        [own(mails[0], "Ana"), *talk(mails[0], mails[2]), *talk(mails[0], mails[3])],
        SharingLevel.EVIDENCE,
    )
    await grant_token(graph, network, "ana", TOKEN)

    async def noted() -> list[int]:
        query = "MATCH (a:AuditEntry {action: 'targets'}) RETURN size(a.people) AS many"
        rows, _, _ = await driver.execute_query(query)
        return [row["many"] for row in rows]

    async with served(graph) as client:
        await client.post("/targets", content="\n".join(mails[2:]), headers=SIGNED)
        assert await noted() == [2]
        await ask(client, FORGET, TOKEN, ref={"email": mails[2]}, sure=True)
    assert await noted() == [1]


async def test_the_log_names_the_account_after_a_change_of_its_name(driver: neo4j.AsyncDriver) -> None:
    """Mal asks, takes Vera's name, leaves, and a new member joins as Mal."""
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "mal", "vera")
    await driver.execute_query("MATCH (m:Member) SET m.name = toUpper(left(m.id, 1)) + substring(m.id, 1)")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, CLEO)], SharingLevel.EVIDENCE)
    for member in ("ana", "mal"):
        await grant_token(graph, network, member, member)
    rename = 'mutation { renameViewer(input: {name: "Vera"}) { __typename } }'
    log = "{ auditEntries(first: 9) { nodes { memberId memberName action } } }"

    async def actors() -> list[tuple[str, str]]:
        entries = (await ask(client, log, "ana"))["data"]["auditEntries"]["nodes"]
        return [(entry["memberId"], entry["memberName"]) for entry in entries if entry["action"] == "PERSON"]

    async with served(graph, limits=LIMITS) as client:
        await ask(client, WHO, "mal", ref={"email": CLEO})
        assert await actors() == [("mal", "Mal")]
        assert "errors" not in await ask(client, rename, "mal")
        assert await actors() == [("mal", "Mal")]
        await ask(client, WHO, "mal", ref={"email": CLEO})
        assert await actors() == [("mal", "Vera"), ("mal", "Mal")]
        await leave_network(graph, network, "mal")
        invitation, _ = await create_invitation(graph, network, "ana", role=Role.MEMBER)
        await join_network(graph, invitation, name="Mal", email=None)
        assert await actors() == [("mal", "Vera"), ("mal", "Mal")]


async def test_an_erased_former_member_is_in_the_log_by_account_only(driver: neo4j.AsyncDriver) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben")
    await driver.execute_query("MATCH (m:Member {id: 'ben'}) SET m.name = 'Ben Okoro'")
    card = ObservedName(PersonMention((Handle(HandleKind.EMAIL, BEN),), "Ben Okoro"), TODAY)
    await load_for(graph, "ana", [own(ANA, "Ana"), card, *talk(ANA, CLEO), *talk(ANA, BEN)], SharingLevel.EVIDENCE)
    for member in ("ana", "ben"):
        await grant_token(graph, network, member, member)
    log = "{ auditEntries(first: 9) { nodes { memberId memberName action } } }"
    async with served(graph) as client:
        assert "errors" not in await ask(client, WHO, "ben", ref={"email": CLEO})
        await leave_network(graph, network, "ben")
        entry = {"memberId": "ben", "memberName": "Ben Okoro", "action": "PERSON"}
        assert entry in (await ask(client, log, "ana"))["data"]["auditEntries"]["nodes"]
        await ask(client, FORGET, "ana", ref={"email": BEN}, sure=True)
        entries = (await ask(client, log, "ana"))["data"]["auditEntries"]["nodes"]
    assert {**entry, "memberName": "a former member"} in entries
    assert "okoro" not in (await everything(driver)).lower()
