"""A process answers a limited number of requests at the same time."""

import asyncio

import httpx
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from api.http.request_bounds import MAX_RUNNING_REQUESTS, RequestBounds
from api.paths import SLACK_EVENTS


async def test_requests_beyond_the_maximum_are_refused_at_once_and_later_ones_answered() -> None:
    begun, all_begun, may_end = 0, asyncio.Event(), asyncio.Event()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal begun
        if scope["path"] == "/wait":
            begun += 1
            if begun == MAX_RUNNING_REQUESTS:
                all_begun.set()
            await may_end.wait()
        await PlainTextResponse("answered")(scope, receive, send)

    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(RequestBounds(answer)), base_url="http://tertius", limits=limits
    ) as client:
        waiting = [asyncio.ensure_future(client.get("/wait")) for _ in range(MAX_RUNNING_REQUESTS)]
        async with asyncio.timeout(30):
            await all_begun.wait()
        refused, healthy = await client.get("/more"), await client.get("/healthz")
        acknowledged = await client.post(SLACK_EVENTS)
        may_end.set()
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


async def test_clients_that_read_slowly_do_not_displace_others() -> None:
    stalled, all_stalled, may_read = 0, asyncio.Event(), asyncio.Event()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send_slowly(message: Message) -> None:
        nonlocal stalled
        if message["type"] == "http.response.body":
            stalled += 1
            if stalled == MAX_RUNNING_REQUESTS:
                all_stalled.set()
            await may_read.wait()

    bounds = RequestBounds(PlainTextResponse("answered"))
    scope = {"type": "http", "method": "GET", "path": "/slow", "headers": [], "query_string": b""}
    reading = [asyncio.ensure_future(bounds(dict(scope), receive, send_slowly)) for _ in range(MAX_RUNNING_REQUESTS)]
    async with asyncio.timeout(30):
        await all_stalled.wait()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(bounds), base_url="http://tertius") as client:
        meanwhile = await client.get("/more")
    may_read.set()
    await asyncio.gather(*reading)

    assert meanwhile.status_code == 200
