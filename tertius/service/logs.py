"""What the service says of itself on stderr: names, addresses and secrets never; JSON where nobody sits before it.

Other libraries put into their messages what they were given: of theirs the first line is told as they wrote it, without
what they filled in. Of a fault its class and its place are told, since its own words may hold what was asked for.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

OURS = "tertius"
_ADDRESS = re.compile(r"[^\s<>()\[\]{}\"',;:=]+@[^\s<>()\[\]{}\"',;]+")
_SECRET = re.compile(r"tertius_[A-Za-z0-9_-]{20,}|(?<=://)[^/\s@]+(?=@)|(?i:(?<=bearer )\S+)")


class Line(logging.Formatter):
    """A record as one line: JSON for programs, else plain."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self._plain = plain

    def format(self, record: logging.LogRecord) -> str:
        """One line, with nothing private in it."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": redacted(_said(record)),
            **{name: redacted(value) for name, value in getattr(record, "facts", {}).items()},
        }
        if record.exc_info and record.exc_info[0]:
            told["fault"] = fault(record.exc_info[0], record.exc_info[2])
        if self._plain:
            return f"{told['level']}: {told['says']}" + (f" ({told['fault']})" if "fault" in told else "")
        return json.dumps(told, ensure_ascii=False)


def _said(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] == OURS:
        return record.getMessage()
    return str(record.msg).partition("\n")[0]


def redacted(told: object) -> object:
    """The same without e-mail addresses and secrets."""
    return _SECRET.sub("…", _ADDRESS.sub("…", told)) if isinstance(told, str) else told


def fault(kind: type[BaseException], place: TracebackType | None) -> str:
    """What went wrong and where, in none of its own words."""
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place is not None else ""
    return f"{kind.__name__}{where}"


def listen(stream: TextIO | None = None) -> None:
    """From here on all that is logged, warned of or raised to the top goes to the stream, line by line."""
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    handler.setFormatter(Line(plain=out.isatty()))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(OURS).setLevel(logging.WARNING if out.isatty() else logging.INFO)
    logging.captureWarnings(capture=True)

    def uncaught(kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            logging.getLogger(OURS).critical("ended by a fault of ours", exc_info=(kind, error, place))

    sys.excepthook = uncaught
