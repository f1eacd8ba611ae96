"""Stores the token of each server that this user joined: in the system keyring, or else in a private file.

The file `servers.json` in TERTIUS_HOME lists the servers. It contains a token only if no keyring is available.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Protocol

from tertius.errors import NotWritten, SettingError

_FILE = "servers.json"
_SERVICE = "tertius"
_NETWORK = "network"
"""The field that an entry has once the user joined the server."""


class Keyring(Protocol):
    """The functions of the library `keyring` that Tertius uses."""

    def get_password(self, service_name: str, username: str) -> str | None: ...

    def set_password(self, service_name: str, username: str, password: str) -> None: ...

    def delete_password(self, service_name: str, username: str) -> None: ...


def system_keyring() -> Keyring:
    """The keyring that the library chooses for this system."""
    import keyring  # noqa: PLC0415 - it imports every backend

    return keyring.get_keyring()


@dataclass(frozen=True, slots=True)
class Credentials:
    """The servers of one TERTIUS_HOME. The last one joined is the current one."""

    home: Path
    open_keyring: Callable[[], Keyring] = system_keyring

    @property
    def path(self) -> Path:
        """The file that lists the servers."""
        return self.home / _FILE

    def current(self) -> str | None:
        """The address of the server that commands use, None without one."""
        return next((url for url, entry in reversed(self._read().items()) if _NETWORK in entry), None)

    def network(self, url: str) -> str | None:
        """The name of the network that this user joined at a server, None if they did not join it."""
        entry = self._read().get(url, {})
        return str(entry[_NETWORK]) if _NETWORK in entry else None

    def token(self, url: str) -> str | None:
        """The token for a server, None if there is none."""
        entry = self._read().get(url)
        if entry is None or _NETWORK not in entry:
            return None
        if "token" in entry:
            return str(entry["token"])
        try:
            return self.open_keyring().get_password(_SERVICE, self._account(url))
        except _keyring_errors():
            return None

    def begin_joining(self, url: str, invitation: str) -> str:
        """The key under which this user redeems an invitation to a server: the same until the token is stored.

        Raises NotWritten if the list of servers cannot be written.
        """
        servers, digest = self._read(), sha256(invitation.encode()).hexdigest()
        entry = servers.pop(url, {})
        if entry.get("invitation") != digest:
            entry = {"invitation": digest, "key": token_urlsafe(32)}
        self._write(servers | {url: entry})
        return str(entry["key"])

    def store(self, url: str, network: str, token: str) -> bool:
        """Store a token and make its server the current one. Returns whether the token is in the keyring."""
        servers = self._read()
        servers.pop(url, None)
        in_keyring = self._store_in_keyring(url, token)
        self._write(servers | {url: {_NETWORK: network} | ({} if in_keyring else {"token": token})})
        return in_keyring

    def forget(self, url: str) -> None:
        """Delete the token for a server, and the server from the list."""
        with suppress(*_keyring_errors()):
            self.open_keyring().delete_password(_SERVICE, self._account(url))
        servers = self._read()
        if servers.pop(url, None) is not None:
            self._write(servers)

    def _store_in_keyring(self, url: str, token: str) -> bool:
        account = self._account(url)
        try:
            chosen = self.open_keyring()
            chosen.set_password(_SERVICE, account, token)
            # a backend that is switched off accepts a password and keeps nothing
            return chosen.get_password(_SERVICE, account) == token
        except _keyring_errors():
            return False

    def _account(self, url: str) -> str:
        """The user name of the keyring's entry. Two folders may hold tokens of two members of one server."""
        return f"{url} ({self.home})"

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SettingError(f"{self.path} is not readable. Make it readable for your user.") from error
        try:
            servers = json.loads(text)
            return {str(url): dict(entry) for url, entry in servers.items()}
        except (ValueError, TypeError, AttributeError):
            raise SettingError(f"{self.path} is damaged. Delete it, and join your server again.") from None

    def _write(self, servers: dict[str, dict[str, Any]]) -> None:
        from tertius.localdb.process import write_private  # noqa: PLC0415 - most commands only read the file

        try:
            self.home.mkdir(parents=True, exist_ok=True)
            write_private(self.path, json.dumps(servers, indent=1) + "\n")
        except OSError as error:
            reason = (error.strerror or "no reason given").lower()
            raise NotWritten(f"{self.path} was not written: {reason}. Make the folder writable.") from error


def _keyring_errors() -> tuple[type[Exception], ...]:
    """The errors of a keyring that is missing or locked. Backends also raise errors of the system's own."""
    from keyring.errors import KeyringError  # noqa: PLC0415 - needed only where a keyring is opened

    return KeyringError, OSError, RuntimeError
