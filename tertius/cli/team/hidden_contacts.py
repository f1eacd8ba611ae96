"""Contacts that the viewer hides from other members."""

from graph.answers import AmbiguousTarget
from graph.errors import InvalidSharingRequest
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.sharing.hidden_contacts import HiddenContact, hide_contact, list_hidden_contacts, unhide_contact
from presentation.answer_json import day_text
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.cli.numbered_list import choose
from tertius.cli.person_argument import no_single_person
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def print_hidden(*, as_json: bool) -> None:
    """Print what the viewer hides."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print(network, as_json=as_json)

    run(do)


def hide(contact: str, *, is_company: bool, as_json: bool) -> None:
    """Hide a company, a person, or a name that matches nobody, and print all that is hidden."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        hidden = {"company": contact} if is_company else await _person_or_name(network, contact)
        await hide_contact(network.graph, network.viewer, **hidden, today=today(), progress=progress)
        await _print(network, as_json=as_json)

    run(do)


def unhide(number: int, *, as_json: bool) -> None:
    """Stop hiding the contact with this number, and print the others."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        contacts = await list_hidden_contacts(network.graph, network.viewer)
        contact = choose(contacts, number, "hidden contact", "tertius team hidden")
        await unhide_contact(network.graph, network.viewer, contact.id, progress=progress)
        await _print(network, as_json=as_json)

    run(do)


async def _person_or_name(network: OpenNetwork, text: str) -> dict[str, str]:
    found = await resolve_reference(network.graph, network.viewer, text)
    if isinstance(found, AmbiguousTarget):
        raise InvalidSharingRequest(no_single_person(text, found))
    return {"person": found.person.id} if isinstance(found, ResolvedTarget) else {"name": text}


async def _print(network: OpenNetwork, *, as_json: bool) -> None:
    contacts = await list_hidden_contacts(network.graph, network.viewer)
    if as_json:
        console.echo_json([_contact_data(contact) for contact in contacts])
        return
    for number, contact in enumerate(contacts, 1):
        console.echo(f"{number}. {contact.label}, since {format_day(contact.day)}")
    if not contacts:
        console.echo("You hide no contact.")


def _contact_data(contact: HiddenContact) -> dict[str, object]:
    return {
        "__typename": "HiddenContact",
        "id": contact.id,
        "name": contact.label,
        "hiddenOn": day_text(contact.day),
    }
