"""`tertius privacy erasure-requests`, `dispute-erasure`, `confirm-erasure` and `dismiss-erasure`."""

from collections.abc import Sequence

import typer

from graph.privacy.erasure_requests import (
    MAX_REASON_LENGTH,
    ErasureRequestPreview,
    ErasureRequestStatus,
    decide_erasure_request,
    list_erasure_requests,
)
from presentation.answer_json import Data
from presentation.dates import time_text
from tertius import console
from tertius.answer_reading.times import minute_of_time
from tertius.arguments.numbered_list import choose
from tertius.cli.exit_codes import FAILED
from tertius.cli.json_values import identity_data
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.team import ERASURE_REQUEST_LIST
from tertius.runner import end, run_or_ask
from tertius.session import OpenNetwork

_MAX_REQUESTS = 10_000
_MUTATIONS = {
    ErasureRequestStatus.DISPUTED: "dispute_erasure",
    ErasureRequestStatus.DISMISSED: "dismiss_erasure",
    ErasureRequestStatus.CONFIRMED: "confirm_erasure",
}
"""The document that makes each decision on a server. Its payload is null if the state allows no such decision."""


def print_erasure_requests(*, as_json: bool) -> None:
    """Print the requests for erasure of people who are not members."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return await _read(network)

    _print(run_or_ask(do, ERASURE_REQUEST_LIST.read), as_json=as_json)


def decide_erasure(number: int, status: ErasureRequestStatus, *, reason: str | None, as_json: bool) -> None:
    """Dispute, confirm or dismiss the request with this number, and print the others."""
    stated = {} if reason is None else {"reason": reason.strip()}
    if not all(1 <= len(text) <= MAX_REASON_LENGTH for text in stated.values()):
        raise typer.BadParameter(f"Give a reason of 1 to {MAX_REASON_LENGTH} characters.", param_hint="--reason")

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> tuple[Data, bool, list[Data]]:
        request = _choose(await _read(network), number)
        is_decided = await decide_erasure_request(
            network.graph, network.viewer, request["id"], status, **stated, progress=progress
        )
        return request, is_decided, await _read(await network.reload())

    def ask(client: ServerClient) -> tuple[Data, bool, list[Data]]:
        request = _choose(ERASURE_REQUEST_LIST.read(client), number)
        (payload,) = client.query(_MUTATIONS[status], input={"id": request["id"], **stated}).values()
        return request, any(payload.values()), ERASURE_REQUEST_LIST.read(client)

    request, is_decided, listed = run_or_ask(do, ask)
    if not is_decided and not as_json:
        state = request["status"].lower()
        console.echo(f"This request is {state}, so that it cannot be {status}. Nothing was changed.")
    _print(listed, as_json=as_json)
    end(0 if is_decided else FAILED)


def _choose(requests: Sequence[Data], number: int) -> Data:
    return choose(requests, number, ERASURE_REQUEST_LIST.noun, ERASURE_REQUEST_LIST.command)


async def _read(network: OpenNetwork) -> list[Data]:
    listed = await list_erasure_requests(network.graph, network.state, network.viewer, _MAX_REQUESTS)
    return [_request_data(each) for each in listed]


def _print(requests: Sequence[Data], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(requests)
        return
    for number, request in enumerate(requests, 1):
        console.echo(f"{number}. {_line(request)}")
    if not requests:
        console.echo("No person who is not a member has requested an erasure.")


def _line(request: Data) -> str:
    if request["identity"] is None:
        who = "An address that no source in your view names"
    else:
        who = request["identity"]["text"] + (f" ({', '.join(request['names'])})" if request["names"] else "")
    facts = (
        f"names and list entries in your view: {request['factCount']}, days of contact: {request['contactDayCount']}"
    )
    named_by = f", from {', '.join(request['sources'])}" if request["sources"] else ""
    if request["claimingSources"]:
        named_by += f", claimed without a proof by the owner of {', '.join(request['claimingSources'])}"
    named_by += "".join(
        f"; not proved and not erased: {linked['text']} ({linked['reason'] or ''})"
        for linked in request["linkedIdentities"]
    )
    proof = (
        f"requested on {minute_of_time(request['requestedAt'])}, address proved by a link on "
        f"{minute_of_time(request['provedAt'])}"
    )
    return f"{who}: {proof}; {facts}{named_by}; {_state(request)}"


def _state(request: Data) -> str:
    decision = f'{request["decidedBy"]} ("{request["reason"]}")'
    match ErasureRequestStatus[request["status"]]:
        case ErasureRequestStatus.PENDING:
            return f"deleted on {minute_of_time(request['finalAt'])}"
        case ErasureRequestStatus.DISPUTED:
            return f"disputed by {decision}; answer the person by {request['answerBy'][:10]}"
        case ErasureRequestStatus.CONFIRMED:
            return "being deleted"
        case ErasureRequestStatus.DISMISSED:
            return f"dismissed by {decision}"


def _request_data(preview: ErasureRequestPreview) -> Data:
    request = preview.request
    return {
        "__typename": "ErasureRequest",
        "id": request.id,
        "status": request.status.name,
        "identity": preview.identity and identity_data(preview.identity),
        "names": list(preview.names),
        "sources": list(preview.sources),
        "claimingSources": list(preview.claiming_sources),
        "linkedIdentities": [identity_data(identity) for identity in preview.linked],
        "factCount": preview.fact_count,
        "contactDayCount": preview.contact_day_count,
        "provedAt": time_text(request.proved_at),
        "requestedAt": time_text(request.requested_at),
        "finalAt": time_text(request.final_at),
        "answerBy": request.answer_by.isoformat(),
        "reason": request.reason,
        "decidedAt": time_text(request.decided_at),
        "decidedBy": request.decided_by_name,
    }
