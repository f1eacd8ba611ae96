"""Self-service of data subjects: they confirm an address by e-mail, read their data, object, and erase it.

Requests use HTTP on loopback. Links arrive on a real mail server (tests/mail_server.py).
"""

import asyncio
import json
import logging
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy

import httpx
import neo4j
import pytest
import uvicorn
from imapclient import IMAPClient

from api.app import create_app
from api.self_service.routes import Sender
from graph.answers import UnknownTarget
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.lookup.resolve import OBJECTED_MESSAGE
from graph.networks.sources import SharingLevel
from graph.networks.tokens import grant_token
from graph.privacy import proof_links as links
from graph.privacy.erasure_requests import complete_due_erasures
from graph.records import Connection, Handle, HandleKind, Part, PersonMention, Record
from operations import mailer
from operations.mailer import Mailer, MailServer, Tls
from tests.api.conftest import LIMITS, NOWHERE
from tests.api.graphql.privacy.test_data_subjects import ask, everything
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import by_profile, load_export, own, talk
from tests.mail_server import HOST, Mail, Server

ANA, BEN, EVE = "ana@home.example", "ben@home.example", "eve@wide.example"
LINK = re.compile(r"http://\S+/about-me/link/\S+")
FORM = re.compile(r'name="form" value="([0-9a-f]+)"')
AUDIT = "{ auditEntries(first: 9) { edges { node { memberName action people { name } } } } }"


@pytest.fixture(autouse=True)
def no_smtp_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the mail server without a limit: a busy machine may need longer than the limit of the product."""
    monkeypatch.setattr(mailer, "TIMEOUT_SECONDS", None)


class Browser(httpx.AsyncClient):
    """A client without a time limit that knows the result of each message the service sent: None, or the error."""

    sent: "asyncio.Queue[Exception | None]"


class ReportingMailer(Mailer):
    """A mailer that reports when the mail server has accepted a message, and its errors."""

    def __init__(self, server: MailServer, sent: "asyncio.Queue[Exception | None]") -> None:
        super().__init__(server)
        self._sent = sent

    async def send(self, to: str, subject: str, text: str) -> None:
        try:
            await super().send(to, subject, text)
        except Exception as error:
            self._sent.put_nowait(error)
            raise
        self._sent.put_nowait(None)


@asynccontextmanager
async def serving(graph: Graph, smtp: int | None) -> AsyncIterator[Browser]:
    """The service on a free port, which sends links if there is a mail server; and a browser."""
    sent: asyncio.Queue[Exception | None] = asyncio.Queue()

    @asynccontextmanager
    async def connect() -> AsyncIterator[Graph]:
        yield graph

    with socket.create_server((HOST, 0)) as listener:
        address = f"http://{HOST}:{listener.getsockname()[1]}"
        smtp_server = smtp and MailServer(HOST, smtp, "tertius@service.example", Tls.OFF)
        sender = smtp_server and Sender(ReportingMailer(smtp_server, sent), address)
        app = create_app(connect, NOWHERE, LIMITS, links=sender or None)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            async with Browser(base_url=address, timeout=None) as client:
                client.sent = sent
                yield client
        finally:
            server.should_exit = True
            await task


async def create_team(driver: neo4j.AsyncDriver, graph: Graph, subject: str) -> str:
    """A network of Ana and Ben. Each has private mail with the subject; all see mail between the subject and Eve."""
    await wipe(driver)
    network = await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, EVE), *talk(subject, EVE, copy=ANA)])
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, subject, times=9)])
    return network


async def complete_requested_erasures(driver: neo4j.AsyncDriver, graph: Graph, network: str) -> None:
    """Do what the upkeep does when the days of the requested erasures are over."""
    await driver.execute_query("MATCH (r:ErasureRequest) WHERE r.due_at IS NOT NULL SET r.due_at = timestamp() - 1")
    await complete_due_erasures(graph, network)


async def receive_link(browser: Browser, mail: Mail) -> str:
    """Wait until the next message was accepted or failed, and return the link in the latest one."""
    if error := await browser.sent.get():
        raise error
    # the server may have ended the idle connection of the fixture by now
    account = mail.account
    with IMAPClient(account.host, account.port, ssl=False, timeout=60) as client:
        client.login(account.user, account.password)
        client.select_folder("INBOX", readonly=True)
        latest = client.search("ALL")[-1]
        message = message_from_bytes(client.fetch([latest], "RFC822")[latest][b"RFC822"], policy=policy.default)
    assert (message["To"], message["Auto-Submitted"]) == (account.user, "auto-generated")
    (url,) = LINK.findall(message.get_content())
    return str(url)


async def request_link(client: httpx.AsyncClient, address: str) -> httpx.Response:
    return await client.post("/about-me", data={"address": address})


async def test_a_data_subject_reads_objects_and_erases(
    driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    graph, subject = Graph(driver), mail.account.user
    network = await create_team(driver, graph, subject)
    await grant_token(graph, network, "ana", "ana")
    async with serving(graph, mail_server.smtp) as client:
        assert "Your e-mail address" in (await client.get("/about-me")).text
        known = await request_link(client, subject)
        url = await receive_link(client, mail)
        unknown = await request_link(client, "nobody@nowhere.example")
        assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
        for _ in range(2):  # programs that follow links do not redeem it
            assert "Show my personal data" in (await client.get(url)).text
        page = await client.post(url, follow_redirects=True)
        assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
        assert BEN in page.text
        (data,) = (await client.get("/about-me/held.json")).json()
        assert data["controller"] == "Acme"
        pairs = {(one["by"], one["towards"]) for one in data["evidence"]}
        assert pairs == {(subject, BEN), (BEN, subject), (subject, EVE), (EVE, subject), (subject, ANA)}

        assert (await client.post("/about-me/object", data={"form": "0" * 64})).status_code == 410
        form = {"form": FORM.findall(page.text)[0]}
        assert (await client.post("/about-me/object", data=form)).status_code == 200
        ben = await viewer_of(graph, "ben")
        answer = await introductions(graph, ben, subject)
        assert isinstance(answer, UnknownTarget)
        assert answer.message == OBJECTED_MESSAGE
        assert len(ben.excluded_introducers) == 1

        (token,) = FORM.findall((await client.get("/about-me/erase")).text)
        assert (await client.post("/about-me/erase")).status_code == 410
        assert subject in await everything(driver)
        assert "Your request is recorded" in (await client.post("/about-me/erase", data={"form": token})).text
        assert (await client.get("/about-me/held")).status_code == 410
        await complete_requested_erasures(driver, graph, network)
        assert subject not in await everything(driver)
        await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, subject, times=9)])
        assert subject not in await everything(driver)
        audit = (await ask(client, AUDIT, "ana"))["data"]["auditEntries"]["edges"]
        assert {"memberName": "the person concerned, by link", "action": "ERASURE", "people": []} in [
            one["node"] for one in audit
        ]
    lines = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith(("tertius", "uvicorn"))
    )
    assert url.rpartition("/")[2] not in lines
    assert subject not in lines


async def test_a_link_is_valid_once_before_expiry_for_its_browser(
    driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server
) -> None:
    graph, subject = Graph(driver), mail.account.user
    await create_team(driver, graph, subject)
    async with serving(graph, mail_server.smtp) as client, httpx.AsyncClient(timeout=None) as other:
        await request_link(client, subject)
        first = await receive_link(client, mail)
        assert (await client.post(f"{first[:-1]}{'x' if first[-1] != 'x' else 'y'}")).status_code == 410
        assert (await client.post(first)).status_code == 303
        assert (await other.post(first)).status_code == 410
        assert (await other.get(f"{client.base_url}/about-me/held")).status_code == 410

        await request_link(client, subject)
        second = await receive_link(client, mail)
        await driver.execute_query("MATCH (l:ProofLink) SET l.expires_at = timestamp() - 1")
        assert (await client.post(second)).status_code == 410
        assert (await client.get("/about-me/held")).status_code == 410

        third = await links.create_proof_link(graph, f"email:{subject}")
        concurrent = await asyncio.gather(*(links.redeem_proof_link(graph, third) for _ in range(5)))
        assert len([one for one in concurrent if one]) == 1

        stored = await everything(driver)
        assert first.rpartition("/")[2] not in stored
        assert second.rpartition("/")[2] not in stored


async def test_a_members_row_does_not_reveal_data_of_others(
    driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server
) -> None:
    graph, subject = Graph(driver), mail.account.user
    await create_team(driver, graph, "cleo@far.example")
    both = PersonMention((Handle(HandleKind.EMAIL, "cleo@far.example"), Handle(HandleKind.EMAIL, subject)), "Cleo Far")
    rows: list[Record] = [own(ANA, "Ana"), Part("contacts"), Connection(both, None, "contacts")]
    await load_for(graph, "ana", rows, SharingLevel.EVIDENCE, kind="vcard")
    people, _, _ = await driver.execute_query(
        "MATCH (:Identity {key: 'email:cleo@far.example'})-[:OF]->(p)<-[:OF]-(i:Identity) RETURN i.key AS key"
    )
    assert [row["key"] for row in people] == [f"email:{subject}"]
    zoes = [own("zoe@house.example", "Zoe"), *talk("zoe@house.example", subject)]
    await load_export(graph, zoes, name="house", owner=None)
    async with serving(graph, mail_server.smtp) as client:
        await request_link(client, subject)
        assert (await client.post(await receive_link(client, mail), follow_redirects=True)).status_code == 200
        (data,) = (await client.get("/about-me/held.json")).json()  # nothing from a household
        assert BEN not in json.dumps(data)
        assert EVE not in json.dumps(data)  # evidence of the identity that the row states beside it
        assert [one["name"] for one in data["names"]] == ["Cleo Far"]


async def test_a_single_row_is_shown_but_not_to_a_member(
    driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server
) -> None:
    graph, subject = Graph(driver), mail.account.user
    await create_team(driver, graph, "cleo@far.example")
    records: list[Record] = [own(BEN, "Ben"), Part("connections")]
    records.append(Connection(by_profile("subject", "Her Name", subject), None, "connections"))
    await load_for(graph, "ben", records, kind="linkedin")
    async with serving(graph, mail_server.smtp) as client:
        await request_link(client, subject)
        first = await receive_link(client, mail)
        page = await client.post(first, follow_redirects=True)
        assert "Her Name" in page.text
        assert "LinkedIn" in page.text

        await driver.execute_query(
            """
            MATCH (:Identity {key: $key})-[:OF]->(p)
            MATCH (n:Network {id: p.network})
            CREATE (n)-[:HAS]->(:Member {network: p.network, id: 'subject', role: 'member', confirmed_keys: [$key]})
            """,
            key=f"email:{subject}",
        )
        page = await client.get("/about-me/held")
        assert "confirmed for a member" in page.text
        assert "Her Name" not in page.text


async def test_without_a_mail_server_the_page_names_the_controller(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    await create_team(driver, graph, "cleo@far.example")
    async with serving(graph, None) as client:
        page = await client.get("/about-me")
        assert "Acme: dpo@acme.example" in page.text
        assert "<form" not in page.text
        for address in ("cleo@far.example", "nobody@nowhere.example"):
            assert (await request_link(client, address)).text == page.text
        await wipe(driver)
        assert "No controller is named yet" in (await client.get("/about-me")).text


async def test_the_number_of_messages_is_limited(driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server) -> None:
    graph, subject = Graph(driver), mail.account.user
    await create_team(driver, graph, subject)
    async with serving(graph, mail_server.smtp) as client:
        assert (await request_link(client, "nobody")).status_code == 400
        answers = {(await request_link(client, subject)).text for _ in range(5)}
        assert len(answers) == 1
        rows, _, _ = await driver.execute_query("MATCH (l:ProofLink) RETURN count(l) AS links")
        assert rows[0]["links"] == 3
        statuses = [(await request_link(client, f"n{n}@far.example")).status_code for n in range(6)]
        assert statuses == [200] * 5 + [429]


async def test_the_page_is_accessible_and_has_a_security_policy(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    await create_team(driver, graph, EVE)
    async with serving(graph, 1) as client:
        page = await client.get("/about-me")
        assert '<html lang="en">' in page.text
        assert '<label for="address">' in page.text
        assert "<script" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert (await request_link(client, EVE)).status_code == 200  # also without a server


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
async def test_no_message_is_sent_to_an_untrusted_server(mail: Mail, mail_server: Server, tls: Tls) -> None:
    port = mail_server.smtps if tls is Tls.IMPLICIT else mail_server.smtp
    smtp_client = Mailer(MailServer(HOST, port, "tertius@service.example", tls))

    with pytest.raises(OSError, match=r"certificate|STARTTLS"):
        await smtp_client.send(mail.account.user, "A link", "https://tertius.example.org/about-me/link/canary")

    mail.client.select_folder("INBOX", readonly=True)
    assert mail.client.search("ALL") == []
