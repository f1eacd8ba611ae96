"""Duplicates on a server, as the commands `tertius duplicates …` read and decide about them."""

from collections.abc import Sequence

from presentation.answer_json import Data
from tertius.arguments.numbered_list import choose
from tertius.remote.client import ServerClient
from tertius.remote.questions import person_on_server

DUPLICATES_COMMAND = "tertius duplicates list"
"""The command that prints the numbers of pairs."""


def duplicates_on_server(client: ServerClient, limit: int) -> list[Data]:
    """The first pairs that may be one person."""
    return client.query_pages("possible_duplicates", "possibleDuplicates", limit=limit)


def pair_on_server(client: ServerClient, pair: Sequence[str]) -> tuple[Data, Data]:
    """The two people of a pair: a number of the list, or two people. Raises BadParameter and InvalidStatement."""
    if len(pair) == 1:
        number = int(pair[0])
        chosen = choose(duplicates_on_server(client, max(number, 1)), number, "pair", DUPLICATES_COMMAND)
        return chosen["firstPerson"], chosen["secondPerson"]
    first, second = (person_on_server(client, text, accepts_mailbox=True) for text in pair)
    return first, second


def decide_on_server(client: ServerClient, first: Data, second: Data, *, is_same_person: bool) -> None:
    """Merge two people, or mark them as distinct."""
    if is_same_person:
        client.query("merge_people", input={"personIds": [first["id"], second["id"]]})
    else:
        client.query("mark_people_distinct", input={"firstPersonId": first["id"], "secondPersonId": second["id"]})


def identities_on_server(client: ServerClient, person: str) -> list[Data]:
    """The identities of the person with this id."""
    identities: list[Data] = client.query("person_identities", ref={"id": person})["person"].get("identities", [])
    return identities
