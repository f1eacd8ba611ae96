"""An identity beside a proved address is offered for a proof of its own, and owners see how the two are linked."""

import json
import re

import neo4j

from graph.database.client import Graph
from graph.networks.sources import SharingLevel
from graph.networks.tokens import grant_token
from graph.records import Handle, HandleKind
from graph.sharing.hidden_contacts import hide_contact
from tests.api.graphql.privacy.test_data_subjects import ask
from tests.api.self_service.test_proved_identity import CARLA, OUTSIDER, TOM, planted_row, prove
from tests.api.self_service.test_quarantine import person_id
from tests.api.self_service.test_routes import ANA, BEN, FORM, create_team, receive_link, serving
from tests.graph.teams import load_for, viewer_of
from tests.graph.worlds import TODAY, own
from tests.mail_server import Mail, Server

LINKED = re.compile(r'name="linked" value="([0-9a-f]+)"')
REQUESTS = "{ erasureRequests(first: 9) { nodes { identity { text } linkedIdentities { text reason } } } }"


async def test_an_address_beside_a_proved_one_is_proved_in_its_own_mailbox(
    driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server
) -> None:
    graph, other = Graph(driver), mail.account.user
    await create_team(driver, graph, "cleo@far.example")
    row = planted_row(*(Handle(HandleKind.EMAIL, text) for text in (OUTSIDER, other)), CARLA)
    await load_for(graph, "ana", [own(ANA, "Ana"), *row], kind="greenhouse")
    async with serving(graph, mail_server.smtp) as browser:
        page = await prove(graph, browser, OUTSIDER)
        assert f"Send a link to {other[0]}…@{other.partition('@')[2][0]}…" in page.text
        assert other not in page.text
        (form, *_), (linked,) = FORM.findall(page.text), LINKED.findall(page.text)
        assert (await browser.post("/about-me/linked", data={"form": form, "linked": "0"})).status_code == 410
        assert (await browser.post("/about-me/linked", data={"linked": linked})).status_code == 410
        sent = await browser.post("/about-me/linked", data={"form": form, "linked": linked})
        assert "Check your mail" in sent.text
        assert other not in sent.text
        url = await receive_link(browser, mail)
        assert [data["identities"] for data in (await browser.get("/about-me/held.json")).json()] == [[OUTSIDER]]
        await browser.post(url, follow_redirects=True)
        assert [data["identities"] for data in (await browser.get("/about-me/held.json")).json()] == [[other]]


async def test_an_owner_sees_what_is_linked_to_the_proved_address(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await create_team(driver, graph, "cleo@far.example")
    await grant_token(graph, network, "ana", "ana")
    hidden = Handle(HandleKind.EMAIL, "hidden@far.example")
    row = planted_row(Handle(HandleKind.EMAIL, OUTSIDER), TOM, hidden)
    await load_for(graph, "ben", [own(BEN, "Ben"), *row], SharingLevel.EVIDENCE, kind="greenhouse")
    await load_for(
        graph, "ana", [own(ANA, "Ana"), *planted_row(Handle(HandleKind.EMAIL, OUTSIDER), CARLA)], kind="vcard"
    )
    async with serving(graph, None) as browser:
        page = await prove(graph, browser, OUTSIDER)
        await browser.post("/about-me/erase", data={"form": FORM.findall(page.text)[0]})
        (request,) = (await ask(browser, REQUESTS, "ana"))["data"]["erasureRequests"]["nodes"]
        assert request["identity"] == {"text": OUTSIDER}
        assert request["linkedIdentities"] == [
            {"text": hidden.text, "reason": "a row states it beside the address (Greenhouse)"},
            {"text": TOM.text, "reason": "a row states it beside the address (Greenhouse)"},
            {"text": "carla-ceo", "reason": "a row states it beside the address (Address book)"},
        ]

        await hide_contact(
            graph, await viewer_of(graph, "ben"), person=await person_id(driver, hidden.text), today=TODAY
        )
        (request,) = (await ask(browser, REQUESTS, "ana"))["data"]["erasureRequests"]["nodes"]
    assert hidden.text not in json.dumps(request)
