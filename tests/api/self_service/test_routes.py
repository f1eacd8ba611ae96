"""Who never joined proves an address by a letter, is told what is held of them by anybody, objects, and is forgotten.

Over HTTP on loopback, with a real mail server between (tests/mail_server.py).
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

from api.app import create_app
from api.self_service.routes import Sender
from graph.answers import UnknownTarget
from graph.database.client import Graph
from graph.introductions.answer import introductions
from graph.lookup.resolve import OBJECTED
from graph.networks.tokens import grant_token
from graph.privacy import proof_links as links
from graph.records import Connection, Handle, HandleKind, Part, PersonMention, Record
from operations import mailer
from operations.mailer import Mailer, MailServer, Tls
from tests.api.conftest import LIMITS, NOWHERE
from tests.api.graphql.privacy.test_data_subjects import ask, everything
from tests.conftest import wipe
from tests.graph.teams import brings, joined, seen_by
from tests.graph.worlds import bring, by_profile, own, talk
from tests.mail_server import HOST, Mail, Server

ANA, BEN, EVE = "ana@home.example", "ben@home.example", "eve@wide.example"
LINK = re.compile(r"http://\S+/about-me/link/\S+")
FORM = re.compile(r'name="form" value="([0-9a-f]+)"')
AUDIT = "{ auditEntries(first: 9) { edges { node { memberName action people { name } } } } }"


@pytest.fixture(autouse=True)
def no_smtp_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the mail server as long as it takes: a busy machine may need more than the product allows."""
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

    with socket.create_server((HOST, 0)) as door:
        address = f"http://{HOST}:{door.getsockname()[1]}"
        server_of_mail = smtp and MailServer(HOST, smtp, "tertius@service.example", Tls.OFF)
        sender = server_of_mail and Sender(ReportingMailer(server_of_mail, sent), address)
        app = create_app(connect, NOWHERE, LIMITS, links=sender or None)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        task = asyncio.create_task(server.serve(sockets=[door]))
        try:
            async with Browser(base_url=address, timeout=None) as client:
                client.sent = sent
                yield client
        finally:
            server.should_exit = True
            await task


async def known(driver: neo4j.AsyncDriver, graph: Graph, her: str) -> str:
    """A network of Ana's and Ben's, in which each privately knows her, and all see that she knows Eve."""
    await wipe(driver)
    network = await joined(driver, graph, "ben")
    await brings(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, EVE), *talk(her, EVE, copy=ANA)])
    await brings(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, her, times=9)])
    return network


async def link(browser: Browser, mail: Mail) -> str:
    """Wait until the next message was accepted or failed, and return the link in the latest one."""
    if error := await browser.sent.get():
        raise error
    mail.client.select_folder("INBOX", readonly=True)
    latest = mail.client.search("ALL")[-1]
    letter = message_from_bytes(mail.client.fetch([latest], "RFC822")[latest][b"RFC822"], policy=policy.default)
    assert (letter["To"], letter["Auto-Submitted"]) == (mail.account.user, "auto-generated")
    (place,) = LINK.findall(letter.get_content())
    return str(place)


async def asked(client: httpx.AsyncClient, address: str) -> httpx.Response:
    return await client.post("/about-me", data={"address": address})


async def test_whoever_proves_an_address_is_told_objects_and_is_forgotten(
    driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    graph, her = Graph(driver), mail.account.user
    network = await known(driver, graph, her)
    await grant_token(graph, network, "ana", "ana")
    async with serving(graph, mail_server.smtp) as client:
        assert "Your e-mail address" in (await client.get("/about-me")).text
        hers = await asked(client, her)
        place = await link(client, mail)
        nobodys = await asked(client, "nobody@nowhere.example")
        assert (hers.status_code, hers.text) == (nobodys.status_code, nobodys.text)
        for _ in range(2):  # programs that look at links take none
            assert "Show what is known" in (await client.get(place)).text
        taken = await client.post(place, follow_redirects=True)
        assert (taken.status_code, taken.headers["cache-control"]) == (200, "no-store")
        assert BEN in taken.text
        (held,) = (await client.get("/about-me/held.json")).json()
        assert held["controller"] == "Acme"
        pairs = {(one["by"], one["towards"]) for one in held["evidence"]}
        assert pairs == {(her, BEN), (BEN, her), (her, EVE), (EVE, her), (her, ANA)}

        assert (await client.post("/about-me/object", data={"form": "0" * 64})).status_code == 410
        form = {"form": FORM.findall(taken.text)[0]}
        assert (await client.post("/about-me/object", data=form)).status_code == 200
        ben = await seen_by(graph, "ben")
        told = await introductions(graph, ben, her)
        assert isinstance(told, UnknownTarget)
        assert told.message == OBJECTED
        assert len(ben.excluded_introducers) == 1

        (done,) = FORM.findall((await client.get("/about-me/forget")).text)
        assert (await client.post("/about-me/forget")).status_code == 410
        assert her in await everything(driver)
        assert "You are forgotten" in (await client.post("/about-me/forget", data={"form": done})).text
        assert her not in await everything(driver)
        assert (await client.get("/about-me/held")).status_code == 410
        await brings(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, her, times=9)])
        assert her not in await everything(driver)
        audit = (await ask(client, AUDIT, "ana"))["data"]["auditEntries"]["edges"]
        assert {"memberName": "the person concerned, by link", "action": "ERASURE", "people": []} in [
            one["node"] for one in audit
        ]
    lines = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith(("tertius", "uvicorn"))
    )
    assert place.rpartition("/")[2] not in lines
    assert her not in lines


async def test_a_link_counts_once_in_time_whole_and_for_its_own_address(
    driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server
) -> None:
    graph, her = Graph(driver), mail.account.user
    await known(driver, graph, her)
    async with serving(graph, mail_server.smtp) as client, httpx.AsyncClient(timeout=None) as other:
        await asked(client, her)
        first = await link(client, mail)
        assert (await client.post(f"{first[:-1]}{'x' if first[-1] != 'x' else 'y'}")).status_code == 410
        assert (await client.post(first)).status_code == 303
        assert (await other.post(first)).status_code == 410
        assert (await other.get(f"{client.base_url}/about-me/held")).status_code == 410

        await asked(client, her)
        second = await link(client, mail)
        await driver.execute_query("MATCH (l:ProofLink) SET l.expires_at = timestamp() - 1")
        assert (await client.post(second)).status_code == 410
        assert (await client.get("/about-me/held")).status_code == 410

        third = await links.create_proof_link(graph, f"email:{her}")
        at_once = await asyncio.gather(*(links.redeem_proof_link(graph, third) for _ in range(5)))
        assert len([one for one in at_once if one]) == 1

        stored = await everything(driver)
        assert first.rpartition("/")[2] not in stored
        assert second.rpartition("/")[2] not in stored


async def test_no_member_opens_what_another_holds_by_a_row_of_their_own(
    driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server
) -> None:
    graph, mine = Graph(driver), mail.account.user
    await known(driver, graph, "cleo@far.example")
    both = PersonMention((Handle(HandleKind.EMAIL, "cleo@far.example"), Handle(HandleKind.EMAIL, mine)), "Cleo Far")
    rows: list[Record] = [own(ANA, "Ana"), Part("contacts"), Connection(both, None, "contacts")]
    await brings(graph, "ana", rows, kind="vcard")
    people, _, _ = await driver.execute_query(
        "MATCH (:Identity {key: 'email:cleo@far.example'})-[:OF]->(p)<-[:OF]-(i:Identity) RETURN i.key AS key"
    )
    assert [row["key"] for row in people] == [f"email:{mine}"]
    await bring(graph, [own("zoe@house.example", "Zoe"), *talk("zoe@house.example", mine)], name="house")
    async with serving(graph, mail_server.smtp) as client:
        await asked(client, mine)
        assert (await client.post(await link(client, mail), follow_redirects=True)).status_code == 200
        (held,) = (await client.get("/about-me/held.json")).json()  # and of a household nothing
        assert BEN not in json.dumps(held)
        assert {one["towards"] for one in held["evidence"]} >= {EVE}  # what Ana herself brought


async def test_what_one_row_states_is_told_and_a_member_is_not(
    driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server
) -> None:
    graph, her = Graph(driver), mail.account.user
    await known(driver, graph, "cleo@far.example")
    listed: list[Record] = [own(BEN, "Ben"), Part("connections")]
    listed.append(Connection(by_profile("her", "Her Name", her), None, "connections"))
    await brings(graph, "ben", listed, kind="linkedin")
    async with serving(graph, mail_server.smtp) as client:
        await asked(client, her)
        first = await link(client, mail)
        taken = await client.post(first, follow_redirects=True)
        assert "Her Name" in taken.text
        assert "linkedin" in taken.text

        await driver.execute_query(
            """
            MATCH (:Identity {key: $key})-[:OF]->(p)
            CREATE (:Member {network: p.network, id: 'her', role: 'member'})-[:IS]->(p)
            """,
            key=f"email:{her}",
        )
        assert "Nothing is known of you here" in (await client.get("/about-me/held")).text


async def test_without_a_mail_server_it_says_whom_to_write_to(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    await known(driver, graph, "cleo@far.example")
    async with serving(graph, None) as client:
        page = await client.get("/about-me")
        assert "Acme: dpo@acme.example" in page.text
        assert "<form" not in page.text
        for address in ("cleo@far.example", "nobody@nowhere.example"):
            assert (await asked(client, address)).text == page.text
        await wipe(driver)
        assert "Nobody is named yet" in (await client.get("/about-me")).text


async def test_nobodys_mailbox_is_filled(driver: neo4j.AsyncDriver, mail: Mail, mail_server: Server) -> None:
    graph, her = Graph(driver), mail.account.user
    await known(driver, graph, her)
    async with serving(graph, mail_server.smtp) as client:
        assert (await asked(client, "nobody")).status_code == 400
        answers = {(await asked(client, her)).text for _ in range(5)}
        assert len(answers) == 1
        rows, _, _ = await driver.execute_query("MATCH (l:ProofLink) RETURN count(l) AS made")
        assert rows[0]["made"] == 3
        statuses = [(await asked(client, f"n{n}@far.example")).status_code for n in range(6)]
        assert statuses == [200] * 5 + [429]


async def test_pages_say_their_language_their_title_and_what_their_fields_are(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    await known(driver, graph, EVE)
    async with serving(graph, 1) as client:
        page = await client.get("/about-me")
        assert '<html lang="en">' in page.text
        assert '<label for="address">' in page.text
        assert "<script" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert (await asked(client, EVE)).status_code == 200  # where no server is, too


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
async def test_a_letter_goes_to_a_server_that_is_trusted_or_to_none(mail: Mail, mail_server: Server, tls: Tls) -> None:
    port = mail_server.smtps if tls is Tls.IMPLICIT else mail_server.smtp
    post = Mailer(MailServer(HOST, port, "tertius@service.example", tls))

    with pytest.raises(OSError, match=r"certificate|STARTTLS"):
        await post.send(mail.account.user, "A link", "https://tertius.example.org/about-me/link/canary")

    mail.client.select_folder("INBOX", readonly=True)
    assert mail.client.search("ALL") == []
