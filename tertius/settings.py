"""The settings, read from the environment and a `.env` file (tertius.env_file), documented in docs/settings.md.

A name is `TERTIUS_` and the name of the field, with two underscores after the name of a section: `TERTIUS_NEO4J__URI`.
An unknown name is an error. If `TERTIUS_NEO4J_URI` were ignored, data meant for a server would be loaded into the
database of the laptop.
"""

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from tertius.env_file import ENV_FILE, PREFIX, default_home, find_env_file, user_folder, values
from tertius.errors import SettingError
from tertius.request_settings import RequestSettings
from tertius.service_settings import Http, LimitSettings, Metrics, Oidc, Sessions, Slack, Smtp, Traces
from tertius.setting_checks import (
    LOOPBACK,
    check_credentials_file,
    check_neo4j_uri,
    check_repository_url,
    check_server_url,
    credentials_in,
)

NAME = r"^[a-z0-9_]{1,64}$"
"""The pattern of a network's name."""
# read by the tests and benchmarks only
_DEVELOPMENT_PREFIXES = ("TERTIUS_TEST_", "TERTIUS_SHARED", "TERTIUS_BENCH_")


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


Folder = Annotated[Path, AfterValidator(_absolute)]
Size = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*[mg]$", to_lower=True)]


def _cache() -> Path:
    return user_folder(variable="XDG_CACHE_HOME", linux=".cache", mac="Library/Caches")


class Neo4j(BaseModel):
    """Your own Neo4j, used instead of the local one."""

    uri: Annotated[str, AfterValidator(check_neo4j_uri)] | None = Field(
        default=None,
        description="Address of your own Neo4j: `bolt://` or `neo4j://`, with `+s` for TLS, with `+ssc` for TLS with a "
        "self-signed certificate. Unset: Tertius runs a local Neo4j.",
    )
    user: str = Field(default="neo4j", description="User name for your own Neo4j. Default: `neo4j`.")
    password: SecretStr = Field(default=SecretStr(""), description="Password for your own Neo4j.")
    auth_file: Annotated[Path, AfterValidator(check_credentials_file)] | None = Field(
        default=None,
        description="File that contains user and password as `neo4j/…`, used instead of the two settings above. "
        "Neo4j's Docker image reads the same file (`NEO4J_AUTH_FILE`).",
    )
    database: str | None = Field(
        default=None, description="Database in your own Neo4j. Unset: the default database of the user."
    )
    spread_reads: bool = Field(
        default=False,
        description="`true`: any member of a Neo4j cluster answers reads of the service, if the address begins with "
        "`neo4j`. Changes of another process may then be missing for some milliseconds (docs/scale.md). Default: "
        "`false`, the leader answers.",
    )

    @property
    def credentials(self) -> tuple[str, SecretStr]:
        """User and password, from `auth_file` if it is set."""
        return credentials_in(self.auth_file) if self.auth_file else (self.user, self.password)


class Memory(BaseModel):
    """Memory of the local Neo4j. Your own Neo4j has its own settings."""

    heap: Size = Field(
        default="1g", description="Maximum Java heap of the local Neo4j, such as `512m` or `2g`. Default: `1g`."
    )
    page_cache: Size = Field(
        default="256m", description="Memory in which the local Neo4j caches the graph. Default: `256m`."
    )


class Imap(BaseModel):
    """The mailbox that `tertius sync` reads."""

    host: str | None = Field(default=None, description="IMAP server from which `tertius sync` reads mail.")
    port: int = Field(default=993, ge=1, le=65535, description="Port of the IMAP server. Default: 993.")
    user: str = Field(default="", description="User name at the IMAP server, usually your e-mail address.")
    password: SecretStr = Field(
        default=SecretStr(""),
        description="Password at the IMAP server. Gmail and some others require an app password.",
    )
    access_token: SecretStr = Field(
        default=SecretStr(""), description="OAuth 2.0 access token, sent as XOAUTH2 instead of the password."
    )
    tls: bool = Field(
        default=True,
        description="`false` disables TLS, which is allowed only for a server on this machine. Default: `true`.",
    )

    @model_validator(mode="after")
    def _encrypted(self) -> "Imap":
        if not self.tls and self.host not in (None, *LOOPBACK):
            raise ValueError("without TLS the password is sent in plain text; remove TERTIUS_IMAP__TLS")
        return self


class Settings(BaseSettings):
    """All settings. Create it with `read`, whose errors are one sentence."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    neo4j: Neo4j = Neo4j()
    memory: Memory = Memory()
    http: Http = Http()
    limits: LimitSettings = LimitSettings()
    imap: Imap = Imap()
    sessions: Sessions = Sessions()
    oidc: Oidc = Oidc()
    smtp: Smtp = Smtp()
    slack: Slack = Slack()
    metrics: Metrics = Metrics()
    traces: Traces = Traces()
    requests: RequestSettings = RequestSettings()
    home: Folder = Field(
        default_factory=default_home,
        description="Folder of the local database and its password and logs, of uploads, of tokens (`*.token`), and of "
        "the hashes and key of erased people. Also used with your own Neo4j. Back it up. Default: the data folder of "
        "the user (Linux: `~/.local/share/tertius`).",
    )
    env_file: Folder | None = Field(
        default=None,
        description="File of settings to read; it can be set in the environment only. Default: `.env` in "
        "`TERTIUS_HOME`, if it exists.",
    )
    cache: Folder = Field(
        default_factory=_cache,
        description="Folder of downloaded files. Default: the cache folder of the user (Linux: `~/.cache/tertius`).",
    )
    network: Annotated[str, StringConstraints(pattern=NAME)] = Field(
        default="home",
        description="Name of the network that commands use: 1 to 64 lower-case letters, digits and underscores. "
        "Networks share no data. Default: `home`.",
    )
    server: Annotated[str, AfterValidator(check_server_url)] | None = Field(
        default=None,
        description="Address of a server that you joined with `tertius join`, such as `https://tertius.example.org`. "
        "Commands ask it instead of the local database. `local`: commands use the local database. Unset: the server "
        "that you joined last, if any.",
    )
    erasure_days: int = Field(
        default=7,
        ge=0,
        le=28,
        description="Days after which an erasure that a person requested at `/about-me` is completed. Until then "
        "owners can dispute it. 0 to 28, because a request must be answered within a month. Default: 7.",
    )
    private_network: bool = Field(
        default=False,
        description="`true`: nobody else can read the network between this service, its TLS proxy, Neo4j and Redis. "
        "Tertius then does not warn about connections without TLS. Default: `false`.",
    )
    mirror: Annotated[str, AfterValidator(check_repository_url)] | None = Field(
        default=None,
        description="Address of the Maven repository from which Neo4j's files are downloaded. They are checked against "
        "tertius/localdb/jars.lock. Unset: the public repository.",
    )

    @property
    def uploads(self) -> Path:
        """The folder of uploads that wait for their load."""
        return self.home / "uploads"


def setting_names() -> Iterator[tuple[str, str]]:
    """Yield the variable and the description of each setting."""
    yield from _names(Settings, PREFIX)


def _names(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _names(field.annotation, f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}", field.description or ""


def read_settings() -> Settings:
    """Read the environment and the `.env` file. Raises SettingError, whose message never contains a value.

    `env_file` of the result is the file that was read, None if there is none.
    """
    env_file = find_env_file(default_home())
    _check_names(env_file)
    try:
        return Settings(_env_file=env_file, env_file=env_file)  # type: ignore[call-arg]  # of BaseSettings
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        variable = PREFIX + "__".join(str(part).upper() for part in first["loc"])
        advice = _advice(first["type"], first["msg"])
        raise SettingError(f"{variable} is invalid: {advice}.") from None


def _advice(kind: str, message: str) -> str:
    if kind == "string_pattern_mismatch":
        return "see docs/settings.md for its format"
    return message.removeprefix("Value error, ")


def _check_names(env_file: Path | None) -> None:
    known = {name for name, _ in setting_names()}
    in_file = values(env_file) if env_file else {}
    if any(name.upper() == ENV_FILE for name in in_file):
        raise SettingError(f"{ENV_FILE} can be set in the environment only. Remove it from {env_file}.")
    for name in sorted({*os.environ, *in_file}):
        upper = name.upper()
        if not upper.startswith(PREFIX) or upper.startswith(_DEVELOPMENT_PREFIXES) or upper in known:
            continue
        similar = get_close_matches(upper, known, n=1)
        hint = f"Did you mean {similar[0]}?" if similar else "See docs/settings.md for all settings."
        raise SettingError(f"Tertius has no setting {name}. {hint}")
