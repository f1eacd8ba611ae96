"""Introduction requests at the command line."""

from collections.abc import Awaitable, Callable, Sequence

from graph.errors import InvalidIntroductionRequest
from graph.requests.requests import IntroductionRequest
from graph.requests.states import Outcome, RequestRole
from graph.requests.suggestions import suggest_outcomes
from operations.requests import acting, drafting, reading
from operations.requests.acting import Response, TargetResponse
from operations.session import Session
from presentation.answer_json import Data, person_data
from presentation.dates import today
from presentation.request_json import request_data
from presentation.request_sentences import (
    actions_text,
    hidden_introducer_note,
    history_lines,
    request_title,
    status_text,
)
from presentation.request_texts import RequestFacts
from tertius import console
from tertius.answer_reading.requests import read_request_data
from tertius.arguments.numbered_list import choose
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.requests import (
    NO_REQUEST,
    change_on_server,
    create_on_server,
    next_introducers_on_server,
    request_on_server,
    requests_on_server,
)
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork

_LIST = "tertius request list"
_MAX_NUMBER_LENGTH = 6
_Change = Callable[[Session, str], Awaitable[IntroductionRequest | None]]
_ChangeOnServer = Callable[[ServerClient, str], Data | None]
_Shown = tuple[Data, list[Data]]
"""A request, and the people on the next route to its target from the first introducer on. JSON does not show them."""


def create_draft(
    target: str, *, through: str | None, purpose: str, about: str, benefit: str, max_introducers: int, as_json: bool
) -> None:
    """Draft a request, and print it."""
    facts = RequestFacts(purpose, about, benefit)

    async def do(network: OpenNetwork, _: ConsoleProgress) -> _Shown:
        created = await drafting.create_request(
            network.session, target, through, facts, max_introducers=max_introducers
        )
        return await _shown(network.session, created, as_json=as_json)

    def ask(client: ServerClient) -> _Shown:
        return _shown_on_server(
            client, create_on_server(client, target, through, facts, max_introducers=max_introducers), as_json=as_json
        )

    _print(*run_or_ask(do, ask), as_json=as_json)


def print_list(role: str | None, *, as_json: bool) -> None:
    """Print the requests, oldest first, so that their numbers stay the same."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return await _data(network.session, await _oldest_first(network.session))

    listed = [
        (number, each)
        for number, each in enumerate(run_or_ask(do, requests_on_server), 1)
        if role is None or each["role"] == role.upper()
    ]
    if as_json:
        console.echo_json([each for _, each in listed])
        return
    for number, each in listed:
        request = read_request_data(each)
        console.echo(f"{number}. {request_title(request)}: {status_text(request)}")
    if not listed:
        console.echo("There are no introduction requests.")


def show(request: str, *, as_json: bool) -> None:
    """Print a request."""
    _change(request, reading.find_request, request_on_server, as_json=as_json)


def edit(request: str, *, reason: str | None, benefit: str | None, note: str | None, as_json: bool) -> None:
    """Replace texts of a draft, and print it."""

    async def do(session: Session, id: str) -> IntroductionRequest | None:
        return await drafting.edit_request(session, id, reason=reason, benefit=benefit, note=note)

    texts = {"reasonForIntroducer": reason, "benefitForTarget": benefit, "forwardableNote": note}
    _change(request, do, _mutation("update_request", **texts), as_json=as_json)


def send(request: str, *, as_json: bool) -> None:
    """Send a draft, and print it."""
    _change(request, acting.send_request, _mutation("send_request"), as_json=as_json)


def answer(request: str, response: str, *, to: str | None, as_json: bool) -> None:
    """Answer a request, and print it."""
    chosen = Response(response.replace("-", "_"))

    async def do(session: Session, id: str) -> IntroductionRequest | None:
        return await acting.respond_to_request(session, id, chosen, redirected_to=to, today=today())

    mutation = _mutation("respond_to_request", response=chosen.name, redirectedTo=to)
    _change(request, do, mutation, as_json=as_json)


def record(request: str, event: str, *, as_json: bool) -> None:
    """Record what happened, and print the request."""
    name = event.replace("-", "_")
    if name == "introduced":
        _change(request, acting.record_introduction, _mutation("record_introduction"), as_json=as_json)
    elif name.startswith("target_"):
        response = TargetResponse(name.removeprefix("target_"))

        async def do(session: Session, id: str) -> IntroductionRequest | None:
            return await acting.record_target_response(session, id, response)

        _change(request, do, _mutation("record_target_response", response=response.name), as_json=as_json)
    else:
        outcome = Outcome(name)

        async def close(session: Session, id: str) -> IntroductionRequest | None:
            return await acting.record_outcome(session, id, outcome)

        _change(request, close, _mutation("record_outcome", outcome=outcome.name), as_json=as_json)


def thank(request: str, *, as_json: bool) -> None:
    """Thank the introducer, and print the request."""
    _change(request, acting.thank_introducer, _mutation("thank_introducer"), as_json=as_json)


def create_next(request: str, *, as_json: bool) -> None:
    """Draft a request along the next route, and print it."""
    _change(request, drafting.create_next_request, _mutation("create_next_request"), as_json=as_json)


def withdraw_or_discard(request: str, *, as_json: bool) -> None:
    """Withdraw a request, and print it."""
    _change(request, acting.withdraw_request, _mutation("withdraw_request"), as_json=as_json)


def _mutation(document_name: str, **fields: str | None) -> _ChangeOnServer:
    """The change of a request on a server by the document of this name."""

    def change(client: ServerClient, id: str) -> Data | None:
        return change_on_server(client, document_name, id=id, **fields)

    return change


def _change(request: str, change: _Change, on_server: _ChangeOnServer, *, as_json: bool) -> None:
    """Find the request with this number or id, change it, and print it."""
    is_number = request.isdecimal() and len(request) < _MAX_NUMBER_LENGTH

    async def do(network: OpenNetwork, _: ConsoleProgress) -> _Shown:
        session = network.session
        id = choose(await _oldest_first(session), int(request), "request", _LIST).id if is_number else request
        return await _shown(session, await change(session, id), as_json=as_json)

    def ask(client: ServerClient) -> _Shown:
        id = choose(requests_on_server(client), int(request), "request", _LIST)["id"] if is_number else request
        return _shown_on_server(client, on_server(client, id), as_json=as_json)

    _print(*run_or_ask(do, ask), as_json=as_json)


async def _oldest_first(session: Session) -> list[IntroductionRequest]:
    return (await reading.list_requests(session))[::-1]


async def _data(session: Session, requests: Sequence[IntroductionRequest]) -> list[Data]:
    suggestions = await suggest_outcomes(session.graph, session.viewer, requests)
    messages = await reading.messages_to_send(session, requests)
    return [request_data(each, messages.get(each.id), suggestions.get(each.id)) for each in requests]


async def _shown(session: Session, request: IntroductionRequest | None, *, as_json: bool) -> _Shown:
    if request is None:
        raise InvalidIntroductionRequest(NO_REQUEST)
    route = None if as_json else await drafting.find_next_route(session, request)
    (data,) = await _data(session, [request])
    return data, [person_data(person) for person in route.people[:-1]] if route else []


def _shown_on_server(client: ServerClient, request: Data | None, *, as_json: bool) -> _Shown:
    if request is None:
        raise InvalidIntroductionRequest(NO_REQUEST)
    return request, [] if as_json else [*next_introducers_on_server(client, request)]


def _print(data: Data, next_introducers: list[Data], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(data)
        return
    request = read_request_data(data)
    texts, introducer = request.texts, request.introducer.name
    console.echo(f"{request_title(request)}.")
    console.echo(f"Id: {request.id}")
    console.echo(f"State: {status_text(request)}")
    if note := hidden_introducer_note(request):
        console.echo(note)
    reader = introducer if request.role is RequestRole.ASKER else "you"
    console.echo(f"For {reader} only: {texts.reason}")
    if texts.benefit:
        console.echo(f"What {request.target.name} gains: {texts.benefit}")
    console.echo(f"Note to forward: {texts.note}")
    for line in history_lines(request):
        console.echo(f"  {line}")
    if suggestion := data["suggestedOutcome"]:
        console.echo(suggestion["evidence"])
        outcome = suggestion["outcome"].lower().replace("_", "-")
        console.echo(f"Confirm it: `tertius request record {request.id} {outcome}`.")
    if message := data["nextMessage"]:
        console.echo(f"Send this from your own mail program: {message['mailtoUrl']}")
    if next_introducers:
        names = " and ".join(person["name"] for person in next_introducers)
        console.echo(f"The next route leads through {names}. `tertius request next {request.id}` drafts a request.")
    console.echo_lines(actions_text(request))
