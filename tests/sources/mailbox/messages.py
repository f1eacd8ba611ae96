"""Messages for the tests of mailboxes."""

from datetime import UTC, datetime
from email.utils import format_datetime

from graph.records import Handle, HandleKind, PersonMention

MIDDAY = datetime(2022, 3, 3, 12, 0, tzinfo=UTC)


def person(address: str, name: str | None = None) -> PersonMention:
    return PersonMention((Handle(HandleKind.EMAIL, address),), name)


def message_text(**fields: str) -> str:
    """A message from Ana to Ben, with these header fields added or replaced."""
    usual = {"From": "ana@a.example", "To": "ben@b.example", "Date": format_datetime(MIDDAY)}
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    return "".join(f"{name}: {value}\n" for name, value in (usual | given).items()) + "\nText.\n"
