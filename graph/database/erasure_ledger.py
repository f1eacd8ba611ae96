"""The erasure ledger: keyed hashes of erased identities, in a folder beside the database.

After a restore from an older backup, Tertius uses the ledger to erase the same people again. The key is in that folder
too and never in the database. Database files and backups therefore do not reveal who was erased, not even to somebody
who guesses an address (docs/decisions/0016-erasure.md).
"""

import hmac
import os
import re
import secrets
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from graph.errors import ErasureLedgerUnreadable, Remedy

KEY_FILE = "erasures.key"
HASHES_FILE = "erasures"
_EARLIER_KEY_FILE = "forgotten.key"
_EARLIER_HASHES_FILE = "forgotten"
_COMPLETE = re.compile(rb"([^ ]+) ([0-9a-f]{64})")
_INTERRUPTED = re.compile(rb"[!-~]*( [0-9a-f]{0,63})?\0*")
"""The beginning of a line that a killed process or a power failure left. The next process began a line of its own."""
_IN_MEMORY_KEY = bytes(32)
_KEY_ID_TEXT = b"which key this is"


class ErasureLedger:
    """The hashes of all networks of one database. Without a `folder` it is kept in memory, for tests."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._in_memory: dict[str, set[str]] = {}
        if folder is not None:
            _rename_earlier_files(folder)

    @property
    def key_id(self) -> str | None:
        """Identifies the key without revealing it; None if no key exists here yet."""
        return self._computed_key_id() if self._has_key() else None

    def create_key(self) -> str:
        """Create the key if there is none yet, and return its id."""
        if self._folder is not None and not self._has_key():
            self._folder.mkdir(parents=True, exist_ok=True)
            part = self._folder / f"{HASHES_FILE}.{secrets.token_hex(4)}.part"
            _append(part, secrets.token_hex(32))
            with suppress(FileExistsError):  # another process created the key first
                os.link(part, self._folder / KEY_FILE)
            part.unlink()
        return self._computed_key_id()

    def hash_identity(self, network: str, key: str) -> str:
        """The hash of an identity's key. It differs between networks."""
        return hmac.digest(self._key, f"{network} {key}".encode(), "sha256").hex()

    def hashes(self, network: str) -> set[str]:
        """The hashes of the identities that a network erased. Raises ErasureLedgerUnreadable if the file is damaged."""
        if self._folder is None:
            return set(self._in_memory.get(network, ()))
        try:
            lines = (self._folder / HASHES_FILE).read_bytes().splitlines()
        except FileNotFoundError:
            return set()
        for number, line in enumerate(lines[:-1], 1):  # a power failure may leave anything in the last line
            if not _COMPLETE.fullmatch(line) and not _INTERRUPTED.fullmatch(line):
                raise ErasureLedgerUnreadable(_DAMAGED.format(number=number), remedy=Remedy.RESTORE_ERASURE_KEY)
        complete = (match for line in lines if (match := _COMPLETE.fullmatch(line)))
        return {match[2].decode() for match in complete if match[1].decode("latin-1") == network}

    def add(self, network: str, hashes: set[str]) -> None:
        """Add hashes. They are on disk when this returns."""
        new = sorted(hashes - self.hashes(network))
        if self._folder is None:
            self._in_memory.setdefault(network, set()).update(new)
        elif new:
            # the leading newline ends a line that a killed process left incomplete; such a line matches no hash
            _append(self._folder / HASHES_FILE, "".join(f"\n{network} {one}" for one in new) + "\n")

    @cached_property
    def _key(self) -> bytes:
        if self._folder is None:
            return _IN_MEMORY_KEY
        try:
            key = bytes.fromhex((self._folder / KEY_FILE).read_text("ascii"))
        except (OSError, ValueError):
            key = b""
        if len(key) != len(_IN_MEMORY_KEY):
            raise ErasureLedgerUnreadable(_KEY_MISSING, remedy=Remedy.RESTORE_ERASURE_KEY)
        return key

    def _has_key(self) -> bool:
        return self._folder is None or (self._folder / KEY_FILE).exists()

    def _computed_key_id(self) -> str:
        return hmac.digest(self._key, _KEY_ID_TEXT, "sha256").hex()


_KEY_MISSING = (
    "People were erased from this network under a key that is missing here. Until its files erasures.key and "
    "erasures are restored, nothing can be loaded, because erased people could reappear."
)
_DAMAGED = (
    "Line {number} of the file erasures is damaged, so that erased people could reappear. Until it is restored from a "
    "backup, nothing can be loaded or erased."
)


def require_ledger_key(ledger: ErasureLedger, key_id: str | None) -> None:
    """Raise ErasureLedgerUnreadable if the network erased people under a key other than the one here."""
    if key_id is not None and key_id != ledger.key_id:
        raise ErasureLedgerUnreadable(_KEY_MISSING, remedy=Remedy.RESTORE_ERASURE_KEY)


def _rename_earlier_files(folder: Path) -> None:
    """Give files with their earlier names their names. A kill, or another process that does the same, loses nothing."""
    key, hashes = folder / _EARLIER_KEY_FILE, folder / _EARLIER_HASHES_FILE
    # first the key: without it, a process of an earlier version refuses to load
    if key.exists() and not (folder / KEY_FILE).exists():
        with suppress(FileNotFoundError):  # another process was faster
            key.rename(folder / KEY_FILE)
    if hashes.exists():
        with suppress(FileNotFoundError):
            try:
                os.link(hashes, folder / HASHES_FILE)
            except FileExistsError:
                _append(folder / HASHES_FILE, f"\n{hashes.read_text('latin-1')}\n")
            hashes.unlink()


def _append(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
