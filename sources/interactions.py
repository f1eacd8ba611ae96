"""Interactions as CSV: `from,to,at[,channel][,message_id]`, by which anything can be brought in.

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
from sources import handles
from sources.sheets import Entry, Sheet, SheetSource
from sources.tables import Unreadable

MEETING = "meeting"
_ME = "me"  # as in `tertius say`
_TIMESTAMP = "timestamp"  # under this name any number is seconds; elsewhere eight digits are a day
_SECONDS = re.compile(r"\d{1,11}(?:\.\d{1,9})?")
_MILLISECONDS = re.compile(r"\d{12,14}")
_A_DAY = 8
_NOON = time(12, tzinfo=UTC)
_USUAL = 200  # characters of a cell that names somebody
_MOST = 1_000  # more recipients are a crowd, whatever their number


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did towards others; `exact` where the time of day is said, else two of one day are not the same."""

    by: PersonMention
    to: dict[PersonMention, None]
    at: datetime
    exact: bool
    channel: str
    id: str = ""

    def goes_on(self, other: "Act") -> bool:
        """Whether the other is the same message to somebody else."""
        ours = (self.id, self.at, self.channel, self.by)
        return bool(self.id) and ours == (other.id, other.at, other.channel, other.by)


def interactions(sheet: Sheet) -> Iterator[Record]:
    """Every message, call or meeting. Rows that follow each other and are of one `message_id` are one, to several."""
    begun: Act | None = None
    for entry in sheet.entries():
        if isinstance(entry, BadRow):
            yield entry
            continue
        try:
            act = _act(entry)
        except Unreadable as error:
            yield BadRow(sheet.name, entry.row.line, str(error))
            continue
        if begun and begun.goes_on(act):
            begun.to.update(act.to if len(begun.to) < _MOST else {})
        else:
            if begun:
                yield told(begun, sheet.name)
            begun = act
    if begun:
        yield told(begun, sheet.name)


SOURCE = SheetSource("interactions", interactions)


def told(act: Act, file: str) -> Record:
    """An act as a record."""
    to = tuple(who for who in act.to if who != act.by)
    if not to:
        return SkippedRow(file, "from somebody to themselves")
    ends = [handle.text for who in (act.by, *to) for handle in who.handles]
    if act.channel == MEETING:
        ends.sort()  # whoever states it
    id = " ".join([act.id or act.at.isoformat(), *ends]) if act.id or act.exact else None
    if act.channel == MEETING:
        return Meeting((act.by, *to), act.at, id)
    return Interaction(act.by, to, act.at, Channel(act.channel), id)


def moment(text: str, *, seconds: bool = False) -> tuple[datetime, bool]:
    """When this was, in UTC, and whether a time of day is said: a day alone is at noon. Raises Unreadable.

    ISO 8601, without a zone in UTC; or seconds or milliseconds since 1970 (`seconds`: every number).
    """
    try:
        if _MILLISECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, UTC), True
        if _SECONDS.fullmatch(text) and (seconds or len(text) > _A_DAY):
            return datetime.fromtimestamp(float(text), UTC), True
        try:
            return datetime.combine(date.fromisoformat(text), _NOON), False
        except ValueError:
            at = datetime.fromisoformat(text.removesuffix("UTC").strip())
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC), True
    except (ValueError, OverflowError, OSError):
        raise Unreadable("a time that is neither ISO 8601 nor seconds since 1970" if text else "no time") from None


def channel(text: str) -> str:
    """The channel a word stands for, MEETING among them; mail where nothing is said. Raises Unreadable."""
    found = _channels().get(" ".join(text.lower().replace("_", " ").split()) or Channel.MAIL)
    if found is None:
        raise Unreadable(f"a channel that is none of {', '.join(dict.fromkeys(_channels().values()))}")
    return found


def _act(entry: Entry) -> Act:
    by = _person(entry["from"])
    pieces = map(_person, islice(entry["to"].split(";"), _MOST))
    to = {who: None for who in pieces if who}
    if by is None or not to:
        raise Unreadable("nobody whom it is from" if by is None else "nobody whom it is to")
    at, exact = moment(entry["at"], seconds=entry.columns["at"] == (_TIMESTAMP,))
    return Act(by, to, at, exact, channel(entry["channel"]), entry["message_id"])


def _person(text: str) -> PersonMention | None:
    return _known(text) if len(text) < _USUAL else handles.person(text)


@lru_cache(maxsize=50_000)
def _known(text: str) -> PersonMention | None:
    """The same few people write most of a file."""
    return PersonMention(()) if text.strip().lower() == _ME else handles.person(text)


@cache
def _channels() -> dict[str, str]:
    words = tomllib.loads(files("sources").joinpath("interactions.toml").read_text("utf-8"))
    return {word: found for found, several in words.items() for word in several}
