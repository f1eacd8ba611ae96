"""Health checks are answered within a second, and questions within their time limit, while one member attacks."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil
import pytest

from tests.drills.soak import DEAREST, SETTINGS, STAFF, Soak, calendar, cards, table
from tests.tertius.service.test_operation import up

pytestmark = pytest.mark.drill
Attack = Callable[[Soak], Awaitable[object]]


async def amplify(soak: Soak) -> None:
    """The dearest questions, several at a time."""
    await asyncio.gather(*(soak.ask(question) for question in DEAREST for _ in range(2)))


async def starve(soak: Soak) -> None:
    """A calendar whose meetings recur for years."""
    await soak.load("rules.ics", calendar(300))


async def hold(soak: Soak) -> None:
    """Connections that never finish their request."""
    await soak.hold_connections(200)


async def resolve(soak: Soak) -> None:
    """A list of names that hundreds of people almost have."""
    await soak.send("POST", "/targets", content="Name\n" + "Person Nr1\n" * 1_000)


@pytest.mark.parametrize("attack", [amplify, starve, hold, resolve], ids=lambda attack: attack.__name__)
async def test_the_service_stays_healthy_under(attack: Attack, environment: dict[str, str], tmp_path: Path) -> None:
    with up(environment | SETTINGS, tmp_path) as service:
        await asyncio.to_thread(service.wait_until_ready)
        soak = Soak(service.address, service.token, psutil.Process(service.process.pid), 0)
        await soak.load("mail.csv", table(0, STAFF))
        await soak.load("book.vcf", cards(STAFF))
        soak.figures.slowest_answer = 0

        attacking = asyncio.ensure_future(attack(soak))
        began = time.monotonic()
        while not attacking.done() or time.monotonic() - began < 5:
            await soak.sample()
        await attacking
        await soak.client.aclose()

    assert soak.figures.slowest_health_check < 1
    assert attack is resolve or soak.figures.slowest_answer < 6
