"""Requests of members to name a colleague as introducer."""

from collections.abc import Sequence

from graph.errors import InvalidSharingRequest
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.privacy.audit_log import AuditAction, record_audit_entry
from graph.sharing.visibility_requests import (
    VisibilityRequest,
    answer_visibility_request,
    list_visibility_requests,
    request_visibility,
)
from presentation.answer_json import Data, day_text, person_data
from presentation.dates import today
from tertius import console
from tertius.cli.numbered_list import choose
from tertius.cli.person_argument import no_single_person
from tertius.cli.rendering import format_date
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.team import VISIBILITY_REQUESTS, request_visibility_on_server
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork

_STATES = {None: "not answered", True: "approved", False: "declined"}


def request(target: str, *, max_introducers: int, as_json: bool) -> None:
    """Ask the colleagues on the best withheld route to be named."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> Data:
        graph, state, viewer = network.graph, network.state, network.viewer
        found = await resolve_reference(graph, viewer, target)
        if not isinstance(found, ResolvedTarget):
            raise InvalidSharingRequest(no_single_person(target, found))
        await record_audit_entry(graph, state, network.member, AuditAction.INTRODUCTIONS, [found.person.id])
        is_requested = await request_visibility(
            graph, state, viewer, found, today=today(), max_introducers=max_introducers
        )
        person = person_data(found.person) if is_requested else None
        return {"__typename": "RequestIntroducerVisibilityPayload", "target": person}

    def ask(client: ServerClient) -> Data:
        return request_visibility_on_server(client, target, max_introducers=max_introducers)

    payload = run_or_ask(do, ask)
    if as_json:
        console.echo_json(payload)
    else:
        is_requested = payload["target"] is not None
        console.echo("The request was sent." if is_requested else "No route is withheld: there is nobody to ask.")


def answer_request(number: int, *, is_approved: bool, as_json: bool) -> None:
    """Approve or decline the request with this number, and print all requests."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        requests = await list_visibility_requests(network.graph, network.viewer)
        chosen = choose(requests, number, VISIBILITY_REQUESTS.noun, VISIBILITY_REQUESTS.command)
        await answer_visibility_request(network.graph, network.viewer, chosen.id, consented=is_approved)
        return await _read(network)

    mutation = "approve_visibility" if is_approved else "decline_visibility"
    listed = run_or_ask(do, lambda client: VISIBILITY_REQUESTS.change(client, number, mutation))
    _print(listed, as_json=as_json)


def print_requests(*, as_json: bool) -> None:
    """Print the requests to the viewer."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return await _read(network)

    _print(run_or_ask(do, VISIBILITY_REQUESTS.read), as_json=as_json)


async def _read(network: OpenNetwork) -> list[Data]:
    return [_request_data(each) for each in await list_visibility_requests(network.graph, network.viewer)]


def _print(requests: Sequence[Data], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(requests)
        return
    for number, each in enumerate(requests, 1):
        who, day = f"{each['askerName']} [{each['askerId']}]", format_date(each["requestedOn"])
        state, target = _STATES[each["isApproved"]], each["target"]["name"]
        console.echo(f"{number}. {who} looks for a route to {target}, {day}: {state}")
    if not requests:
        console.echo("There are no requests to you.")


def _request_data(request: VisibilityRequest) -> Data:
    return {
        "__typename": "IntroducerVisibilityRequest",
        "id": request.id,
        "askerName": request.asker_name,
        "askerId": request.asker_id,
        "target": person_data(request.target),
        "requestedOn": day_text(request.day),
        "isApproved": request.consented,
    }
