"""No mutation of the schema makes one member another: each is tried, or has a reason why it touches no identity."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import neo4j

from api.graphql.schema import RULES
from graph.database.client import Graph
from graph.networks.tokens import grant_token
from graph.privacy.erasure_requests import ErasureRequest
from graph.privacy.proof_links import create_proof_link
from graph.privacy.subject_requests import SubjectOutcome, request_erasure_of_address
from tests.api.conftest import served
from tests.api.graphql.contributing.test_two_members import (
    MAL,
    NED,
    PERSON,
    VERA,
    VIEWER,
    addresses,
    ask,
    load,
    table,
)
from tests.conftest import wipe
from tests.graph.teams import create_team_network

NO_IDENTITY = {
    "shareSource": "changes who sees a source",
    "setIntroducerVisibility": "changes when colleagues are named",
    "setPrivacySettings": "names the controller and deletes old evidence",
    "markPeopleNotified": "stores a day",
    "unmarkPeopleNotified": "deletes a day",
    "withdrawInvitation": "deletes an invitation",
    "setLeavingPolicy": "changes what happens to sources of members who leave",
    "createToken": "creates a token of the account itself",
    "revokeToken": "deletes a token of the account itself",
    "createIntroductionRequest": "stores a draft about people who exist",
    "createNextIntroductionRequest": "stores a draft about people who exist",
    "updateIntroductionRequest": "changes the texts of a draft",
    "sendIntroductionRequest": "changes the state of a request",
    "withdrawIntroductionRequest": "changes the state of a request",
    "respondToIntroductionRequest": "changes the state of a request; the statement is that of createStatement",
    "recordTargetResponse": "changes the state of a request",
    "recordIntroduction": "changes the state of a request",
    "recordIntroductionOutcome": "changes the state of a request",
    "thankIntroducer": "changes the state of a request",
    "createWebhook": "stores an address of a program",
    "deleteWebhook": "deletes an address of a program",
    "setIntroducerPreferences": "stores limits of the member itself",
    "setNetworkGoal": "stores a choice of the member itself",
    "markNotificationsRead": "stores a time",
    "setEmailDigest": "stores a preference of the member itself",
    "respondToNurtureSuggestion": "stores a day in a plan of the member itself",
    "restoreContactPlan": "stores what a plan of the member itself said before",
    "setContactPlan": "stores a rhythm and a note of the member itself",
    "deleteContactPlan": "deletes a plan of the member itself",
    "archivePeople": "leaves people out of the answers of the member itself",
    "restorePeople": "undoes archivePeople",
    "createTag": "stores a name of the member itself",
    "tagPeople": "stores identities in a tag of the member itself",
    "untagPeople": "changes a tag of the member itself",
    "setTagRule": "changes a tag of the member itself, and names nobody",
    "importTags": "names tags of the member itself like groups of their own sources",
    "deleteTag": "deletes a tag of the member itself",
    "leaveNetwork": "ends the membership of the account itself",
}
"""Mutations that store, delete and decide nothing about whose an identity is."""


class Doors:
    """Mal, an owner, tries each mutation with Vera's person and address. A method has the name of its mutation."""

    def __init__(self, graph: Graph, network: str, client: httpx.AsyncClient) -> None:
        self.graph, self.network, self.client = graph, network, client

    async def send(self, mutation: str, selection: str, **input: Any) -> Any:
        """Send a mutation as Mal. A refusal is as good as an answer, but the document must be valid."""
        kind = f"{mutation[0].upper()}{mutation[1:]}Input"
        document = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} }} }}"
        answer = await ask(self.client, "mal", document, input=input)
        codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
        assert set(codes) <= {"BAD_USER_INPUT", "FORBIDDEN"}, answer
        return (answer["data"] or {}).get(mutation) if answer.get("data") else None

    async def person(self, email: str) -> str:
        return str((await ask(self.client, "mal", PERSON, email=email))["data"]["person"]["id"])

    async def me(self) -> str:
        return str((await ask(self.client, "mal", VIEWER))["data"]["viewer"]["person"]["id"])

    async def createLoadJob(self) -> None:  # noqa: N802 - the name of the mutation
        for name in ("table.csv", "own.csv"):
            assert (await load(self.client, "mal", name, table(VERA).encode(), VERA))["status"] == "FAILED"

    async def mergePeople(self) -> None:  # noqa: N802
        me, vera, ned = await self.me(), await self.person(VERA), await self.person(NED)
        for ids in ([me, vera], [vera, me], [vera, ned], [ned, vera, me]):
            await self.send("mergePeople", "decision { id }", personIds=ids)

    async def markPeopleDistinct(self) -> None:  # noqa: N802
        me, vera, ned = await self.me(), await self.person(VERA), await self.person(NED)
        for first, second in ((me, vera), (vera, ned)):
            await self.send("markPeopleDistinct", "decision { id }", firstPersonId=first, secondPersonId=second)

    async def splitPerson(self) -> None:  # noqa: N802
        document = "query($id: ID!) { person(ref: {id: $id}) { ... on Person { identities { id } } } }"
        own = (await ask(self.client, "mal", "{ viewer { person { id identities { id } } } }"))["data"]["viewer"][
            "person"
        ]
        vera = await self.person(VERA)
        veras = (await ask(self.client, "mal", document, id=vera))["data"]["person"]
        for id, person in ((own["id"], own), (vera, veras)):
            ids = [identity["id"] for identity in person["identities"]]
            await self.send("splitPerson", "decision { id }", personId=id, identityIds=ids[:1])

    async def undoIdentityDecision(self) -> None:  # noqa: N802
        answer = await ask(self.client, "mal", "{ identityDecisions { nodes { id } } }")
        for decision in answer["data"]["identityDecisions"]["nodes"]:
            await self.send("undoIdentityDecision", "undoneDecisionId", id=decision["id"])

    async def createStatement(self) -> None:  # noqa: N802
        me, vera, ned = await self.me(), await self.person(VERA), await self.person(NED)
        for first, second in ((vera, me), (vera, ned), (me, vera)):
            await self.send("createStatement", "__typename", fromPersonId=first, toPersonId=second, kind="KNOWS_WELL")

    async def withdrawStatement(self) -> None:  # noqa: N802
        vera, ned = await self.person(VERA), await self.person(NED)
        await self.send("withdrawStatement", "__typename", fromPersonId=vera, toPersonId=ned, kind="KNOWS_WELL")

    async def hideContact(self) -> None:  # noqa: N802
        await self.send("hideContact", "__typename", contact={"personId": await self.person(VERA)})

    async def unhideContact(self) -> None:  # noqa: N802
        answer = await ask(self.client, "mal", "{ hiddenContacts { nodes { id } } }")
        for hidden in answer["data"]["hiddenContacts"]["nodes"]:
            await self.send("unhideContact", "__typename", id=hidden["id"])

    async def excludeIntroducer(self) -> None:  # noqa: N802
        await self.send("excludeIntroducer", "__typename", person={"email": VERA}, isNetworkWide=True)

    async def unexcludeIntroducer(self) -> None:  # noqa: N802
        answer = await ask(self.client, "mal", "{ excludedIntroducers { nodes { id } } }")
        for excluded in answer["data"]["excludedIntroducers"]["nodes"]:
            await self.send("unexcludeIntroducer", "__typename", id=excluded["id"])

    async def proveAddress(self) -> None:  # noqa: N802
        links = ["0", await create_proof_link(self.graph, f"email:{VERA}")]  # as if Mal read Vera's mailbox
        for link in links:
            assert await self.send("proveAddress", "address", link=link) is None

    async def renameViewer(self) -> None:  # noqa: N802
        await self.send("renameViewer", "__typename", name="Vera")

    async def createInvitation(self) -> None:  # noqa: N802
        invited = await self.send("createInvitation", "__typename secret", role="OWNER", email=VERA)
        signed = {"Authorization": f"Bearer {invited['secret']}"}
        joined = await self.client.post("/join", json={"name": "Vera"}, headers=signed)
        token = joined.json()["token"]
        assert (await ask(self.client, token, VIEWER))["data"]["viewer"]["person"] is None
        assert (await load(self.client, token, "own.csv", table(VERA).encode(), VERA))["status"] == "FAILED"

    async def changeMemberRole(self) -> None:  # noqa: N802
        for role in ("ASKER", "MEMBER"):
            await self.send("changeMemberRole", "__typename", id="vera", role=role)

    async def removeSource(self) -> None:  # noqa: N802
        answer = await ask(self.client, "mal", "{ sources { nodes { id } } }")
        for source in answer["data"]["sources"]["nodes"][1:]:
            await self.send("removeSource", "__typename", id=source["id"])

    async def disputeErasure(self) -> None:  # noqa: N802
        refused = await request_erasure_of_address(self.graph, self.network, f"email:{VERA}", proved_at=0, days=7)
        assert refused in (SubjectOutcome.MEMBER, SubjectOutcome.NOT_STORED)
        await self.decide_for_ned("disputeErasure", reason="-")

    async def dismissErasure(self) -> None:  # noqa: N802
        await self.decide_for_ned("dismissErasure", reason="-")

    async def confirmErasure(self) -> None:  # noqa: N802
        await self.decide_for_ned("confirmErasure")

    async def decide_for_ned(self, mutation: str, **reason: str) -> None:
        request = await request_erasure_of_address(self.graph, self.network, f"email:{NED}", proved_at=0, days=7)
        assert isinstance(request, ErasureRequest)
        await self.send(mutation, "__typename", id=request.id, **reason)

    async def erasePerson(self) -> None:  # noqa: N802
        await self.send("erasePerson", "result { __typename }", person={"email": VERA}, isConfirmed=True)

    async def removeMember(self) -> None:  # noqa: N802
        """Comes last: from then on Vera is no member, and Mal must not be her all the same."""
        await self.send("removeMember", "__typename", id="vera")


TRIED = [name for name in vars(Doors) if name in RULES.mutations]


def test_every_mutation_is_tried_or_has_a_reason() -> None:
    assert sorted([*TRIED, *NO_IDENTITY]) == sorted(RULES.mutations)


async def test_no_mutation_makes_one_member_another(driver: neo4j.AsyncDriver, tmp_path: Path) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "vera", "mal")
    await driver.execute_query(
        "MATCH (m:Member) WHERE m.id IN ['vera', 'mal'] "
        "SET m.role = 'owner', m.confirmed_keys = CASE m.id WHEN 'vera' THEN [$key] END",
        key=f"email:{VERA}",
    )
    for member in ("vera", "mal"):
        await grant_token(graph, network, member, member)
    async with served(graph, uploads=tmp_path) as client:
        for member, address in (("vera", VERA), ("mal", MAL)):
            assert (await load(client, member, "own.csv", table(address).encode(), address))["error"] is None
        writes = "".join(f"{by},{to},2026-11-09T09:00:00+00:00,mail\n" for by, to in ((MAL, VERA), (VERA, MAL)))
        text = f"from,to,at,channel\n{writes}"
        assert (await load(client, "mal", "more.csv", text.encode(), MAL))["error"] is None
        doors = Doors(graph, network, client)
        for name in TRIED:
            try_mutation: Callable[[], Awaitable[None]] = getattr(doors, name)
            await try_mutation()
            if name == "removeMember":
                me = (await ask(client, "mal", VIEWER))["data"]["viewer"]["person"]
                assert {identity["text"] for identity in me["identities"]} - {NED} == {MAL}
            else:
                # Ned is no member: Mal may say that Ned's address is Vera's too
                addresses_by_member = await addresses(client, "vera", "mal")
                assert {member: texts - {NED} for member, texts in addresses_by_member.items()} == {
                    "vera": {VERA},
                    "mal": {MAL},
                }, name
