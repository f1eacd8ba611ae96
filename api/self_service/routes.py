"""`/about-me`: people who never joined confirm an address, see their data, object, and erase it.

The pages have no scripts. A request for a link gets the same answer for every address: nothing is looked up before the
link comes back. A link goes to the address only, is valid for a day, works once, and appears in no log and in no
answer to a member (docs/decisions/0020-data-subjects.md).
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
from limits.aio.storage import Storage

from api.html_page import page_headers
from api.self_service import pages
from api.self_service.link_limits import LinkLimits, address_key
from api.time_limit import mutation_seconds, time_limit
from graph.database.client import Graph
from graph.errors import TertiusError
from graph.names.keys import key_text
from graph.names.visible_text import visible_values
from graph.privacy import proof_links as links
from graph.privacy.erasure_requests import ErasureRequest, find_erasure_request, withdraw_erasure_request
from graph.privacy.export import SubjectExport
from graph.privacy.subject_requests import (
    SubjectOutcome,
    export_address,
    list_linked_identities,
    object_to_routes,
    request_erasure_of_address,
)
from operations.mailer import Mailer
from presentation.dates import today

log = logging.getLogger("tertius.api")

ABOUT_ME = "/about-me"
ERASURE_DAYS = 7
"""Days in which an owner can dispute a requested erasure, by default."""
PageResponder = Callable[[Request, str, links.ProvedAddress], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Sender:
    """The mailer that sends the links, and the public address of this service, with which they begin."""

    mailer: Mailer
    address: str


class AboutMe:
    """The routes under /about-me. Without a sender they only show the contacts of the controllers.

    A requested erasure is completed after `erasure_days`.
    """

    def __init__(
        self,
        sender: Sender | None = None,
        *,
        erasure_days: int = ERASURE_DAYS,
        today: Callable[[], date] = today,
        counts: Storage | None = None,
    ) -> None:
        self._sender = sender
        self._erasure_days = erasure_days
        self._today = today
        self._limits = LinkLimits(counts)
        self._sending: set[asyncio.Task[None]] = set()
        self._secure = sender is not None and urlsplit(sender.address).scheme == "https"
        self._cookie = f"{'__Host-' if self._secure else ''}tertius_about_me"

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(prefix=ABOUT_ME)
        router.add_api_route("", self._start, methods=["GET"])
        router.add_api_route("", self._request_link, methods=["POST"])
        router.add_api_route("/link/{secret}", self._show_link, methods=["GET"])
        router.add_api_route("/link/{secret}", self._redeem_link, methods=["POST"])
        for path, method, page in (
            ("/held", "GET", self._export),
            ("/held.json", "GET", self._export_json),
            ("/object", "POST", self._object),
            ("/erase", "GET", self._confirm_erasure),
            ("/erase", "POST", self._request_erasure),
            ("/withdraw", "POST", self._withdraw_erasure),
            ("/linked", "POST", self._send_linked),
        ):
            router.add_api_route(path, self._with_proof(page, changes=method == "POST"), methods=[method])
        return router

    async def aclose(self) -> None:
        """Wait for messages that are being sent."""
        await asyncio.gather(*self._sending)

    async def _start(self, request: Request) -> Response:
        controllers = await links.list_network_controllers(_graph(request))
        return pages.request_form(controllers) if self._sender and controllers else pages.contact_only(controllers)

    async def _request_link(self, request: Request) -> Response:
        """Send a link. The answer is the same for every address, since the address is not looked up."""
        graph, text = _graph(request), await _form_field(request, "address")
        if self._sender is None or not await links.list_network_controllers(graph):
            return await self._start(request)
        key = address_key(text)
        if key is None:
            return pages.invalid_address()
        return await self._send_link(request, self._sender, key)

    async def _send_link(self, request: Request, sender: Sender, key: str) -> Response:
        graph = _graph(request)
        if not await self._limits.allows_client(request.client.host if request.client else ""):
            return pages.too_many_requests()
        if await self._limits.is_exhausted():
            return pages.no_more_links(await links.list_network_controllers(graph))
        if await self._limits.allows_address(key):
            await self._limits.count_link()
            task = asyncio.create_task(self._send(sender, key, await links.create_proof_link(graph, key)))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        return pages.link_sent()

    async def _send(self, sender: Sender, key: str, secret: str) -> None:
        address = sender.address.rstrip("/")
        subject = f"Your personal data at {urlsplit(address).hostname}"
        text = pages.MAIL.format(place=f"{address}{ABOUT_ME}", link=f"{address}{ABOUT_ME}/link/{secret}")
        try:
            await sender.mailer.send(key.partition(":")[2], subject, text)
        except (OSError, ValueError) as error:  # the message of the error may contain the address
            log.error("a link could not be sent by mail: %s", type(error).__name__)  # noqa: TRY400

    async def _show_link(self, secret: str) -> Response:
        """A page with a button, so that programs that open every link in a message do not redeem it."""
        return pages.redeem(secret)

    async def _redeem_link(self, request: Request, secret: str) -> Response:
        async with time_limit(mutation_seconds(request)):
            proof = await links.redeem_proof_link(_graph(request), secret)
        if proof is None:
            return pages.link_expired()
        response = RedirectResponse(f"{ABOUT_ME}/held", 303, page_headers())
        response.set_cookie(
            self._cookie,
            proof,
            max_age=links.PROOF_LIFETIME_MS // 1000,
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )
        return response

    def _with_proof(self, page: PageResponder, *, changes: bool) -> Callable[[Request], Awaitable[Response]]:
        """A page that needs a confirmed address. A page that `changes` something also needs the token of its form."""

        async def respond(request: Request) -> Response:
            proof = request.cookies.get(self._cookie, "")
            try:
                async with time_limit(mutation_seconds(request)):
                    proved = await links.find_proved_address(_graph(request), proof) if proof else None
                    if proved is None:
                        return pages.link_expired()
                    if changes and not secrets.compare_digest(await _form_field(request, "form"), _form_token(proof)):
                        return pages.link_expired()
                    return await page(request, proof, proved)
            except TertiusError as error:
                return pages.unavailable(str(error))

        return respond

    async def _exports(
        self, request: Request, proved: links.ProvedAddress
    ) -> list[tuple[links.NetworkController, SubjectExport | SubjectOutcome]]:
        graph = _graph(request)
        answers = [
            (controller, await export_address(graph, controller.network, proved.key))
            for controller in await _proved_controllers(graph, proved)
        ]
        return [
            (controller, answer if isinstance(answer, SubjectOutcome) else visible_values(answer))
            for controller, answer in answers
        ]

    async def _export(self, request: Request, proof: str, proved: links.ProvedAddress) -> Response:
        answers = await self._exports(request, proved)
        exports = [(controller, data) for controller, data in answers if not isinstance(data, SubjectOutcome)]
        outcomes = [(controller, data) for controller, data in answers if isinstance(data, SubjectOutcome)]
        linked = {_linked_token(proof, key): key for key in await self._linked(request, proved)} if self._sender else {}
        return pages.export(exports, outcomes, await self._requests(request, proved), linked, _form_token(proof))

    async def _linked(self, request: Request, proved: links.ProvedAddress) -> list[str]:
        """The e-mail addresses that rows of any network state beside the proved one."""
        graph = _graph(request)
        linked = [
            await list_linked_identities(graph, controller.network, proved.key)
            for controller in await _proved_controllers(graph, proved)
        ]
        return sorted({key for keys in linked for key in keys if address_key(key_text(key)) == key})

    async def _send_linked(self, request: Request, proof: str, proved: links.ProvedAddress) -> Response:
        """Send a link to an address that a row states beside the proved one. Only its mailbox shows which it is."""
        chosen = await _form_field(request, "linked")
        for key in await self._linked(request, proved):
            if self._sender and secrets.compare_digest(_linked_token(proof, key), chosen):
                return await self._send_link(request, self._sender, key)
        return pages.link_expired()

    async def _requests(
        self, request: Request, proved: links.ProvedAddress
    ) -> list[tuple[links.NetworkController, ErasureRequest]]:
        """The requests for erasure of the address, in each network that has one."""
        graph = _graph(request)
        requests = [
            (controller, await find_erasure_request(graph, controller.network, proved.key))
            for controller in await _proved_controllers(graph, proved)
        ]
        return [(controller, erasure) for controller, erasure in requests if erasure]

    async def _export_json(self, request: Request, _: str, proved: links.ProvedAddress) -> Response:
        exports = [
            {"controller": controller.controller, "contact": controller.contact, **data}
            for controller, data in await self._exports(request, proved)
            if not isinstance(data, SubjectOutcome)
        ]
        headers = {**page_headers(), "Content-Disposition": 'attachment; filename="about-me.json"'}
        text = json.dumps(exports, ensure_ascii=False, indent=2)
        return Response(text, media_type="application/json", headers=headers)

    async def _object(self, request: Request, _: str, proved: links.ProvedAddress) -> Response:
        graph = _graph(request)
        outcomes = [
            (controller, await object_to_routes(graph, controller.network, proved.key, today=self._today()))
            for controller in await _proved_controllers(graph, proved)
        ]
        return pages.objection_recorded(outcomes)

    async def _confirm_erasure(self, _request: Request, proof: str, _proved: links.ProvedAddress) -> Response:
        return pages.confirm_erasure(self._erasure_days, _form_token(proof))

    async def _request_erasure(self, request: Request, proof: str, proved: links.ProvedAddress) -> Response:
        graph = _graph(request)
        answers = [
            (
                controller,
                await request_erasure_of_address(
                    graph, controller.network, proved.key, proved_at=proved.proved_at, days=self._erasure_days
                ),
            )
            for controller in await _proved_controllers(graph, proved)
        ]
        await links.end_proof(graph, proved.networks, proof)
        response = pages.erasure_requested(
            [(controller, answer) for controller, answer in answers if isinstance(answer, ErasureRequest)],
            [(controller, answer) for controller, answer in answers if isinstance(answer, SubjectOutcome)],
        )
        response.delete_cookie(self._cookie, secure=self._secure, httponly=True, samesite="strict")
        return response

    async def _withdraw_erasure(self, request: Request, _: str, proved: links.ProvedAddress) -> Response:
        graph = _graph(request)
        withdrawn = [
            await withdraw_erasure_request(graph, controller.network, proved.key)
            for controller in await _proved_controllers(graph, proved)
        ]
        return pages.erasure_withdrawn(is_withdrawn=any(withdrawn))


def _graph(request: Request) -> Graph:
    graph: Graph = request.app.state.graph
    return graph.with_timeout(None)


async def _proved_controllers(graph: Graph, proved: links.ProvedAddress) -> list[links.NetworkController]:
    """The controllers of the networks to which the address was proved."""
    return [one for one in await links.list_network_controllers(graph) if one.network in proved.networks]


def _form_token(proof: str) -> str:
    """The hidden field of a form, which only a page for this proof can contain."""
    return sha256(f"form {proof}".encode()).hexdigest()


def _linked_token(proof: str, key: str) -> str:
    """Return a token for another address, so that a form of the page for this proof does not contain the address."""
    return sha256(f"linked {proof} {key}".encode()).hexdigest()


async def _form_field(request: Request, name: str) -> str:
    """A field of the submitted form, "" if the body is no form or lacks the field."""
    try:
        fields = parse_qs((await request.body()).decode(), max_num_fields=10)
    except ValueError:
        return ""
    return fields.get(name, [""])[0].strip()
