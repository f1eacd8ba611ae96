"""Keyed hashes of whom networks forgot, in a folder beside the database: one that is restored forgets them again.

The key lies there too and never in the database: its files, and copies of them, do not tell who was forgotten, not even
to somebody who guesses an address (docs/decisions/0016-erasure.md).
"""

import hmac
import os
import secrets
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from graph.errors import ErasureLedgerUnreadable

_OF_NOBODY = bytes(32)
_WHICH = b"which key this is"


class Ledger:
    """The hashes of all networks of one database. Without a `folder` they last as long as the process: for tests."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._held: dict[str, set[str]] = {}

    @property
    def which(self) -> str | None:
        """Tells this key from another, None where none has been made here yet."""
        return hmac.digest(self._key, _WHICH, "sha256").hex() if self._there() else None

    def make(self) -> str:
        """Make the key, where there is none yet; as `which`."""
        if self._folder is not None and not self._there():
            self._folder.mkdir(parents=True, exist_ok=True)
            part = self._folder / f"forgotten.{secrets.token_hex(4)}.part"
            _write(part, secrets.token_hex(32))
            with suppress(FileExistsError):  # another process was first
                os.link(part, self._folder / "forgotten.key")
            part.unlink()
        return hmac.digest(self._key, _WHICH, "sha256").hex()

    def mark(self, network: str, key: str) -> str:
        """The hash of an identity's key: another in every network."""
        return hmac.digest(self._key, f"{network} {key}".encode(), "sha256").hex()

    def of(self, network: str) -> set[str]:
        """The hashes of whom a network forgot."""
        if self._folder is None:
            return set(self._held.get(network, ()))
        try:
            lines = (self._folder / "forgotten").read_text("ascii").splitlines()
        except FileNotFoundError:
            return set()
        return {mark for of, _, mark in (line.partition(" ") for line in lines) if of == network}

    def add(self, network: str, marks: set[str]) -> None:
        """Keep these too; they are on the disk when this returns."""
        new = sorted(marks - self.of(network))
        if self._folder is None:
            self._held.setdefault(network, set()).update(new)
        elif new:
            # a line that a kill cut short ends here, and is nobody's hash
            _write(self._folder / "forgotten", "".join(f"\n{network} {mark}" for mark in new) + "\n")

    @cached_property
    def _key(self) -> bytes:
        if self._folder is None:
            return _OF_NOBODY
        try:
            key = bytes.fromhex((self._folder / "forgotten.key").read_text("ascii"))
        except (OSError, ValueError):
            key = b""
        if len(key) != len(_OF_NOBODY):
            raise ErasureLedgerUnreadable(_UNREADABLE)
        return key

    def _there(self) -> bool:
        return self._folder is None or (self._folder / "forgotten.key").exists()


_UNREADABLE = (
    "The key is not here under which people were forgotten in this network: put forgotten.key and forgotten back into "
    "TERTIUS_HOME, from where Tertius ran then. Until then nothing is loaded, lest somebody come back."
)


def refuse_another(ledger: Ledger, which: str | None) -> None:
    """Raise ErasureLedgerUnreadable where a network forgot people under another key than is here."""
    if which is not None and which != ledger.which:
        raise ErasureLedgerUnreadable(_UNREADABLE)


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
