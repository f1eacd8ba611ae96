"""Tags on a server, as the commands `tertius insights tag…` read and change them."""

from collections.abc import Sequence

from graph.errors import InvalidTag
from graph.insights.tag_rules import TagRule
from graph.records import Channel
from operations.insights.tags import NO_SINGLE_PERSON
from presentation.answer_json import Data
from presentation.kinds import SourceKind
from tertius.remote.client import ServerClient
from tertius.remote.questions import find_on_server

_PEOPLE_AT_ONCE = 50


def tags_on_server(client: ServerClient) -> list[Data]:
    """The tags that the viewer may use, the own ones first."""
    return client.query_pages("tags", "tags")


def tag_on_server(client: ServerClient, tag: str, people: Sequence[str], *, is_shared: bool | None) -> None:
    """Tag people, and change whether the tag is shared."""
    for some in _parts(client, people):
        client.query("tag_people", input={"tag": tag, "people": some, "isShared": is_shared})


def untag_on_server(client: ServerClient, tag: str, people: Sequence[str]) -> None:
    """Remove a tag from people."""
    for some in _parts(client, people):
        client.query("untag_people", input={"tag": tag, "people": some})


def set_rule_on_server(client: ServerClient, tag: str, rule: TagRule, label: str | None) -> str | None:
    """Replace the rule of a tag, and return the replaced one in words. `label` is that of the least strength."""
    fields = {
        "companies": rule.companies,
        "domains": rule.domains,
        "channels": [Channel(channel).name for channel in rule.channels],
        "groups": rule.groups,
        "schools": rule.schools,
        "studiedFrom": rule.studied_from,
        "studiedUntil": rule.studied_until,
        "sourceKinds": [SourceKind(kind).name for kind in rule.kinds],
        "minStrengthLabel": label and label.upper(),
    }
    replaced: str | None = client.query("set_tag_rule", input={"tag": tag, **fields})["setTagRule"]["replacedRule"]
    return replaced


def _parts(client: ServerClient, people: Sequence[str]) -> list[list[Data]]:
    """References to people, as many as one mutation accepts in each part.

    If there are several parts, every reference is resolved first, so that an invalid one changes nothing. Raises
    InvalidTag.
    """
    if len(people) <= _PEOPLE_AT_ONCE:
        return [[{"text": text} for text in people]]
    ids = list(dict.fromkeys(_id_of(client, text) for text in people))
    starts = range(0, len(ids), _PEOPLE_AT_ONCE)
    return [[{"id": id} for id in ids[start : start + _PEOPLE_AT_ONCE]] for start in starts]


def _id_of(client: ServerClient, text: str) -> str:
    person = find_on_server(client, text)["person"]
    if "id" not in person:
        raise InvalidTag(NO_SINGLE_PERSON)
    return str(person["id"])
