"""Values that the JSON of several commands contains, as the GraphQL schema names them, and their texts."""

from datetime import datetime

from graph.lookup.identities import VisibleIdentity
from presentation.sentences import format_day_of_time


def identity_data(identity: VisibleIdentity) -> dict[str, object]:
    """An identity of a person."""
    return {
        "__typename": "Identity",
        "id": identity.id,
        "kind": identity.kind.upper(),
        "text": identity.text,
        "reason": identity.because or None,
    }


def milliseconds(text: str) -> int:
    """The milliseconds since 1970 of a time as GraphQL prints it."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def day_of_time(text: str) -> str:
    """The day of a time as GraphQL prints it, in words."""
    return format_day_of_time(milliseconds(text))
