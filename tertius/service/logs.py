"""Logs of the service on stderr: JSON lines, or plain lines in a terminal, without names, addresses and secrets.

Other libraries fill their messages with the values they were given: only the first line of the unfilled message is
logged. Of an exception only its class and location are logged, since its message may contain what a client sent.
"""

import logging
import re
import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

from graph.names.visible_text import visible_text
from tertius.console import safe_json

LOGGER = "tertius"
REPETITION_SECONDS = 60.0
_EMAIL_ADDRESS = re.compile(r"[^\s<>()\[\]{}\"',;:=]+@[^\s<>()\[\]{}\"',;]+")
_SECRET = re.compile(r"tertius_[A-Za-z0-9_-]{20,}|(?<=://)[^/\s@]+(?=@)|(?i:(?<=bearer )\S+)")


class LineFormatter(logging.Formatter):
    """Formats a record as one line: JSON, or plain text. docs/settings.md lists the keys."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self._plain = plain

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with e-mail addresses and secrets removed."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(_message(record)),
            **{name: redacted(value) for name, value in getattr(record, "facts", {}).items()},
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = location(record.exc_info[0], record.exc_info[2])
        if self._plain:
            text = f"{line['level']}: {line['message']}" + (f" ({line['error']})" if "error" in line else "")
            return " ".join(visible_text(text).splitlines())
        return safe_json(line)


class OncePerMinute(logging.Filter):
    """Passes a warning or error of another library once a minute: clients could fill the log with repetitions."""

    def __init__(self) -> None:
        super().__init__()
        self._passed: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is Tertius' own, or the first of its kind within REPETITION_SECONDS."""
        if record.name.partition(".")[0] == LOGGER:
            return True
        self._passed = {key: at for key, at in self._passed.items() if 0 <= record.created - at < REPETITION_SECONDS}
        key = (record.name, str(_message(record)))
        is_first = key not in self._passed
        self._passed.setdefault(key, record.created)
        return is_first


def _message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] == LOGGER:
        return record.getMessage()
    return str(record.msg).partition("\n")[0]


def redacted(value: object) -> object:
    """Return the value; in a string, e-mail addresses and secrets are replaced."""
    return _SECRET.sub("…", _EMAIL_ADDRESS.sub("…", value)) if isinstance(value, str) else value


def location(kind: type[BaseException], traceback: TracebackType | None) -> str:
    """Return the class of an exception and the file and line that raised it, without its message."""
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    at = f" at {traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}" if traceback is not None else ""
    return f"{kind.__name__}{at}"


def configure(stream: TextIO | None = None) -> None:
    """Send all log records, warnings and uncaught exceptions of the process to the stream, or to stderr."""
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    handler.setFormatter(LineFormatter(plain=out.isatty()))
    handler.addFilter(OncePerMinute())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(LOGGER).setLevel(logging.WARNING if out.isatty() else logging.INFO)
    logging.captureWarnings(capture=True)

    def log_uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            logging.getLogger(LOGGER).critical("uncaught exception", exc_info=(kind, error, traceback))

    sys.excepthook = log_uncaught
