"""How settings are read, and the errors of invalid ones."""

from pathlib import Path

import pytest

from tertius import settings
from tertius.doctor import configuration
from tertius.doctor.check import CheckStatus
from tertius.errors import SettingError
from tertius.mailbox_settings import mail_account
from tertius.service_settings import Http, local_public_url

SETTINGS_PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, _ in settings.setting_names():
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def _empty_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TERTIUS_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize(
    ("http", "address"),
    [
        (Http(), "http://127.0.0.1:8787"),
        (Http(host="::1", port=9000), "http://[::1]:9000"),
        # a browser keeps a session at localhost, and not at the address that means all addresses
        (Http(host="0.0.0.0"), "http://localhost:8787"),
        (Http(host="::"), "http://localhost:8787"),
        (Http(host="0.0.0.0", public_url="https://tertius.example.org"), "https://tertius.example.org"),
    ],
)
def test_links_lead_to_the_public_address_or_to_this_machine(http: Http, address: str) -> None:
    assert local_public_url(http) == address


def test_the_database_is_local_by_default() -> None:
    read = settings.read_settings()

    assert read.neo4j.uri is None
    assert read.home.is_absolute()
    assert read.home.name == "tertius"


def test_environment_variables_override_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TERTIUS_HOME", str(tmp_path))
    (tmp_path / ".env").write_text("TERTIUS_NEO4J__URI=bolt://from-the-file\nTERTIUS_NEO4J__USER=ana\nOTHER=1\n")
    monkeypatch.setenv("TERTIUS_NEO4J__URI", "neo4j+s://from-the-environment:7777")

    read = settings.read_settings()

    assert read.neo4j.uri == "neo4j+s://from-the-environment:7777"
    assert read.neo4j.user == "ana"
    assert read.env_file == tmp_path / ".env"


@pytest.mark.usefixtures("_empty_home")
def test_a_file_in_the_current_directory_is_not_read_and_is_reported() -> None:
    Path(".env").write_text("TERTIUS_NEO4J__URI=bolt://planted.example\n")

    read = settings.read_settings()

    assert (read.neo4j.uri, read.env_file) == (None, None)
    check = configuration.check_settings_file(read)
    assert check.status is CheckStatus.WARNING
    assert str(Path(".env").absolute()) in check.message


@pytest.mark.usefixtures("_empty_home")
def test_a_variable_names_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "team.env"
    monkeypatch.setenv("TERTIUS_ENV_FILE", str(file))
    with pytest.raises(SettingError, match="TERTIUS_ENV_FILE is invalid: the file does not exist"):
        settings.read_settings()

    file.write_text("TERTIUS_NETWORK=team\n")
    read = settings.read_settings()
    assert read.network == "team"
    assert str(file) in configuration.check_settings_file(read).message

    file.write_text("TERTIUS_ENV_FILE=another\n")
    with pytest.raises(SettingError, match="can be set in the environment only"):
        settings.read_settings()


@pytest.mark.usefixtures("_empty_home")
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"TERTIUS_NEO4J__URI": "bolt://graph.example:7687"}, "bolt+s://"),
        ({"TERTIUS_NEO4J__URI": "neo4j://10.0.0.5"}, "neo4j+s://"),
        ({"TERTIUS_HTTP__HOST": "0.0.0.0"}, "TLS proxy"),
        ({"TERTIUS_HTTP__HOST": "::"}, "TLS proxy"),
        ({"TERTIUS_LIMITS__REDIS_URL": "redis://:canary@10.0.0.5"}, "rediss://"),
        ({"TERTIUS_NEO4J__URI": "neo4j+s://graph.example"}, None),
        ({"TERTIUS_NEO4J__URI": "bolt://127.0.0.2:7687", "TERTIUS_HTTP__HOST": "::1"}, None),
        ({"TERTIUS_HTTP__HOST": "0.0.0.0", "TERTIUS_PRIVATE_NETWORK": "true"}, None),
    ],
)
def test_a_connection_that_others_can_read_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    check = configuration.check_encryption(settings.read_settings())

    assert check.ok is (expected is None)
    assert expected is None or expected in check.message
    assert "canary" not in check.message


def test_a_tilde_in_the_home_folder_is_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIUS_HOME", "~/network")

    assert settings.read_settings().home == Path.home() / "network"


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("TERTIUS_NEO4J__URI", "http://secret.example:7474", "bolt://localhost:7687"),
        ("TERTIUS_NEO4J__URI", "bolt://ana:secret@host", "TERTIUS_NEO4J__PASSWORD"),
        ("TERTIUS_MEMORY__HEAP", "secret", "docs/settings.md"),
        ("TERTIUS_NETWORK", "secret network", "docs/settings.md"),
        ("TERTIUS_MIRROR", "ftp://secret", "https://"),
        ("TERTIUS_LIMITS__REDIS_URL", "ftp://:secret@localhost", "redis://localhost:6379"),
        ("TERTIUS_HTTP__TRUSTED_PROXIES", "127.0.0.1,secret.example", "10.1.0.0/16"),
        ("TERTIUS_HTTP__CORS_ORIGINS", "https://a.example,https://secret.example/path", "https://app.example.org"),
        ("TERTIUS_OIDC__ISSUER", "http://secret.example", "https://"),
        ("TERTIUS_TRACES__ENDPOINT", "ftp://secret", "https://"),
    ],
)
def test_an_error_names_the_setting_but_not_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, advice: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingError) as refused:
        settings.read_settings()

    assert str(refused.value).startswith(name)
    assert advice in str(refused.value)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_error_for_an_unknown_setting_suggests_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIUS_NEO4J_URI", "bolt://localhost")

    with pytest.raises(SettingError, match="Did you mean TERTIUS_NEO4J__URI"):
        settings.read_settings()


def test_a_password_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIUS_NEO4J__PASSWORD", "canary")

    assert "canary" not in repr(settings.read_settings())


def test_user_and_password_can_be_read_from_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("neo4j_auth").write_text("ana/canary/with/slashes\n")
    monkeypatch.setenv("TERTIUS_NEO4J__AUTH_FILE", "neo4j_auth")

    user, password = settings.read_settings().neo4j.credentials

    assert (user, password.get_secret_value()) == ("ana", "canary/with/slashes")
    assert "canary" not in repr(settings.read_settings())


@pytest.mark.parametrize("content", [b"secret", b"/secret", b"\xffsecret/x", None])
def test_an_error_does_not_show_the_credentials_file(monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    if content is not None:
        Path("neo4j_auth").write_bytes(content)
    monkeypatch.setenv("TERTIUS_NEO4J__AUTH_FILE", "neo4j_auth")

    with pytest.raises(SettingError, match="TERTIUS_NEO4J__AUTH_FILE is invalid: ") as refused:
        settings.read_settings()

    assert "secret" not in str(refused.value)


def test_the_documentation_describes_every_setting() -> None:
    page = SETTINGS_PAGE.read_text("utf-8")

    for name, description in settings.setting_names():
        assert f"| `{name}` | {description} |" in page


def test_an_issuer_requires_a_client_id_and_a_redirect_uri(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIUS_OIDC__ISSUER", "https://login.example.org")

    with pytest.raises(
        SettingError, match="TERTIUS_OIDC is invalid: TERTIUS_OIDC__ISSUER requires TERTIUS_OIDC__CLIENT_ID"
    ):
        settings.read_settings()


def test_imap_without_tls_is_allowed_only_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERTIUS_IMAP__TLS", "false")
    monkeypatch.setenv("TERTIUS_IMAP__PASSWORD", "canary")
    monkeypatch.setenv("TERTIUS_IMAP__HOST", "localhost")
    assert not settings.read_settings().imap.tls
    assert "canary" not in repr(settings.read_settings())

    monkeypatch.setenv("TERTIUS_IMAP__HOST", "imap.example.org")
    with pytest.raises(SettingError, match="TERTIUS_IMAP is invalid: without TLS the password is sent in plain text"):
        settings.read_settings()


def test_a_mail_server_requires_sender_and_base_url_and_tls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("canary\n", "utf-8")
    monkeypatch.setenv("TERTIUS_SMTP__HOST", "smtp.example.org")
    monkeypatch.setenv("TERTIUS_SMTP__PASSWORD_FILE", str(tmp_path / "password"))
    with pytest.raises(SettingError, match="requires TERTIUS_SMTP__SENDER and TERTIUS_SMTP__LINK_BASE_URL"):
        settings.read_settings()

    monkeypatch.setenv("TERTIUS_SMTP__SENDER", "tertius@example.org")
    monkeypatch.setenv("TERTIUS_SMTP__LINK_BASE_URL", "https://tertius.example.org")
    assert settings.read_settings().smtp.password == "canary"
    assert "canary" not in repr(settings.read_settings())

    monkeypatch.setenv("TERTIUS_SMTP__TLS", "off")
    with pytest.raises(SettingError, match="without TLS the links are sent in plain text"):
        settings.read_settings()
    monkeypatch.setenv("TERTIUS_SMTP__PASSWORD_FILE", str(tmp_path / "none"))
    with pytest.raises(SettingError, match="TERTIUS_SMTP__PASSWORD_FILE is invalid: the file does not exist"):
        settings.read_settings()


@pytest.mark.parametrize("values", [{}, {"host": "imap.example.org"}, {"host": "imap.example.org", "user": "ana"}])
def test_the_error_names_a_missing_imap_setting(values: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="TERTIUS_IMAP__"):
        mail_account(settings.Imap.model_validate(values), [])


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "localhost"), ("::", "localhost"), ("::1", "[::1]")],
)
def test_links_lead_to_an_address_that_a_browser_opens(host: str, expected: str) -> None:
    assert local_public_url(Http(host=host, port=9)) == f"http://{expected}:9"
