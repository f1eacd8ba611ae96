"""Contacts that the viewer hides from other members."""

from collections.abc import Sequence

from graph.answers import AmbiguousTarget
from graph.errors import InvalidSharingRequest
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.sharing.hidden_contacts import HiddenContact, hide_contact, list_hidden_contacts, unhide_contact
from presentation.answer_json import Data, day_text
from presentation.dates import today
from tertius import console
from tertius.arguments.no_single_person import no_single_person
from tertius.arguments.numbered_list import choose
from tertius.cli.rendering import format_date
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.team import HIDDEN_CONTACTS, hide_on_server
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork


def print_hidden(*, as_json: bool) -> None:
    """Print what the viewer hides."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return await _read(network)

    _print(run_or_ask(do, HIDDEN_CONTACTS.read), as_json=as_json)


def hide(contact: str, *, is_company: bool, as_json: bool) -> None:
    """Hide a company, a person, or a name that matches nobody, and print all that is hidden."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> list[Data]:
        hidden = {"company": contact} if is_company else await _person_or_name(network, contact)
        await hide_contact(network.graph, network.viewer, **hidden, today=today(), progress=progress)
        return await _read(network)

    def ask(client: ServerClient) -> list[Data]:
        hide_on_server(client, contact, is_company=is_company)
        return HIDDEN_CONTACTS.read(client)

    _print(run_or_ask(do, ask), as_json=as_json)


def unhide(number: int, *, as_json: bool) -> None:
    """Stop hiding the contact with this number, and print the others."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> list[Data]:
        contacts = await list_hidden_contacts(network.graph, network.viewer)
        contact = choose(contacts, number, HIDDEN_CONTACTS.noun, HIDDEN_CONTACTS.command)
        await unhide_contact(network.graph, network.viewer, contact.id, progress=progress)
        return await _read(network)

    listed = run_or_ask(do, lambda client: HIDDEN_CONTACTS.change(client, number, "unhide_contact"))
    _print(listed, as_json=as_json)


async def _person_or_name(network: OpenNetwork, text: str) -> dict[str, str]:
    resolution = await resolve_reference(network.graph, network.viewer, text)
    if isinstance(resolution, AmbiguousTarget):
        raise InvalidSharingRequest(no_single_person(text, resolution))
    return {"person": resolution.person.id} if isinstance(resolution, ResolvedTarget) else {"name": text}


async def _read(network: OpenNetwork) -> list[Data]:
    return [_contact_data(contact) for contact in await list_hidden_contacts(network.graph, network.viewer)]


def _print(contacts: Sequence[Data], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(contacts)
        return
    for number, contact in enumerate(contacts, 1):
        console.echo(f"{number}. {contact['name']}, since {format_date(contact['hiddenOn'])}")
    if not contacts:
        console.echo("You hide no contact.")


def _contact_data(contact: HiddenContact) -> Data:
    return {
        "__typename": "HiddenContact",
        "id": contact.id,
        "name": contact.label,
        "hiddenOn": day_text(contact.day),
    }
