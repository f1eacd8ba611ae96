"""API6: automation gets no more out of a flow than a person does: invitations, mails, and the harvest of contacts."""

import asyncio
from dataclasses import replace
from pathlib import Path

import neo4j

from api.self_service.routes import Sender
from operations.mailer import Mailer, MailServer, Tls
from tests.api.conftest import LIMITS
from tests.owasp.conftest import create_networks, listening, signed

INVITE = "mutation { createInvitation(input: {}) { secret } }"
MEMBERS = "{ members(first: 50) { nodes { name } } }"
PAGE = "query($after: String) { people(search: %s, first: 50, after: $after) { edges { node { id } } } }"


async def test_an_invitation_that_many_redeem_at_once_makes_one_member(
    driver: neo4j.AsyncDriver, tmp_path: Path
) -> None:
    await create_networks(driver)
    async with listening(driver, tmp_path) as service:
        secret = (await service.ask("ana", INVITE))["data"]["createInvitation"]["secret"]
        joined = await asyncio.gather(
            *(service.client.post("/join", json={"name": f"Eve{n}"}, headers=signed(secret)) for n in range(8))
        )
        members = (await service.ask("ana", MEMBERS))["data"]["members"]["nodes"]

    assert sorted(response.status_code for response in joined) == [201] + [403] * 7
    assert len([member for member in members if (member["name"] or "").startswith("Eve")]) == 1


async def test_a_mailbox_gets_few_links_however_many_are_requested_at_once(
    driver: neo4j.AsyncDriver, tmp_path: Path
) -> None:
    await create_networks(driver)
    links = 0

    class CountingMailer(Mailer):
        async def send(self, to: str, subject: str, text: str) -> None:
            nonlocal links
            links += 1

    sender = Sender(CountingMailer(MailServer("127.0.0.1", 9, "a@b.example", Tls.OFF)), "http://x")
    async with listening(driver, tmp_path, links=sender) as service:
        form = [{"address": address} for address in ("ida@near.example", "IDA@near.example", "ida+a@near.example") * 3]
        pages = await asyncio.gather(*(service.client.post("/about-me", data=each) for each in form))

    assert {page.status_code for page in pages} == {200}
    assert links == 3


async def test_the_points_of_a_member_limit_how_many_contacts_a_program_reads(
    driver: neo4j.AsyncDriver, tmp_path: Path
) -> None:
    await create_networks(driver)
    async with listening(driver, tmp_path, replace(LIMITS, points_per_hour=200)) as service:
        answers = [await service.send("ben", PAGE % f'"{letter}"') for letter in "abcdefghij"]

    assert [answer.status_code for answer in answers].count(200) <= 3
    assert answers[-1].json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
