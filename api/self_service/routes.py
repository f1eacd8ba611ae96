"""`/about-me`: somebody who never joined proves an address, is told what is held of them, objects, is forgotten.

Pages without a script. To ask is answered the same whoever is asked for: nobody is looked up before a link has come
back, which goes to the address alone, is good for a day and once, and stands in no log and in no answer to a member
(docs/decisions/0020-data-subjects.md).
"""

import asyncio
import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

from api.self_service import pages
from graph.database.client import Graph
from graph.errors import TertiusError
from graph.names.keys import identity_key
from graph.privacy import proof_links as links
from graph.privacy.export import SubjectExport
from graph.privacy.subject_requests import erase_address, export_address, object_to_routes
from graph.records import Handle, HandleKind
from operations.mailer import Mailer
from presentation.dates import today

log = logging.getLogger("tertius.api")

HERE = "/about-me"
PER_ADDRESS = RateLimitItemPerDay(3)
PER_CLIENT = RateLimitItemPerHour(10)
ALL_TOGETHER = RateLimitItemPerHour(200)
"""Links that are sent at most: beyond, nobody's mailbox is filled by ours."""
MAX_ADDRESS_LENGTH = 254
PageHandler = Callable[[Request, str, links.ProvedAddress], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Sender:
    """How links are sent, and this service's own address, with which they begin."""

    mailer: Mailer
    address: str


class AboutMe:
    """The addresses of it. Without a sender it says whom to write to, and nothing else."""

    def __init__(self, sender: Sender | None = None, *, today: Callable[[], date] = today) -> None:
        self._sender = sender
        self._today = today
        self._asked = FixedWindowRateLimiter(MemoryStorage())
        self._sending: set[asyncio.Task[None]] = set()
        self._secure = sender is not None and urlsplit(sender.address).scheme == "https"
        self._cookie = f"{'__Host-' if self._secure else ''}tertius_about_me"

    def router(self) -> APIRouter:
        """Where they are."""
        router = APIRouter(prefix=HERE)
        router.add_api_route("", self._begin, methods=["GET"])
        router.add_api_route("", self._ask, methods=["POST"])
        router.add_api_route("/link/{secret}", self._link, methods=["GET"])
        router.add_api_route("/link/{secret}", self._take, methods=["POST"])
        for place, method, page in (
            ("/held", "GET", self._held),
            ("/held.json", "GET", self._data),
            ("/object", "POST", self._object),
            ("/forget", "GET", self._sure),
            ("/forget", "POST", self._forget),
        ):
            router.add_api_route(place, self._proved(page, changes=method == "POST"), methods=[method])
        return router

    async def aclose(self) -> None:
        """Wait for the letters that are on their way."""
        await asyncio.gather(*self._sending)

    async def _begin(self, request: Request) -> Response:
        who = await links.list_network_controllers(_graph(request))
        return pages.begin(who) if self._sender and who else pages.write_to(who)

    async def _ask(self, request: Request) -> Response:
        """The same answer for whomever is asked for: whether anything is known of them is not even looked up."""
        graph, given = _graph(request), await _given(request, "address")
        if self._sender is None or not await links.list_network_controllers(graph):
            return await self._begin(request)
        found = identity_key(Handle(HandleKind.EMAIL, given)) if len(given) <= MAX_ADDRESS_LENGTH else None
        if found is None:
            return pages.unfit()
        client = request.client.host if request.client else ""
        if not await self._may(PER_CLIENT, "client", client):
            return pages.too_often()
        if await self._may(PER_ADDRESS, "address", found) and await self._may(ALL_TOGETHER, "all"):
            task = asyncio.create_task(self._send(self._sender, found, await links.create_proof_link(graph, found)))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        return pages.on_its_way()

    async def _may(self, limit: RateLimitItem, *who: str) -> bool:
        return await self._asked.hit(limit, *who)

    async def _send(self, sender: Sender, found: str, secret: str) -> None:
        address = sender.address.rstrip("/")
        subject = f"What is known of you at {urlsplit(address).hostname}"
        text = pages.LETTER.format(place=f"{address}{HERE}", link=f"{address}{HERE}/link/{secret}")
        try:
            await sender.mailer.send(found.partition(":")[2], subject, text)
        except (OSError, ValueError) as error:  # whose words may hold the address
            log.error("a link could not be sent by mail: %s", type(error).__name__)  # noqa: TRY400

    async def _link(self, secret: str) -> Response:
        """A page with a button: programs that open every link in a letter take none by it."""
        return pages.take(secret)

    async def _take(self, request: Request, secret: str) -> Response:
        taker = await links.redeem_proof_link(_graph(request), secret)
        if taker is None:
            return pages.over()
        response = RedirectResponse(f"{HERE}/held", 303, pages.HEADERS)
        response.set_cookie(
            self._cookie,
            taker,
            max_age=links.PROOF_LIFETIME_MS // 1000,
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )
        return response

    def _proved(self, page: PageHandler, *, changes: bool) -> Callable[[Request], Awaitable[Response]]:
        """A page for whoever proved an address; what `changes` something comes from a form of ours, which knows so."""

        async def shown(request: Request) -> Response:
            taker = request.cookies.get(self._cookie, "")
            try:
                proved = await links.find_proved_address(_graph(request), taker) if taker else None
                if proved is None:
                    return pages.over()
                if changes and not secrets.compare_digest(await _given(request, "form"), _form(taker)):
                    return pages.over()
                return await page(request, taker, proved)
            except TertiusError as error:
                return pages.later(str(error))

        return shown

    async def _told(
        self, request: Request, proved: links.ProvedAddress
    ) -> list[tuple[links.NetworkController, SubjectExport]]:
        graph = _graph(request)
        found = [
            (one, await export_address(graph, one.network, proved.key))
            for one in await links.list_network_controllers(graph)
            if one.network in proved.networks
        ]
        return [(one, held) for one, held in found if held is not None]

    async def _held(self, request: Request, taker: str, proved: links.ProvedAddress) -> Response:
        return pages.held(await self._told(request, proved), _form(taker))

    async def _data(self, request: Request, _: str, proved: links.ProvedAddress) -> Response:
        told = [
            {"controller": one.controller, "contact": one.contact, **held}
            for one, held in await self._told(request, proved)
        ]
        headers = {**pages.HEADERS, "Content-Disposition": 'attachment; filename="about-me.json"'}
        text = json.dumps(told, ensure_ascii=False, indent=2)
        return Response(text, media_type="application/json", headers=headers)

    async def _object(self, request: Request, _: str, proved: links.ProvedAddress) -> Response:
        for network in proved.networks:
            await object_to_routes(_graph(request), network, proved.key, today=self._today())
        return pages.objected()

    async def _sure(self, _request: Request, taker: str, _proved: links.ProvedAddress) -> Response:
        return pages.sure(_form(taker))

    async def _forget(self, request: Request, taker: str, proved: links.ProvedAddress) -> Response:
        graph = _graph(request)
        for network in proved.networks:
            await erase_address(graph, network, proved.key)
        await links.end_proof(graph, proved.networks, taker)
        response = pages.forgotten()
        response.delete_cookie(self._cookie, secure=self._secure, httponly=True, samesite="strict")
        return response


def _graph(request: Request) -> Graph:
    found: Graph = request.app.state.graph
    return found.with_timeout(None)


def _form(taker: str) -> str:
    """What a form of ours says, and nobody can who does not know the taker."""
    return sha256(f"form {taker}".encode()).hexdigest()


async def _given(request: Request, name: str) -> str:
    """A field of a form. Nothing where it is none, or not ours."""
    try:
        fields = parse_qs((await request.body()).decode(), max_num_fields=10)
    except ValueError:
        return ""
    return fields.get(name, [""])[0].strip()
