"""`tertius privacy erasure-requests`, `dispute-erasure`, `confirm-erasure` and `dismiss-erasure`."""

import typer

from graph.privacy.erasure_requests import (
    MAX_REASON_LENGTH,
    ErasureRequestPreview,
    ErasureRequestStatus,
    decide_erasure_request,
    list_erasure_requests,
)
from presentation.dates import time_text, to_datetime
from tertius import console
from tertius.cli.exit_codes import FAILED
from tertius.cli.json_values import identity_data
from tertius.cli.numbered_list import choose
from tertius.console import ConsoleProgress
from tertius.runner import end, run
from tertius.session import OpenNetwork

_MAX_REQUESTS = 10_000


def print_erasure_requests(*, as_json: bool) -> None:
    """Print the requests for erasure of people who are not members."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print(network, as_json=as_json)

    run(do)


def decide_erasure(number: int, status: ErasureRequestStatus, *, reason: str | None, as_json: bool) -> None:
    """Dispute, confirm or dismiss the request with this number, and print the others."""
    if reason is not None and not 1 <= len(reason.strip()) <= MAX_REASON_LENGTH:
        raise typer.BadParameter(f"Give a reason of 1 to {MAX_REASON_LENGTH} characters.", param_hint="--reason")

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        request = choose(
            await _list(network), number, "request for erasure", "tertius privacy erasure-requests"
        ).request
        is_decided = await decide_erasure_request(
            network.graph, network.viewer, request.id, status, reason=reason and reason.strip(), progress=progress
        )
        if not is_decided and not as_json:
            console.echo(f"This request is {request.status}, so that it cannot be {status}. Nothing was changed.")
        await _print(await network.reload(), as_json=as_json)
        return 0 if is_decided else FAILED

    end(run(do))


async def _list(network: OpenNetwork) -> list[ErasureRequestPreview]:
    return await list_erasure_requests(network.graph, network.state, network.viewer, _MAX_REQUESTS)


async def _print(network: OpenNetwork, *, as_json: bool) -> None:
    requests = await _list(network)
    if as_json:
        console.echo_json([_request_data(request) for request in requests])
        return
    for number, request in enumerate(requests, 1):
        console.echo(f"{number}. {_line(request)}")
    if not requests:
        console.echo("No person who is not a member has requested an erasure.")


def _line(preview: ErasureRequestPreview) -> str:
    request = preview.request
    if preview.identity is None:
        who = "An address that no source in your view names"
    else:
        who = f"{preview.identity.text} ({', '.join(preview.names)})" if preview.names else preview.identity.text
    facts = f"names and list entries in your view: {preview.fact_count}, days of contact: {preview.contact_day_count}"
    named_by = f", from {', '.join(preview.sources)}" if preview.sources else ""
    if preview.claiming_sources:
        named_by += f", claimed without a proof by the owner of {', '.join(preview.claiming_sources)}"
    named_by += "".join(f"; not proved and not erased: {linked.text} ({linked.because})" for linked in preview.linked)
    state = {
        ErasureRequestStatus.PENDING: f"deleted on {_time(request.final_at)}",
        ErasureRequestStatus.DISPUTED: f'disputed by {request.decided_by_name} ("{request.reason}"); '
        f"answer the person by {request.answer_by:%Y-%m-%d}",
        ErasureRequestStatus.CONFIRMED: "being deleted",
        ErasureRequestStatus.DISMISSED: f'dismissed by {request.decided_by_name} ("{request.reason}")',
    }[request.status]
    proof = f"requested on {_time(request.requested_at)}, address proved by a link on {_time(request.proved_at)}"
    return f"{who}: {proof}; {facts}{named_by}; {state}"


def _time(milliseconds: int | None) -> str:
    time = to_datetime(milliseconds)
    return "" if time is None else f"{time:%Y-%m-%d %H:%M} UTC"


def _request_data(preview: ErasureRequestPreview) -> dict[str, object]:
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
