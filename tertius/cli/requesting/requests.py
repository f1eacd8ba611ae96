"""Introduction requests at the command line."""

from collections.abc import Awaitable, Callable

from graph.errors import InvalidIntroductionRequest
from graph.requests.requests import IntroductionRequest
from graph.requests.states import Outcome, RequestRole
from operations.requests import acting, drafting, reading
from operations.requests.acting import Response, TargetResponse
from operations.session import Session
from presentation.dates import today
from presentation.request_json import request_data
from presentation.request_sentences import history_lines, request_title, status_text
from presentation.request_texts import RequestFacts
from tertius import console
from tertius.cli.numbered_list import choose
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork

_LIST = "tertius request list"
_MAX_NUMBER_LENGTH = 6
_Change = Callable[[Session, str], Awaitable[IntroductionRequest | None]]


def create_draft(
    target: str, *, through: str, purpose: str, about: str, benefit: str, max_introducers: int, as_json: bool
) -> None:
    """Draft a request, and print it."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        created = await drafting.create_request(
            network.session, target, through, RequestFacts(purpose, about, benefit), max_introducers=max_introducers
        )
        await _print(network.session, created, as_json=as_json)

    run(do)


def print_list(role: str | None, *, as_json: bool) -> None:
    """Print the requests, oldest first, so that their numbers stay the same."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        listed = [
            (number, each)
            for number, each in enumerate(await _oldest_first(network.session), 1)
            if role in (None, each.role.value)
        ]
        if as_json:
            console.echo_json([await _data(network.session, each) for _, each in listed])
            return
        for number, each in listed:
            console.echo(f"{number}. {request_title(each)}: {status_text(each)}")
        if not listed:
            console.echo("There are no introduction requests.")

    run(do)


def show(request: str, *, as_json: bool) -> None:
    """Print a request."""
    _change(request, reading.find_request, as_json=as_json)


def edit(request: str, *, reason: str | None, benefit: str | None, note: str | None, as_json: bool) -> None:
    """Replace texts of a draft, and print it."""

    async def do(session: Session, id: str) -> IntroductionRequest | None:
        return await drafting.edit_request(session, id, reason=reason, benefit=benefit, note=note)

    _change(request, do, as_json=as_json)


def send(request: str, *, as_json: bool) -> None:
    """Send a draft, and print it."""
    _change(request, acting.send_request, as_json=as_json)


def answer(request: str, response: str, *, to: str | None, as_json: bool) -> None:
    """Answer a request, and print it."""

    async def do(session: Session, id: str) -> IntroductionRequest | None:
        chosen = Response(response.replace("-", "_"))
        return await acting.respond_to_request(session, id, chosen, redirected_to=to, today=today())

    _change(request, do, as_json=as_json)


def record(request: str, event: str, *, as_json: bool) -> None:
    """Record what happened, and print the request."""
    name = event.replace("-", "_")

    async def do(session: Session, id: str) -> IntroductionRequest | None:
        if name == "introduced":
            return await acting.record_introduction(session, id)
        if name.startswith("target_"):
            response = TargetResponse(name.removeprefix("target_"))
            return await acting.record_target_response(session, id, response)
        return await acting.record_outcome(session, id, Outcome(name))

    _change(request, do, as_json=as_json)


def thank(request: str, *, as_json: bool) -> None:
    """Thank the introducer, and print the request."""
    _change(request, acting.thank_introducer, as_json=as_json)


def create_next(request: str, *, as_json: bool) -> None:
    """Draft a request along the next route, and print it."""
    _change(request, drafting.create_next_request, as_json=as_json)


def withdraw_or_discard(request: str, *, as_json: bool) -> None:
    """Withdraw a request, and print it."""
    _change(request, acting.withdraw_request, as_json=as_json)


def _change(request: str, change: _Change, *, as_json: bool) -> None:
    """Find the request with this number or id, change it, and print it."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        session = network.session
        is_number = request.isdecimal() and len(request) < _MAX_NUMBER_LENGTH
        id = choose(await _oldest_first(session), int(request), "request", _LIST).id if is_number else request
        changed = await change(session, id)
        if changed is None:
            raise InvalidIntroductionRequest(f"There is no request with this id. `{_LIST}` lists yours.")
        await _print(session, changed, as_json=as_json)

    run(do)


async def _oldest_first(session: Session) -> list[IntroductionRequest]:
    return (await reading.list_requests(session))[::-1]


async def _data(session: Session, request: IntroductionRequest) -> dict[str, object]:
    return request_data(request, await reading.message_to_send(session, request))


async def _print(session: Session, request: IntroductionRequest, *, as_json: bool) -> None:
    if as_json:
        console.echo_json(await _data(session, request))
        return
    texts, introducer = request.texts, request.introducer.name
    console.echo(f"{request_title(request)}.")
    console.echo(f"Id: {request.id}")
    console.echo(f"State: {status_text(request)}")
    reader = introducer if request.role is RequestRole.ASKER else "you"
    console.echo(f"For {reader} only: {texts.reason}")
    if texts.benefit:
        console.echo(f"What {request.target.name} gains: {texts.benefit}")
    console.echo(f"Note to forward: {texts.note}")
    for line in history_lines(request):
        console.echo(f"  {line}")
    message = await reading.message_to_send(session, request)
    if message:
        console.echo(f"Send this from your own mail program: {message.mailto}")
    route = await drafting.find_next_route(session, request)
    if route:
        names = " and ".join(person.name for person in route.people[:-1])
        console.echo(f"The next route leads through {names}. `tertius request next {request.id}` drafts a request.")
    if request.available_actions:
        names = ", ".join(action.value.replace("_", " ") for action in request.available_actions)
        console.echo(f"You can: {names}.")
