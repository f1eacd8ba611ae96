"""A process works on few requests at once, in turns of their clients, and refuses those beyond a maximum."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http import admission
from api.http.admission import MAX_AT_WORK
from api.http.request_bounds import RequestBounds
from api.paths import SLACK_EVENTS

OPEN = 3 * MAX_AT_WORK


class Waiting:
    """An app that answers requests for /wait when it may, and others at once."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.changed = asyncio.Condition()
        self.may_end = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/wait":
            async with self.changed:
                self.begun.append(scope["query_string"].decode())
                self.changed.notify_all()
            await self.may_end.wait()
        await PlainTextResponse("answered")(scope, receive, send)

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(30), self.changed:
            await self.changed.wait_for(lambda: len(self.begun) >= count)


@asynccontextmanager
async def client_of(app: ASGIApp, address: str = "127.0.0.1") -> AsyncIterator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=None)
    transport = httpx.ASGITransport(app, client=(address, 123))
    async with httpx.AsyncClient(transport=transport, base_url="http://tertius", limits=limits, timeout=60) as client:
        yield client


async def queue(
    client: httpx.AsyncClient,
    bounds: RequestBounds,
    count: int,
    prefix: str = "",
    headers: Sequence[dict[str, str]] = ({},),
) -> list[asyncio.Task[httpx.Response]]:
    """Send requests one after the other, so that they arrive in the order of their numbers.

    They have `headers` in turn.
    """
    tasks = []
    for number in range(count):
        already_open = bounds.admission.open_requests
        request = client.get(f"/wait?{prefix}{number}", headers=headers[number % len(headers)])
        tasks.append(asyncio.create_task(request))
        async with asyncio.timeout(30):
            while bounds.admission.open_requests == already_open:  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0)
    return tasks


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No request counts as slow."""
    monkeypatch.setattr(admission, "SLOW_SECONDS", 3600.0)


@pytest.mark.usefixtures("patient")
async def test_requests_beyond_the_maximum_are_refused_at_once_and_later_ones_answered() -> None:
    app = Waiting()
    bounds = RequestBounds(app, OPEN)
    async with client_of(bounds) as client:
        waiting = await queue(client, bounds, OPEN)
        refused, healthy = await client.get("/more"), await client.get("/healthz")
        acknowledged = await client.post(SLACK_EVENTS)
        app.may_end.set()
        answered = await asyncio.gather(*waiting)
        later = await client.get("/more")

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert refused.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert {
        healthy.status_code,
        acknowledged.status_code,
        later.status_code,
        *(each.status_code for each in answered),
    } == {200}


@pytest.mark.usefixtures("patient")
async def test_few_requests_are_at_work_and_the_others_follow_in_the_order_of_their_arrival() -> None:
    app = Waiting()
    bounds = RequestBounds(app, OPEN)
    async with client_of(bounds) as client:
        waiting = await queue(client, bounds, OPEN)
        at_work = [*app.begun]
        app.may_end.set()
        await asyncio.gather(*waiting)

    assert at_work == [str(number) for number in range(MAX_AT_WORK)]
    assert app.begun == [str(number) for number in range(OPEN)]


@pytest.mark.parametrize("credentials", ["authorization", "cookie"])
@pytest.mark.usefixtures("patient")
async def test_members_behind_one_address_take_turns(credentials: str) -> None:
    app = Waiting()
    bounds = RequestBounds(app, OPEN)
    async with client_of(bounds) as client:
        many = await queue(client, bounds, OPEN - 3, "a", [{credentials: "of a"}])
        few = await queue(client, bounds, 3, "b", [{credentials: "of b"}])
        app.may_end.set()
        await asyncio.gather(*many, *few)

    turns = [f"a{MAX_AT_WORK}", "b0", f"a{MAX_AT_WORK + 1}", "b1", f"a{MAX_AT_WORK + 2}", "b2"]
    later = [f"a{number}" for number in range(MAX_AT_WORK + 3, OPEN - 3)]
    assert app.begun == [*(f"a{number}" for number in range(MAX_AT_WORK)), *turns, *later]


@pytest.mark.usefixtures("patient")
async def test_an_address_has_one_turn_whatever_tokens_it_invents() -> None:
    app = Waiting()
    bounds = RequestBounds(app, OPEN)
    invented = [{"authorization": f"Bearer {number}"} for number in range(OPEN)]
    async with (
        client_of(bounds) as one,
        client_of(bounds, "2001:db8::1") as other,
        client_of(bounds, "2001:db8::2") as same,
    ):
        many = await queue(one, bounds, OPEN - 4, "a", invented)
        few = [*await queue(other, bounds, 2, "b"), *await queue(same, bounds, 2, "c")]
        app.may_end.set()
        await asyncio.gather(*many, *few)

    first = [name[0] for name in app.begun[MAX_AT_WORK:]]
    assert first[:8] == ["a", "b", "a", "b", "a", "c", "a", "c"]
    assert set(first[8:]) == {"a"}


@pytest.mark.usefixtures("patient")
async def test_a_client_whose_waiting_requests_ended_takes_no_turn() -> None:
    app = Waiting()
    bounds = RequestBounds(app, OPEN)
    async with client_of(bounds) as one, client_of(bounds, "192.0.2.1") as other:
        at_work = await queue(one, bounds, MAX_AT_WORK, "a")
        ended = await queue(other, bounds, 2, "b")
        waiting = await queue(one, bounds, 1, "c")
        for task in ended:
            task.cancel()
        await asyncio.wait(ended)
        app.may_end.set()
        answered = await asyncio.gather(*at_work, *waiting)

    assert {each.status_code for each in answered} == {200}
    assert app.begun[MAX_AT_WORK:] == ["c0"]


async def test_slow_requests_leave_their_places_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "SLOW_SECONDS", 0.01)
    app = Waiting()
    bounds = RequestBounds(app, OPEN)
    async with client_of(bounds) as client:
        slow = [asyncio.create_task(client.get("/wait")) for _ in range(OPEN - 1)]
        await app.wait_for(OPEN - 1)
        meanwhile = await client.get("/more")
        app.may_end.set()
        answered = await asyncio.gather(*slow)
        again = Waiting()
        bounds._app = again  # the same places, with a new app
        monkeypatch.setattr(admission, "SLOW_SECONDS", 3600.0)
        waiting = await queue(client, bounds, OPEN)
        at_work = len(again.begun)
        again.may_end.set()
        await asyncio.gather(*waiting)

    assert {meanwhile.status_code, *(each.status_code for each in answered)} == {200}
    assert at_work == MAX_AT_WORK


@pytest.mark.usefixtures("patient")
async def test_requests_that_end_while_they_wait_take_no_place() -> None:
    app = Waiting()
    bounds = RequestBounds(app, OPEN)
    async with client_of(bounds) as client:
        waiting = await queue(client, bounds, OPEN)
        cancelled = waiting[MAX_AT_WORK::2]
        for task in cancelled:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        still_open = bounds.admission.open_requests
        app.may_end.set()
        answered = await asyncio.gather(*(task for task in waiting if task not in cancelled))
        later = await asyncio.gather(*(client.get("/more") for _ in range(OPEN)))

    assert still_open == OPEN - len(cancelled)
    assert {each.status_code for each in [*answered, *later]} == {200}
    assert len(app.begun) == OPEN - len(cancelled)
    assert bounds.admission.open_requests == 0


@pytest.mark.usefixtures("patient")
async def test_a_request_whose_client_left_while_it_waited_is_not_answered() -> None:
    app, left = Waiting(), asyncio.Event()
    bounds = RequestBounds(app, OPEN)
    sent: list[Message] = []
    bodies: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if bodies:
            return bodies.pop()
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async with client_of(bounds) as client:
        waiting = await queue(client, bounds, MAX_AT_WORK)
        scope = {"type": "http", "method": "GET", "path": "/wait", "headers": [], "query_string": b"left"}
        abandoned = asyncio.create_task(bounds(scope, receive, send))
        async with asyncio.timeout(30):
            while bounds.admission.open_requests == MAX_AT_WORK:  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0)
        left.set()
        app.may_end.set()
        await asyncio.gather(abandoned, *waiting)

    assert "left" not in app.begun
    assert sent == []
    assert bounds.admission.open_requests == 0


async def test_clients_that_read_slowly_do_not_displace_others() -> None:
    stalled, all_stalled, may_read = 0, asyncio.Event(), asyncio.Event()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send_slowly(message: Message) -> None:
        nonlocal stalled
        if message["type"] == "http.response.body":
            stalled += 1
            if stalled == OPEN:
                all_stalled.set()
            await may_read.wait()

    bounds = RequestBounds(PlainTextResponse("answered"), OPEN)
    scope = {"type": "http", "method": "GET", "path": "/slow", "headers": [], "query_string": b""}
    reading = [asyncio.create_task(bounds(dict(scope), receive, send_slowly)) for _ in range(OPEN)]
    async with asyncio.timeout(30):
        await all_stalled.wait()
    async with client_of(bounds) as client:
        meanwhile = await client.get("/more")
    may_read.set()
    await asyncio.gather(*reading)

    assert meanwhile.status_code == 200
