"""What can be set, all of it by the environment or a `.env` file: docs/settings.md.

The names are `TERTIUS_` and the field's, with two underscores where a setting belongs to a group:
`TERTIUS_NEO4J__URI`. A name that is nobody's is an error and not ignored: with one underscore too
few, a load meant for a server would go into the laptop's own database.
"""

import os
import sys
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, Field, SecretStr, StringConstraints, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from operations.mailer import Tls
from tertius.errors import SettingError

PREFIX = "TERTIUS_"
NAME = r"^[a-z0-9_]{1,64}$"
"""What a network can be called."""
# read by the tests, never by the software
_OF_THE_TESTS = ("TERTIUS_TEST_", "TERTIUS_SHARED")
_HERE = ("localhost", "127.0.0.1", "::1")
_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def _address(uri: str) -> str:
    parts = urlsplit(uri)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise ValueError("give an address like bolt://localhost:7687 or neo4j+s://graph.example.org")
    if parts.username or parts.password:
        raise ValueError(
            "leave user and password out of the address: they go into TERTIUS_NEO4J__USER and TERTIUS_NEO4J__PASSWORD"
        )
    return uri


def _auth(path: Path) -> Path:
    """Refuses a file from which nobody could sign in."""
    _signed_in_by(path)
    return path


def _signed_in_by(path: Path) -> tuple[str, SecretStr]:
    user, _, password = _kept_in(path).partition("/")
    if not user or not password:
        raise ValueError("user and password stand in its file as neo4j/…, with a slash between them")
    return user, SecretStr(password)


def _kept(path: Path) -> Path:
    """Refuses a file that cannot be read."""
    _kept_in(path)
    return path


def _kept_in(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError("there is no such file, or it may not be read here") from None


def _repository(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("give the address of a Maven repository, beginning with https://")
    return url.rstrip("/")


def _counter(address: SecretStr) -> SecretStr:
    if urlsplit(address.get_secret_value()).scheme not in ("redis", "rediss", "valkey", "valkeys"):
        raise ValueError("give the address of a Redis or Valkey, like redis://localhost:6379")
    return address


def _collector(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("give an address that begins with https:// or http://")
    return url


def _folder(path: Path) -> Path:
    return path.expanduser().absolute()


Folder = Annotated[Path, AfterValidator(_folder)]
Size = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*[mg]$", to_lower=True)]


def _user_folder(*, variable: str, linux: str, mac: str) -> Path:
    """Where this system keeps such things of one user."""
    if sys.platform == "darwin":
        return Path.home() / mac / "tertius"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "tertius" / Path(linux).name
    return Path(os.environ.get(variable) or Path.home() / linux) / "tertius"


def _home() -> Path:
    return _user_folder(variable="XDG_DATA_HOME", linux=".local/share", mac="Library/Application Support")


def _cache() -> Path:
    return _user_folder(variable="XDG_CACHE_HOME", linux=".cache", mac="Library/Caches")


class Neo4j(BaseModel):
    """Which Neo4j to use."""

    uri: Annotated[str, AfterValidator(_address)] | None = Field(
        default=None,
        description="Address of a Neo4j of your own: bolt or neo4j, with +s for TLS, with +ssc for "
        "TLS under a certificate that nobody signed. Without it, Tertius runs one on this machine.",
    )
    user: str = Field(default="neo4j", description="User of your own Neo4j.")
    password: SecretStr = Field(default=SecretStr(""), description="Password of your own Neo4j.")
    auth_file: Annotated[Path, AfterValidator(_auth)] | None = Field(
        default=None,
        description="File with user and password of your own Neo4j as `neo4j/…`, in place of the two: a secret that "
        "Neo4j's own image reads too (NEO4J_AUTH_FILE).",
    )
    database: str | None = Field(
        default=None, description="Database in your own Neo4j; without it, the user's default one."
    )

    @property
    def signs_in_by(self) -> tuple[str, SecretStr]:
        """User and password, wherever they stand."""
        return _signed_in_by(self.auth_file) if self.auth_file else (self.user, self.password)


class Memory(BaseModel):
    """How much memory the local Neo4j may use; your own Neo4j has its own settings."""

    heap: Size = Field(default="1g", description="Most memory for the local Neo4j's work: 512m, 1g, 2g.")
    page_cache: Size = Field(default="256m", description="Memory in which the local Neo4j keeps the graph at hand.")


class Http(BaseModel):
    """Where the service listens, and what it shows of itself."""

    host: str = Field(default="127.0.0.1", description="Address on which the service listens; without it, loopback.")
    port: int = Field(default=8787, ge=0, le=65535, description="Port of the service; 0 for any that is free.")
    explore: bool = Field(
        default=False, description="Whether clients may ask for the schema, and browsers are shown GraphiQL."
    )


class Limits(BaseModel):
    """How much may be asked, and how long the answer may take."""

    search_seconds: float = Field(
        default=5.0,
        gt=0,
        description="Seconds after which a search for routes is cut off, and its answer says so. The slowest measured "
        "took 0.6, and the very first one after a start, on a busy machine, 2.8.",
    )
    request_points: int = Field(
        default=1_000,
        gt=0,
        description="Points that one request to the service may cost: docs/api.md says what costs how many.",
    )
    hour_points: int = Field(
        default=6_000, gt=0, description="Points that a member may spend at the service in an hour."
    )
    store: Annotated[SecretStr, AfterValidator(_counter)] | None = Field(
        default=None,
        description="Address of a Redis or Valkey in which these are counted, redis://… or valkey://…, where several "
        "services answer for one; without it each counts for itself. It takes the client of the extra `redis`.",
    )


class Imap(BaseModel):
    """Where a mailbox lives that `tertius fetch` brings."""

    host: str | None = Field(default=None, description="Mail server that `tertius fetch` reads from, by IMAP.")
    port: int = Field(default=993, ge=1, le=65535, description="Its port.")
    user: str = Field(default="", description="User there, mostly the whole address.")
    password: SecretStr = Field(
        default=SecretStr(""), description="Password there; Gmail and others want one made for a program."
    )
    token: SecretStr = Field(
        default=SecretStr(""), description="OAuth 2.0 access token, in place of the password; it is sent as XOAUTH2."
    )
    tls: bool = Field(default=True, description="Whether to speak TLS; without it only to a server on this machine.")

    @model_validator(mode="after")
    def _not_in_the_open(self) -> "Imap":
        if not self.tls and self.host not in (None, *_HERE):
            raise ValueError("without TLS your password would travel in the open: leave TERTIUS_IMAP__TLS out")
        return self


def _reached(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)):
        raise ValueError("give an address that begins with https://, or http://localhost")
    return url


class Oidc(BaseModel):
    """Where people sign in, on the page."""

    issuer: Annotated[str, AfterValidator(_reached)] | None = Field(
        default=None,
        description="Address of a provider of OpenID Connect at which people sign in, exactly as it calls itself.",
    )
    client_id: str = Field(default="", description="What Tertius is called there.")
    client_secret: SecretStr = Field(
        default=SecretStr(""), description="Its password there; without it, what the provider calls a public client."
    )
    redirect: Annotated[str, AfterValidator(_reached)] | None = Field(
        default=None,
        description="Where the provider sends people back to: this service's address and /auth/callback.",
    )

    @model_validator(mode="after")
    def _whole(self) -> "Oidc":
        if self.issuer and not (self.client_id and self.redirect):
            raise ValueError("with an issuer go TERTIUS_OIDC__CLIENT_ID and TERTIUS_OIDC__REDIRECT")
        return self


class Smtp(BaseModel):
    """By which mail server links go to those who never joined."""

    host: str | None = Field(
        default=None,
        description="Mail server by which links go to those who ask at /about-me what is held of them, by SMTP; "
        "without it, the page says whom to write to.",
    )
    port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    tls: Tls = Field(
        default=Tls.STARTTLS,
        description="`starttls`, `implicit` (mostly at port 465), or `off`, which is only to a server on this machine.",
    )
    user: str = Field(default="", description="User there, where it wants one.")
    password_file: Annotated[Path, AfterValidator(_kept)] | None = Field(
        default=None, description="File with the password there, and nothing else."
    )
    sender: str = Field(default="", description="Address from which the links come.")
    links_to: Annotated[str, AfterValidator(_reached)] | None = Field(
        default=None, description="This service's own address, with which links begin: https://tertius.example.org."
    )

    @model_validator(mode="after")
    def _whole(self) -> "Smtp":
        if self.host and not (self.sender and self.links_to):
            raise ValueError("with a host go TERTIUS_SMTP__SENDER and TERTIUS_SMTP__LINKS_TO")
        if self.tls is Tls.OFF and self.host not in (None, *_HERE):
            raise ValueError("without TLS anybody on the way could take the links: leave TERTIUS_SMTP__TLS out")
        return self

    @property
    def password(self) -> str:
        """As it stands in its file."""
        return _kept_in(self.password_file) if self.password_file else ""


class Metrics(BaseModel):
    """Where the service tells Prometheus what it counts."""

    host: str = Field(default="127.0.0.1", description="Address on which metrics are served; without it, loopback.")
    port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port on which the service tells Prometheus what it counts, at /metrics; without it, nowhere.",
    )


class Traces(BaseModel):
    """Where the service sends spans."""

    endpoint: Annotated[str, AfterValidator(_collector)] | None = Field(
        default=None,
        description="Address to which spans are sent by OTLP over HTTP, like http://localhost:4318/v1/traces; without "
        "it, nowhere. It takes the extra `traces`.",
    )


class Settings(BaseSettings):
    """All of them. Make one with `read`, which says what is wrong in a sentence."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    neo4j: Neo4j = Neo4j()
    memory: Memory = Memory()
    http: Http = Http()
    limits: Limits = Limits()
    imap: Imap = Imap()
    oidc: Oidc = Oidc()
    smtp: Smtp = Smtp()
    metrics: Metrics = Metrics()
    traces: Traces = Traces()
    home: Folder = Field(
        default_factory=_home,
        description="Folder of the local database, its password and its logs; without it, the "
        "user's data folder (Linux: ~/.local/share/tertius).",
    )
    cache: Folder = Field(
        default_factory=_cache,
        description="Folder of what is downloaded once; without it, the user's cache folder (Linux: ~/.cache/tertius).",
    )
    network: Annotated[str, StringConstraints(pattern=NAME)] = Field(
        default="home",
        description="Which network of people to use: small letters, digits and underscores. "
        "Nothing ever crosses from one network to another.",
    )
    mirror: Annotated[str, AfterValidator(_repository)] | None = Field(
        default=None,
        description="Address of a Maven repository to fetch Neo4j's files from; without it, the "
        "public one. Whatever comes is checked against tertius/jars.lock.",
    )

    @property
    def uploads(self) -> Path:
        """Where what was uploaded waits for its load."""
        return self.home / "uploads"


def names() -> Iterator[tuple[str, str]]:
    """Every setting there is, as its variable and its description."""
    yield from _names(Settings, PREFIX)


def _names(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _names(field.annotation, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}", field.description or ""


def read() -> Settings:
    """Read the environment and `.env`. Raises SettingError, which never shows a value."""
    _refuse_unknown()
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)[0]
        variable = PREFIX + "__".join(str(part).upper() for part in wrong["loc"])
        advice = _advice(wrong["type"], wrong["msg"])
        raise SettingError(f"{variable} cannot be used: {advice}.") from None


def _advice(kind: str, message: str) -> str:
    if kind == "string_pattern_mismatch":
        return "see docs/settings.md for what it may be"
    return message.removeprefix("Value error, ")


def _refuse_unknown() -> None:
    known = {name for name, _ in names()}
    for name in sorted({*os.environ, *dotenv_values(".env")}):
        upper = name.upper()
        if not upper.startswith(PREFIX) or upper.startswith(_OF_THE_TESTS) or upper in known:
            continue
        near = get_close_matches(upper, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "docs/settings.md names them all."
        raise SettingError(f"{name} is no setting of Tertius: {hint}")
