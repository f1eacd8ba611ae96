"""API7: no address in a request, an upload or a setting of a client makes the service connect to it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graphql import GraphQLEnumType

from tests.api.documents import CHANGES, QUESTIONS, SCALARS, Leaf, document
from tests.owasp.conftest import Service, signed

LOAD = """mutation($name: String!) {
  createLoadJob(input: {fileName: $name, ownerEmail: "ben@home.example"}) { job { id uploadPath } } }"""
STATUS = "query($id: ID!) { loadJob(id: $id) { status } }"


class Listener:
    """A server that counts connections."""

    port = 0
    connections = 0

    async def accept(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        writer.close()


@asynccontextmanager
async def listener() -> AsyncIterator[Listener]:
    listening = Listener()
    server = await asyncio.start_server(listening.accept, "127.0.0.1", 0)
    async with server:
        listening.port = server.sockets[0].getsockname()[1]
        yield listening


def exports(url: str) -> dict[str, str]:
    """Exports that name the address wherever their formats allow one."""
    card = ("VERSION:3.0", "FN:Ida", "EMAIL:ida@near.example", f"PHOTO;VALUE=uri:{url}", f"URL:{url}", f"SOURCE:{url}")
    event = (
        "VERSION:2.0",
        *("BEGIN:VTIMEZONE", "TZID:x", f"TZURL:{url}", "END:VTIMEZONE"),
        *("BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z", "DTSTART:20261101T000000Z", f"ATTACH:{url}"),
        *(f'ORGANIZER;DIR="{url}":{url}', f'ATTENDEE;DIR="{url}":mailto:ben@home.example'),
        *("ATTENDEE:mailto:ida@near.example", "END:VEVENT"),
    )
    mail = (
        "From x@y Thu Jan  1 00:00:00 2026",
        *("From: Ida <ida@near.example>", "To: ben@home.example", "Date: 1 Nov 2026 10:00:00 +0000"),
        *("Message-ID: <1@x>", f"List-Unsubscribe: <{url}>"),
        f'Content-Type: message/external-body; access-type=URL; URL="{url}"',
        *("", f"<img src={url}>", ""),
    )
    return {
        "card.vcf": "\r\n".join(("BEGIN:VCARD", *card, "END:VCARD", "")),
        "event.ics": "\r\n".join(("BEGIN:VCALENDAR", *event, "END:VCALENDAR", "")),
        "mail.mbox": "\n".join(mail),
        "table.csv": f"Name,Email,LinkedIn,Website\nIda,ida@near.example,{url},{url}\n",
        "book.xml": f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "{url}">]><a>&b;</a>',
    }


async def has_ended(service: Service, id: str) -> bool:
    status = (await service.ask("ben", STATUS, id=id))["data"]["loadJob"]["status"]
    return status in ("DONE", "FAILED")


async def test_no_address_in_a_request_is_connected_to(service: Service) -> None:
    async with listener() as target:
        url = f"http://127.0.0.1:{target.port}/canary"

        def value(name: str, kind: Leaf) -> str:
            if isinstance(kind, GraphQLEnumType):
                return "linkedin" if "linkedin" in kind.values else max(kind.values)
            return json.dumps(url) if kind.name in ("String", "ID") else SCALARS[kind.name]

        for name in sorted((QUESTIONS | CHANGES).keys() - {"leaveNetwork"}):
            assert (await service.send("ana", document(name, value))).status_code < 500
        for headers in (
            {"Referer": url},
            {"Origin": url},
            {"X-Forwarded-Host": url},
            {"Host": url},
            {"Forwarded": url},
        ):
            assert (await service.client.get("/about-me", headers=headers)).status_code < 500
        listed = await service.client.post("/targets", content=f"Name,LinkedIn\nIda,{url}\n", headers=signed("ana"))
        assert listed.status_code == 200

        assert target.connections == 0


async def test_no_address_in_an_upload_is_connected_to(service: Service) -> None:
    async with listener() as target:
        for name, content in exports(f"http://127.0.0.1:{target.port}/canary").items():
            job = (await service.ask("ben", LOAD, name=name))["data"]["createLoadJob"]["job"]
            await service.client.put(job["uploadPath"], content=content, headers=signed("ben"))
            while not await has_ended(service, job["id"]):  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0.05)

        assert target.connections == 0
