"""Statements and sources on a server, as the commands read and change them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.networks.sources import SharingLevel
from graph.strength.statement_kinds import StatementKind
from presentation.answer_json import Data
from tertius.answer_reading.answers import day_number
from tertius.remote.client import ServerClient
from tertius.remote.questions import resolve_on_server


@dataclass(frozen=True, slots=True)
class StatementsFrame:
    """The viewer's statements, newest first, the id of the viewer's person, and the day of the network."""

    statements: Sequence[Data]
    viewer_id: str | None
    as_of: int


def statements_on_server(client: ServerClient) -> StatementsFrame:
    """The viewer's statements."""
    viewer = viewer_on_server(client)
    return StatementsFrame(client.query_pages("statements", "statements"), viewer.person_id, viewer.as_of)


@dataclass(frozen=True, slots=True)
class ServerViewer:
    """The id of the viewer's person, None if no source identifies them, and the day of the network."""

    person_id: str | None
    as_of: int


def viewer_on_server(client: ServerClient) -> ServerViewer:
    """The member to whom the token belongs."""
    viewer = client.query("viewer")["viewer"]
    as_of = day_number(viewer["asOf"])
    assert as_of is not None
    return ServerViewer(viewer["person"] and viewer["person"]["id"], as_of)


def create_statement_on_server(
    client: ServerClient, first: str, kind: StatementKind, second: str, *, stated_on: date | None, until: date | None
) -> None:
    """State a tie between two people whom the user named."""
    statement = {
        "fromPersonId": resolve_on_server(client, first),
        "toPersonId": resolve_on_server(client, second),
        "kind": kind.name,
        "statedOn": stated_on and stated_on.isoformat(),
        "validUntil": until and until.isoformat(),
    }
    client.query("create_statement", input=statement)


def withdraw_statement_on_server(client: ServerClient, statement: Data) -> None:
    """Withdraw a statement of the viewer, for all days on which it was made."""
    people = {"fromPersonId": statement["fromPerson"]["id"], "toPersonId": statement["toPerson"]["id"]}
    client.query("withdraw_statement", input={**people, "kind": statement["kind"]})


@dataclass(frozen=True, slots=True)
class SourcesFrame:
    """The sources that the viewer may see, whether others have sources too, and whether the model was calibrated."""

    sources: Sequence[Data]
    names_owner: bool
    is_calibrated: bool


def sources_on_server(client: ServerClient) -> SourcesFrame:
    """The sources that the viewer may see, and the viewer's own that are not ready."""
    sources = client.query_pages("sources", "sources")
    sizes = client.query("network_size")
    return SourcesFrame(
        sources,
        names_owner=len(sizes["members"]["nodes"]) > 1,
        is_calibrated=sizes["viewer"]["calibratedOn"] is not None,
    )


def has_several_members(client: ServerClient) -> bool:
    """Whether the network has members besides the viewer."""
    return len(client.query("network_size")["members"]["nodes"]) > 1


def share_on_server(
    client: ServerClient, source: str, level: SharingLevel, *, others: bool, is_confirmed: bool = False
) -> Data:
    """Share a source, given by its title, kind or id, if this is confirmed. Otherwise return what sharing would do."""
    fields = {"sourceId": source, "sharingLevel": level.name, "includesOthers": others, "isConfirmed": is_confirmed}
    shared: Data = client.query("share_source", input=fields)["shareSource"]
    return shared
