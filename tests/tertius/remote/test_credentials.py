"""Where the token of a server is kept."""

import stat
from pathlib import Path

from keyring.backends.null import Keyring as SwitchedOff
from keyring.errors import NoKeyringError, PasswordDeleteError

from tertius.remote.credentials import Credentials

URL, OTHER = "https://tertius.example.org", "https://other.example.org"


class InMemory:
    """A keyring of the system."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service_name: str, username: str) -> str | None:
        return self.kept.get((service_name, username))

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self.kept[service_name, username] = password

    def delete_password(self, service_name: str, username: str) -> None:
        if self.kept.pop((service_name, username), None) is None:
            raise PasswordDeleteError


class Locked(InMemory):
    """A keyring that cannot be opened."""

    def set_password(self, service_name: str, username: str, password: str) -> None:
        raise NoKeyringError


def test_a_token_is_in_the_keyring_and_in_no_file(tmp_path: Path) -> None:
    keyring = InMemory()
    credentials = Credentials(tmp_path, lambda: keyring)

    assert credentials.store(URL, "home", "secret")
    assert credentials.store(URL, "home", "renewed")
    assert (credentials.token(URL), credentials.network(URL), credentials.current()) == ("renewed", "home", URL)
    assert "renewed" not in credentials.path.read_text("utf-8")
    assert Credentials(tmp_path / "other", lambda: keyring).token(URL) is None

    credentials.forget(URL)
    credentials.forget(URL)
    assert (credentials.token(URL), credentials.current(), keyring.kept) == (None, None, {})


def test_without_a_keyring_a_token_is_in_a_private_file(tmp_path: Path) -> None:
    for home, keyring in ((tmp_path / "locked", Locked()), (tmp_path / "off", SwitchedOff())):  # type: ignore[no-untyped-call]
        credentials = Credentials(home, lambda keyring=keyring: keyring)  # type: ignore[misc]

        assert not credentials.store(URL, "home", "secret")
        assert credentials.token(URL) == "secret"
        assert stat.S_IMODE(credentials.path.stat().st_mode) == 0o600


def test_the_server_joined_last_is_the_current_one(tmp_path: Path) -> None:
    keyring = InMemory()
    credentials = Credentials(tmp_path, lambda: keyring)
    for url in (URL, OTHER, URL):
        credentials.store(url, "home", f"token of {url}")

    assert credentials.current() == URL
    credentials.forget(URL)
    assert (credentials.current(), credentials.token(OTHER)) == (OTHER, f"token of {OTHER}")
