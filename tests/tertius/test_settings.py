"""What can be set, and what is said where it cannot."""

from pathlib import Path

import pytest

from tertius import settings
from tertius.errors import SettingError
from tertius.mailbox_settings import box

SETTINGS_PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, _ in settings.names():
        monkeypatch.delenv(name, raising=False)


def test_without_any_setting_the_database_is_a_local_one() -> None:
    read = settings.read()

    assert read.neo4j.uri is None
    assert read.home.is_absolute()
    assert read.home.name == "tertius"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("TERTIUS_NEO4J__URI=bolt://from-the-file\nTERTIUS_NEO4J__USER=ana\nOTHER=1\n")
    monkeypatch.setenv("TERTIUS_NEO4J__URI", "neo4j+s://from-the-environment:7777")

    read = settings.read()

    assert read.neo4j.uri == "neo4j+s://from-the-environment:7777"
    assert read.neo4j.user == "ana"


def test_a_home_may_begin_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIUS_HOME", "~/network")

    assert settings.read().home == Path.home() / "network"


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("TERTIUS_NEO4J__URI", "http://secret.example:7474", "bolt://localhost:7687"),
        ("TERTIUS_NEO4J__URI", "bolt://ana:secret@host", "TERTIUS_NEO4J__PASSWORD"),
        ("TERTIUS_MEMORY__HEAP", "secret", "docs/settings.md"),
        ("TERTIUS_NETWORK", "secret network", "docs/settings.md"),
        ("TERTIUS_MIRROR", "ftp://secret", "https://"),
        ("TERTIUS_LIMITS__STORE", "ftp://:secret@localhost", "redis://localhost:6379"),
        ("TERTIUS_OIDC__ISSUER", "http://secret.example", "https://"),
        ("TERTIUS_TRACES__ENDPOINT", "ftp://secret", "https://"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, advice: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingError) as refused:
        settings.read()

    assert str(refused.value).startswith(name)
    assert advice in str(refused.value)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_name_that_is_nobodys_is_refused_with_the_likely_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIUS_NEO4J_URI", "bolt://localhost")

    with pytest.raises(SettingError, match="did you mean TERTIUS_NEO4J__URI"):
        settings.read()


def test_a_password_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIUS_NEO4J__PASSWORD", "canary")

    assert "canary" not in repr(settings.read())


def test_user_and_password_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("neo4j_auth").write_text("ana/canary/with/slashes\n")
    monkeypatch.setenv("TERTIUS_NEO4J__AUTH_FILE", "neo4j_auth")

    user, password = settings.read().neo4j.signs_in_by

    assert (user, password.get_secret_value()) == ("ana", "canary/with/slashes")
    assert "canary" not in repr(settings.read())


@pytest.mark.parametrize("held", [b"secret", b"/secret", b"\xffsecret/x", None])
def test_a_file_that_signs_nobody_in_is_named_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, held: bytes | None
) -> None:
    if held is not None:
        Path("neo4j_auth").write_bytes(held)
    monkeypatch.setenv("TERTIUS_NEO4J__AUTH_FILE", "neo4j_auth")

    with pytest.raises(SettingError, match="TERTIUS_NEO4J__AUTH_FILE cannot be used: ") as refused:
        settings.read()

    assert "secret" not in str(refused.value)


def test_every_setting_has_its_line_in_the_documentation() -> None:
    page = SETTINGS_PAGE.read_text("utf-8")

    for name, description in settings.names():
        assert f"| `{name}` | {description} |" in page


def test_a_sign_in_provider_is_told_who_we_are_and_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIUS_OIDC__ISSUER", "https://login.example.org")

    with pytest.raises(SettingError, match="TERTIUS_OIDC cannot be used: with an issuer go TERTIUS_OIDC__CLIENT_ID"):
        settings.read()


def test_a_mail_password_never_travels_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIUS_IMAP__TLS", "false")
    monkeypatch.setenv("TERTIUS_IMAP__PASSWORD", "canary")
    monkeypatch.setenv("TERTIUS_IMAP__HOST", "localhost")
    assert not settings.read().imap.tls
    assert "canary" not in repr(settings.read())

    monkeypatch.setenv("TERTIUS_IMAP__HOST", "imap.example.org")
    with pytest.raises(SettingError, match="TERTIUS_IMAP cannot be used: without TLS your password would travel"):
        settings.read()


def test_links_go_by_a_server_that_is_told_whole_and_never_in_the_open(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("canary\n", "utf-8")
    monkeypatch.setenv("TERTIUS_SMTP__HOST", "smtp.example.org")
    monkeypatch.setenv("TERTIUS_SMTP__PASSWORD_FILE", str(tmp_path / "password"))
    with pytest.raises(SettingError, match="with a host go TERTIUS_SMTP__SENDER and TERTIUS_SMTP__LINKS_TO"):
        settings.read()

    monkeypatch.setenv("TERTIUS_SMTP__SENDER", "tertius@example.org")
    monkeypatch.setenv("TERTIUS_SMTP__LINKS_TO", "https://tertius.example.org")
    assert settings.read().smtp.password == "canary"
    assert "canary" not in repr(settings.read())

    monkeypatch.setenv("TERTIUS_SMTP__TLS", "off")
    with pytest.raises(SettingError, match="anybody on the way could take the links"):
        settings.read()
    monkeypatch.setenv("TERTIUS_SMTP__PASSWORD_FILE", str(tmp_path / "none"))
    with pytest.raises(SettingError, match="TERTIUS_SMTP__PASSWORD_FILE cannot be used: there is no such file"):
        settings.read()


@pytest.mark.parametrize("said", [{}, {"host": "imap.example.org"}, {"host": "imap.example.org", "user": "ana"}])
def test_what_is_missing_to_fetch_mail_is_named(said: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="TERTIUS_IMAP__"):
        box(settings.Imap.model_validate(said), [])
