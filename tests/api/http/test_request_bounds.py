"""A process answers a limited number of requests at the same time."""

import asyncio

import httpx
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from api.http.request_bounds import MAX_RUNNING_REQUESTS, RequestBounds


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
        may_end.set()
        answered = await asyncio.gather(*waiting)
        later = await client.get("/more")

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert refused.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert {healthy.status_code, later.status_code, *(each.status_code for each in answered)} == {200}
