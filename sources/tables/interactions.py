"""Interactions as CSV: `from,to,at[,channel][,message_id]`, a format into which any data can be converted.

Samples and expected records: tests/samples/interactions/.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

from graph.records import BadRow, Channel, Interaction, Meeting, PersonMention, Record, SkippedRow
from sources.errors import InvalidRow
from sources.tables.sheets import Sheet, SheetReader, SheetRow
from sources.text.handles import parse_person

MEETING = "meeting"
_OWNER = "me"  # as in statements on the command line
_TIMESTAMP = "timestamp"  # in a column of this name every number is seconds; elsewhere eight digits are a day
_SECONDS = re.compile(r"\d{1,11}(?:\.\d{1,9})?")
_MILLISECONDS = re.compile(r"\d{12,14}")
_DAY_DIGITS = 8
_NOON = time(12, tzinfo=UTC)
_MAX_CACHED_LENGTH = 200  # characters of a cell that names a person
_MAX_RECIPIENTS = 1_000  # more are a crowd in any case


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """One message, call or meeting in a row.

    `has_time` is False for a date alone: two interactions of one day then look the same.
    """

    sender: PersonMention
    recipients: dict[PersonMention, None]
    at: datetime
    has_time: bool
    channel: str
    message_id: str = ""

    def is_same_message(self, other: "InteractionRow") -> bool:
        """Whether the other row is the same message to another recipient."""
        message = (self.message_id, self.at, self.channel, self.sender)
        return bool(self.message_id) and message == (other.message_id, other.at, other.channel, other.sender)


def _interactions(sheet: Sheet) -> Iterator[Record]:
    """Every message, call or meeting. Consecutive rows with one `message_id` are one message to several people."""
    pending: InteractionRow | None = None
    for row in sheet.rows():
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            interaction = _parse_row(row)
        except InvalidRow as error:
            yield BadRow(sheet.name, row.csv_row.line, str(error))
            continue
        if pending and pending.is_same_message(interaction):
            pending.recipients.update(interaction.recipients if len(pending.recipients) < _MAX_RECIPIENTS else {})
        else:
            if pending:
                yield interaction_record(pending, sheet.name)
            pending = interaction
    if pending:
        yield interaction_record(pending, sheet.name)


INTERACTIONS_READER = SheetReader("interactions", _interactions)


def interaction_record(interaction: InteractionRow, file: str) -> Record:
    """The row as an Interaction or a Meeting; SkippedRow if the only recipient is the sender."""
    recipients = tuple(person for person in interaction.recipients if person != interaction.sender)
    if not recipients:
        return SkippedRow(file, "sender and recipient are the same person")
    handles = [handle.text for person in (interaction.sender, *recipients) for handle in person.handles]
    if interaction.channel == MEETING:
        handles.sort()  # a meeting has one id, whichever participant's row it is
    is_unique = interaction.message_id or interaction.has_time
    id = " ".join([interaction.message_id or interaction.at.isoformat(), *handles]) if is_unique else None
    if interaction.channel == MEETING:
        return Meeting((interaction.sender, *recipients), interaction.at, id)
    return Interaction(interaction.sender, recipients, interaction.at, Channel(interaction.channel), id)


def parse_time(text: str, *, seconds: bool = False) -> tuple[datetime, bool]:
    """A time in UTC, and whether the text has a time of day; a date alone is at noon. Raises InvalidRow.

    The text is ISO 8601 (in UTC if it has no zone), or seconds or milliseconds since 1970. With `seconds`, every
    number of up to 11 digits is seconds.
    """
    try:
        if _MILLISECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, UTC), True
        if _SECONDS.fullmatch(text) and (seconds or len(text) > _DAY_DIGITS):
            return datetime.fromtimestamp(float(text), UTC), True
        try:
            return datetime.combine(date.fromisoformat(text), _NOON), False
        except ValueError:
            at = datetime.fromisoformat(text.removesuffix("UTC").strip())
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC), True
    except (ValueError, OverflowError, OSError):
        reason = "the time is neither ISO 8601 nor seconds since 1970" if text else "the time is missing"
        raise InvalidRow(reason) from None


def parse_channel(text: str) -> str:
    """The channel of a name: a Channel's value or MEETING; mail for an empty text. Raises InvalidRow."""
    channel = _channels().get(" ".join(text.lower().replace("_", " ").split()) or Channel.MAIL)
    if channel is None:
        raise InvalidRow(f"the channel is not one of {', '.join(dict.fromkeys(_channels().values()))}")
    return channel


def _parse_row(row: SheetRow) -> InteractionRow:
    sender = _person(row["from"])
    people = map(_person, islice(row["to"].split(";"), _MAX_RECIPIENTS))
    recipients = {person: None for person in people if person}
    if sender is None or not recipients:
        raise InvalidRow("the sender is missing" if sender is None else "the recipient is missing")
    at, has_time = parse_time(row["at"], seconds=row.columns["at"] == (_TIMESTAMP,))
    return InteractionRow(sender, recipients, at, has_time, parse_channel(row["channel"]), row["message_id"])


def _person(text: str) -> PersonMention | None:
    return _cached_person(text) if len(text) < _MAX_CACHED_LENGTH else parse_person(text)


@lru_cache(maxsize=50_000)
def _cached_person(text: str) -> PersonMention | None:
    """Cached, because a few people occur in most rows."""
    return PersonMention(()) if text.strip().lower() == _OWNER else parse_person(text)


@cache
def _channels() -> dict[str, str]:
    names = tomllib.loads(files(__package__).joinpath("channel_names.toml").read_text("utf-8"))
    return {name: channel for channel, several in names.items() for name in several}
