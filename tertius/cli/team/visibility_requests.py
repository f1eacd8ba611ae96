"""Requests of members to name a colleague as introducer."""

from graph.errors import InvalidSharingRequest
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.privacy.audit_log import AuditAction, record_audit_entry
from graph.sharing.visibility_requests import (
    VisibilityRequest,
    answer_visibility_request,
    list_visibility_requests,
    request_visibility,
)
from presentation.answer_json import day_text, person_data
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.cli.numbered_list import choose
from tertius.cli.person_argument import no_single_person
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork

_STATES = {None: "not answered", True: "approved", False: "declined"}


def request(target: str, *, max_introducers: int, as_json: bool) -> None:
    """Ask the colleagues on the best withheld route to be named."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        graph, state, viewer = network.graph, network.state, network.viewer
        found = await resolve_reference(graph, viewer, target)
        if not isinstance(found, ResolvedTarget):
            raise InvalidSharingRequest(no_single_person(target, found))
        await record_audit_entry(graph, state, network.member, AuditAction.INTRODUCTIONS, [found.person.id])
        is_requested = await request_visibility(
            graph, state, viewer, found, today=today(), max_introducers=max_introducers
        )
        if as_json:
            person = person_data(found.person) if is_requested else None
            console.echo_json({"__typename": "RequestIntroducerVisibilityPayload", "target": person})
        else:
            console.echo("The request was sent." if is_requested else "No route is withheld: there is nobody to ask.")

    run(do)


def answer_request(number: int, *, is_approved: bool, as_json: bool) -> None:
    """Approve or decline the request with this number, and print all requests."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        requests = await list_visibility_requests(network.graph, network.viewer)
        chosen = choose(requests, number, "request", "tertius team visibility-requests")
        await answer_visibility_request(network.graph, network.viewer, chosen.id, consented=is_approved)
        await _print(network, as_json=as_json)

    run(do)


def print_requests(*, as_json: bool) -> None:
    """Print the requests to the viewer."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print(network, as_json=as_json)

    run(do)


async def _print(network: OpenNetwork, *, as_json: bool) -> None:
    requests = await list_visibility_requests(network.graph, network.viewer)
    if as_json:
        console.echo_json([_request_data(each) for each in requests])
        return
    for number, each in enumerate(requests, 1):
        state = _STATES[each.consented]
        who = f"{each.asker_name} [{each.asker_id}]"
        console.echo(f"{number}. {who} looks for a route to {each.target.name}, {format_day(each.day)}: {state}")
    if not requests:
        console.echo("There are no requests to you.")


def _request_data(request: VisibilityRequest) -> dict[str, object]:
    return {
        "__typename": "IntroducerVisibilityRequest",
        "id": request.id,
        "askerName": request.asker_name,
        "askerId": request.asker_id,
        "target": person_data(request.target),
        "requestedOn": day_text(request.day),
        "isApproved": request.consented,
    }
