"""The commands `tertius privacy …` for requests for erasure: their parameters and help."""

from typing import Annotated

import typer

from tertius.cli.options import Json, Number, Yes

ReasonForDecision = Annotated[str, typer.Option(metavar="TEXT", help="The reason. The person sees it at /about-me.")]


def erasure_requests_command(*, as_json: Json = False) -> None:
    """List requests for erasure sent at /about-me.

    Each shows what your sources would lose, when the address was proved, and when the data is deleted. No answer
    contains the person while a request is pending or disputed.

    Examples:
        tertius privacy erasure-requests
    """
    from tertius.cli.privacy.erasure_requests import print_erasure_requests

    print_erasure_requests(as_json=as_json)


def dispute_erasure_command(number: Number, *, reason: ReasonForDecision, as_json: Json = False) -> None:
    """Dispute a pending request for erasure.

    Nothing is deleted, and the person stays hidden, until you confirm or dismiss the request. Answer the person within
    a month. `tertius privacy erasure-requests` shows the numbers.

    Examples:
        tertius privacy dispute-erasure 1 --reason "The mailbox was stolen."
    """
    from graph.privacy.erasure_requests import ErasureRequestStatus
    from tertius.cli.privacy.erasure_requests import decide_erasure

    decide_erasure(number, ErasureRequestStatus.DISPUTED, reason=reason, as_json=as_json)


def dismiss_erasure_command(number: Number, *, reason: ReasonForDecision, as_json: Json = False) -> None:
    """Dismiss a disputed request for erasure.

    Answers contain the person again. The person sees the reason, and may request the erasure again or object.

    Examples:
        tertius privacy dismiss-erasure 1 --reason "The holder of the mailbox did not request it."
    """
    from graph.privacy.erasure_requests import ErasureRequestStatus
    from tertius.cli.privacy.erasure_requests import decide_erasure

    decide_erasure(number, ErasureRequestStatus.DISMISSED, reason=reason, as_json=as_json)


def confirm_erasure_command(number: Number, *, yes: Yes = False, as_json: Json = False) -> None:
    """Complete a request for erasure now.

    The erasure is final. Later loads skip the address.

    Examples:
        tertius privacy confirm-erasure 1
    """
    from graph.privacy.erasure_requests import ErasureRequestStatus
    from tertius.cli.privacy.erasure_requests import decide_erasure

    if not yes:
        typer.confirm("Erase the address? This cannot be undone.", abort=True, err=True)
    decide_erasure(number, ErasureRequestStatus.CONFIRMED, reason=None, as_json=as_json)
