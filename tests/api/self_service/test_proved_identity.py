"""A proof of an address opens, excludes and erases this address, and no identity that a row states beside it."""

from pathlib import Path

import httpx
import neo4j
import pytest

from graph.answers import AlreadyKnown
from graph.database.client import Graph
from graph.database.erasure_ledger import ErasureLedger
from graph.errors import PermissionDenied
from graph.ingest.load import load_records
from graph.introductions.answer import introductions
from graph.lookup.identities import list_identities
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.networks.tokens import grant_token
from graph.privacy.audit_log import AuditAction, record_audit_entry
from graph.privacy.erasure import reapply_erasures
from graph.privacy.proof_links import create_proof_link
from graph.records import Channel, Connection, Handle, HandleKind, Interaction, Part, PersonMention, Record
from graph.sharing.hidden_contacts import hide_contact, list_hidden_contacts
from tests.api.graphql.privacy.test_data_subjects import ask, everything
from tests.api.self_service.test_routes import ANA, BEN, EVE, FORM, complete_requested_erasures, create_team, serving
from tests.graph.teams import load_for, viewer_of
from tests.graph.worlds import NOON, TODAY, by_mail, own

CARLA = Handle(HandleKind.LINKEDIN, "https://www.linkedin.com/in/carla-ceo")
TOM = Handle(HandleKind.EMAIL, "tom@target.example")
OUTSIDER = "outsider@evil.example"
UNKNOWN = Handle(HandleKind.EMAIL, "nobody-loaded-this@far.example")


def messages(owner: str, other: Handle, name: str) -> list[Record]:
    """Five messages in each direction between the owner of an export and the other person."""
    pair = by_mail(owner), PersonMention((other,), name)
    return [
        Interaction(by, (to,), NOON, Channel.MAIL, f"{owner} {number} {by.name}")
        for number in range(5)
        for by, to in (pair, pair[::-1])
    ]


def planted_row(*handles: Handle) -> list[Record]:
    """A row whose writer states several identities together, as a job applicant or the sender of a card can."""
    return [Part("applicants"), Connection(PersonMention(handles, "Max Mustermann"), None, "applicants")]


async def prove(graph: Graph, browser: httpx.AsyncClient, address: str) -> httpx.Response:
    """Redeem a link for the address. Returns the page that it opens."""
    secret = await create_proof_link(graph, f"email:{address}")
    return await browser.post(f"/about-me/link/{secret}", follow_redirects=True)


@pytest.mark.parametrize(
    ("victim", "name", "kind", "sharing"),
    [
        (CARLA, "Carla Ceo", "greenhouse", SharingLevel.PRIVATE),
        (CARLA, "Carla Ceo", "hubspot", SharingLevel.EVIDENCE),
        (TOM, "Tom Target", "vcard", SharingLevel.PRIVATE),
        (TOM, "Tom Target", "calendar", SharingLevel.EVIDENCE),
    ],
)
async def test_an_identity_beside_a_proved_address_is_not_proved(
    driver: neo4j.AsyncDriver, victim: Handle, name: str, kind: str, sharing: SharingLevel
) -> None:
    graph, outsider = Graph(driver), OUTSIDER
    network = await create_team(driver, graph, "cleo@far.example")
    for member, address in (("ana", ANA), ("ben", BEN)):
        records = [own(address, member.title()), *messages(address, victim, name)]
        await load_for(graph, member, records, sharing, kind="slack")
    row = planted_row(Handle(HandleKind.EMAIL, outsider), victim)
    await load_for(graph, "ana", row, sharing, kind=kind)
    ben = await viewer_of(graph, "ben")
    target = await resolve_reference(graph, ben, victim.text)
    assert isinstance(target, ResolvedTarget)
    await hide_contact(graph, ben, person=target.person.id, today=TODAY)
    await record_audit_entry(graph, await read_state(graph, network), "ben", AuditAction.PERSON, [target.person.id])

    async with serving(graph, None) as browser:
        page = await prove(graph, browser, outsider)
        (data,) = (await browser.get("/about-me/held.json")).json()
        assert (data["identities"], data["evidence"]) == ([outsider], [])
        for text in (victim.text.rpartition("/")[2], ANA, BEN):
            assert text not in page.text
            assert text not in str(data)
        assert "Other records may exist" in page.text

        form = {"form": FORM.findall(page.text)[0]}
        assert (await browser.post("/about-me/object", data=form)).status_code == 200
        for member in ("ana", "ben"):
            answer = await introductions(graph, await viewer_of(graph, member), victim.text)
            assert isinstance(answer, AlreadyKnown), answer

        assert (await browser.post("/about-me/erase", data=form)).status_code == 200
        await complete_requested_erasures(driver, graph, network)

    for member in ("ana", "ben"):
        assert isinstance(await resolve_reference(graph, await viewer_of(graph, member), victim.text), ResolvedTarget)
    assert outsider not in await everything(driver)
    assert len(await list_hidden_contacts(graph, await viewer_of(graph, "ben"))) == 1
    if victim is not CARLA:
        return  # the id of that person came from the address that is erased
    kept, _, _ = await driver.execute_query("MATCH (a:AuditEntry {member: 'ben', action: 'person'}) RETURN a.people")
    assert [entry.value() for entry in kept] == [[target.person.id]]


async def test_an_erased_address_keeps_no_identity_beside_it_out_of_later_loads(
    driver: neo4j.AsyncDriver,
) -> None:
    graph, outsider = Graph(driver), OUTSIDER
    network = await create_team(driver, graph, outsider)
    async with serving(graph, None) as browser:
        page = await prove(graph, browser, outsider)
        await browser.post("/about-me/erase", data={"form": FORM.findall(page.text)[0]})
    await complete_requested_erasures(driver, graph, network)

    row = planted_row(Handle(HandleKind.EMAIL, outsider), UNKNOWN)
    await load_for(graph, "ana", row, kind="greenhouse")
    await load_for(graph, "ben", [own(BEN, "Ben"), *messages(BEN, UNKNOWN, "Una Known")], kind="slack")

    stored = await everything(driver)
    assert UNKNOWN.text in stored
    assert outsider not in stored


async def claim_as(graph: Graph, member: str, address: str) -> None:
    """Load a mailbox of this member that names the address as the member's, without a proof."""
    network = (await viewer_of(graph, member)).network
    records = [own(address, "Tom Target"), *messages(address, Handle(HandleKind.EMAIL, EVE), "Eve")]
    await load_records(
        graph,
        network,
        member,
        kind="mailbox",
        records=records,
        today=TODAY,
        stated_owner=address,
        sharing_level=SharingLevel.EVIDENCE,
    )


async def own_addresses(graph: Graph, network: str) -> dict[str, set[str]]:
    """The identities of each member's person."""
    people = (await read_state(graph, network)).people_by_member
    rows = {
        member: (await list_identities(graph, await viewer_of(graph, member), [person]))[person]
        for member, person in people.items()
        if person
    }
    return {member: {identity.text for identity in identities} for member, identities in rows.items()}


async def test_a_proof_counts_more_than_the_claim_of_a_member(driver: neo4j.AsyncDriver, tmp_path: Path) -> None:
    graph = Graph(driver, ledger=ErasureLedger(tmp_path))
    network = await create_team(driver, graph, "cleo@far.example")
    await grant_token(graph, network, "ana", "ana")
    await claim_as(graph, "ben", TOM.text)
    card = [own(ANA, "Ana"), *planted_row(Handle(HandleKind.EMAIL, ANA), TOM)]
    await load_for(graph, "ana", card, kind="vcard")
    assert await own_addresses(graph, network) == {"ana": {ANA}, "ben": {BEN, TOM.text}}
    async with serving(graph, None) as browser:
        page = await prove(graph, browser, TOM.text)
        assert "An export of a member says that this address is that member's, without a proof" in page.text
        assert EVE in page.text
        assert ANA not in page.text
        form = {"form": FORM.findall(page.text)[0]}
        objected = await browser.post("/about-me/object", data=form)
        assert "Your objection is recorded" in objected.text
        assert await own_addresses(graph, network) == {"ana": {ANA}, "ben": {BEN}}
        requested = await browser.post("/about-me/erase", data=form)
        assert "Your request is recorded" in requested.text
        query = "{ erasureRequests(first: 9) { nodes { identity { text } sources claimingSources } } }"
        answer = await ask(browser, query, "ana")
    (request,) = answer["data"]["erasureRequests"]["nodes"]
    assert request["identity"] == {"text": TOM.text}
    assert request["sources"] == ["Address book", f"Mailbox {TOM.text}"]
    assert request["claimingSources"] == [f"Mailbox {TOM.text}"]

    await complete_requested_erasures(driver, graph, network)

    assert TOM.text not in await everything(driver)
    assert await own_addresses(graph, network) == {"ana": {ANA}, "ben": {BEN}}
    await load_for(graph, "ana", card, kind="vcard")
    with pytest.raises(PermissionDenied, match="proved the address and erased it"):
        await claim_as(graph, "ben", TOM.text)
    assert TOM.text not in await everything(driver)

    # a restored backup: the hashes are in the file only
    await driver.execute_query("MATCH (e:ErasedIdentity) DELETE e")
    await driver.execute_query("MATCH (n:Network) REMOVE n.erasure_key_id")
    (tmp_path / "none").mkdir()
    await claim_as(Graph(driver, ledger=ErasureLedger(tmp_path / "none")), "ben", TOM.text)
    assert TOM.text in await everything(driver)
    await reapply_erasures(graph, network)
    assert TOM.text not in await everything(driver)


async def test_an_erasure_without_stored_data_does_not_claim_success(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    await create_team(driver, graph, "cleo@far.example")
    async with serving(graph, None) as browser:
        assert "We hold no data" in (await prove(graph, browser, OUTSIDER)).text
        (form,) = FORM.findall((await browser.get("/about-me/erase")).text)
        assert "Nothing was erased" in (await browser.post("/about-me/erase", data={"form": form})).text
