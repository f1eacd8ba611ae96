"""The team on a server, as the commands `tertius team …` read and change it."""

from dataclasses import dataclass
from typing import Any

from graph.errors import InvalidSharingRequest
from presentation.answer_json import Data
from tertius.arguments.no_single_person import several_people
from tertius.arguments.numbered_list import choose
from tertius.remote.client import ServerClient
from tertius.remote.questions import find_on_server


@dataclass(frozen=True, slots=True)
class ServerList:
    """A numbered list on a server: the document that reads it, its field, and what messages call an entry."""

    document_name: str
    field: str
    noun: str
    command: str
    """The command that prints the list."""

    def read(self, client: ServerClient, tag: str | None = None) -> list[Data]:
        """All entries, with `tag` those with a tag of this name, if the document has this variable."""
        if tag is None:
            return client.query_pages(self.document_name, self.field)
        return client.query_pages(self.document_name, self.field, tag=tag)

    def change(self, client: ServerClient, number: int, mutation: str, **fields: Any) -> list[Data]:
        """Run a mutation of the entry with this number. Returns all entries after it. Raises BadParameter."""
        entry = choose(self.read(client), number, self.noun, self.command)
        client.query(mutation, input={"id": entry["id"], **fields})
        return self.read(client)


MEMBER_LIST = ServerList("members", "members", "member", "tertius team members")
INVITATION_LIST = ServerList("invitations", "invitations", "invitation", "tertius team invitations")
TOKEN_LIST = ServerList("tokens", "tokens", "token", "tertius team tokens")
HIDDEN_CONTACTS = ServerList("hidden_contacts", "hiddenContacts", "hidden contact", "tertius team hidden")
EXCLUDED_INTRODUCERS = ServerList(
    "excluded_introducers", "excludedIntroducers", "excluded introducer", "tertius team excluded"
)
ARCHIVED_PEOPLE = ServerList("archived_people", "archivedPeople", "archived person", "tertius insights archived")
WEBHOOK_LIST = ServerList("webhooks", "webhooks", "webhook", "tertius request webhooks")
DECISION_LIST = ServerList("identity_decisions", "identityDecisions", "decision", "tertius duplicates decisions")
ERASURE_REQUEST_LIST = ServerList(
    "erasure_requests", "erasureRequests", "request for erasure", "tertius privacy erasure-requests"
)
CONTACT_PLAN_LIST = ServerList("contact_plans", "contactPlans", "contact plan", "tertius insights contact-plans")


def network_on_server(client: ServerClient, mutation: str | None = None, **fields: Any) -> Data:
    """The viewer's network, after a mutation if one is named."""
    response = client.query("network") if mutation is None else client.query(mutation, input=fields)
    (data,) = response.values()
    network: Data = data if mutation is None else data["network"]
    return network


def hide_on_server(client: ServerClient, contact: str, *, is_company: bool) -> None:
    """Hide a company, a person, or a name that matches nobody. Raises InvalidSharingRequest."""
    person = {} if is_company else find_on_server(client, contact)["person"]
    if person.get("__typename") == "AmbiguousTarget":
        raise InvalidSharingRequest(several_people(contact))
    hidden = {"company": contact} if is_company else {"personId": person["id"]} if "id" in person else {"name": contact}
    client.query("hide_contact", input={"contact": hidden})
