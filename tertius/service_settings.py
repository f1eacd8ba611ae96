"""The sections of the settings that only the service reads."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import NoDecode

from graph.answers import MIN_SCORE
from graph.membership.session_rules import DEFAULT_SESSION_RULES, SessionRules
from operations.mailer import Tls
from tertius.setting_checks import (
    LOOPBACK,
    check_http_url,
    check_public_url,
    check_readable_file,
    check_redis_url,
    check_secure_url,
    content_of,
    network_list,
    origin_list,
)

LOOPBACK_ADDRESSES = ("127.0.0.1", "::1")
_ALL_ADDRESSES = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound


class Http(BaseModel):
    """The address of the service, and what it publishes about itself."""

    host: str = Field(
        default="127.0.0.1", description="Address on which the service listens. Default: `127.0.0.1` (loopback)."
    )
    port: int = Field(
        default=8787, ge=0, le=65535, description="Port of the service; 0 selects a free one. Default: 8787."
    )
    public_url: Annotated[str, AfterValidator(check_public_url)] | None = Field(
        default=None,
        description="Public address of the service, such as `https://tertius.example.org`. Links to its pages begin "
        "with it, and MCP clients reach the service at its host name or at a loopback address only. Unset: the address "
        "on which the service listens.",
    )
    workers: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Processes that serve on this port. Each has its own route indexes and database connections. "
        "Default: 1.",
    )
    explore: bool = Field(
        default=False, description="`true` enables GraphQL introspection and GraphiQL. Default: `false`."
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(origin_list)] = Field(
        default=(),
        description="Origins whose web pages may call the API from a browser, separated by commas, such as "
        "`https://app.example.org,http://localhost:5173`; `*` allows all. Unset: none.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode, BeforeValidator(network_list)] = Field(
        default=LOOPBACK_ADDRESSES,
        description="IP addresses or networks of the proxies in front of the service, separated by commas. Their "
        "`X-Forwarded-For` and `X-Forwarded-Proto` say who the client is and whether it uses TLS; the headers of "
        "others are ignored. Default: `127.0.0.1,::1`.",
    )


def local_public_url(http: Http) -> str:
    """The public address of the service, or else the address at which this machine reaches it."""
    return http.public_url or local_url(http.host, http.port)


def local_url(host: str, port: int) -> str:
    """The address at which this machine reaches a service that listens on `host`. Browsers do not open 0.0.0.0."""
    name = "localhost" if host in _ALL_ADDRESSES else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


class LimitSettings(BaseModel):
    """Limits on the cost of requests and on the time of a search."""

    search_seconds: float = Field(
        default=4.0,
        gt=0,
        description="Time limit of one route search, in seconds. A search that reaches it returns "
        "`isComplete: false`, or `TIMEOUT` without a route. Default: 4.",
    )
    min_route_score: float = Field(
        default=MIN_SCORE, ge=0, lt=1, description="Minimum score of a listed route. 0: no minimum. Default: 0.05."
    )
    request_seconds: float = Field(
        default=5.0, gt=0, description="Time limit of one GraphQL query in seconds. Default: 5."
    )
    mutation_seconds: float = Field(
        default=120.0,
        gt=0,
        description="Time limit in seconds of one GraphQL mutation, of `POST /join`, of a sign-in and of a page of "
        "`/about-me`. A mutation that reaches it stops between two transactions, and the next change of the network "
        "completes it. Default: 120.",
    )
    target_list_seconds: float = Field(
        default=60.0,
        gt=0,
        description="Time limit of one list of targets (`POST /targets`) in seconds. Rows that are not answered in "
        "time have the outcome `TIMEOUT`. Default: 60.",
    )
    points_per_request: int = Field(
        default=1_200,
        gt=0,
        description="Maximum cost of one request in points, as docs/api.md counts them. Default: 1200.",
    )
    points_per_hour: int = Field(
        default=36_000, gt=0, description="Points that one member may spend per hour. Default: 36000."
    )
    open_requests: int = Field(
        default=128,
        gt=0,
        description="Requests that a process answers or that wait for their turn. Clients take turns. A further one is "
        "refused with 503 and `Retry-After`. Uploads and lists of targets do not count. Default: 128.",
    )
    route_index_mb: int = Field(
        default=256,
        ge=0,
        description="Memory for the route indexes of the service in MB. A million ties take about 25 MB. A network "
        "whose ties do not fit is searched in Neo4j. 0: no indexes. Default: 256.",
    )
    redis_url: Annotated[SecretStr, AfterValidator(check_redis_url)] | None = Field(
        default=None,
        description="Address of a Redis or Valkey server (`redis://…`, `valkey://…`) that counts the points of several "
        "service processes together. Requires the extra `redis`. Unset: each machine counts its own.",
    )


class Oidc(BaseModel):
    """The OpenID Connect provider at which members sign in."""

    issuer: Annotated[str, AfterValidator(check_secure_url)] | None = Field(
        default=None,
        description="Issuer of the OpenID Connect provider, exactly as its metadata state it. Requires "
        "`TERTIUS_OIDC__CLIENT_ID` and `TERTIUS_OIDC__REDIRECT_URI`. Unset: no sign-in.",
    )
    client_id: str = Field(default="", description="Client id of Tertius at the provider.")
    client_secret: SecretStr = Field(
        default=SecretStr(""), description="Client secret at the provider. Unset: Tertius is a public client."
    )
    redirect_uri: Annotated[str, AfterValidator(check_secure_url)] | None = Field(
        default=None,
        description="Redirect URI registered at the provider: the address of this service followed by "
        "`/auth/callback`.",
    )

    @model_validator(mode="after")
    def _complete(self) -> "Oidc":
        if self.issuer and not (self.client_id and self.redirect_uri):
            raise ValueError("TERTIUS_OIDC__ISSUER requires TERTIUS_OIDC__CLIENT_ID and TERTIUS_OIDC__REDIRECT_URI")
        return self


class Sessions(BaseModel):
    """The sessions of browsers."""

    idle_hours: float = Field(
        default=DEFAULT_SESSION_RULES.idle_hours,
        gt=0,
        le=720,
        description="Hours without a request after which a browser is signed out. At most 720. Default: 24.",
    )
    max_hours: float = Field(
        default=DEFAULT_SESSION_RULES.max_hours,
        gt=0,
        le=2160,
        description="Hours after which a browser is signed out in any case. At most 2160. After a sign-in at a "
        "provider, 24 at most. Default: 168.",
    )

    @property
    def rules(self) -> SessionRules:
        """The rules of the sessions."""
        return SessionRules(self.idle_hours, self.max_hours)


class Smtp(BaseModel):
    """The mail server that sends links to people who are not members."""

    host: str | None = Field(
        default=None,
        description="SMTP server that sends the links people request at `/about-me`. Requires "
        "`TERTIUS_SMTP__SENDER` and `TERTIUS_SMTP__LINK_BASE_URL`. Unset: the page shows a contact address instead.",
    )
    port: int = Field(default=587, ge=1, le=65535, description="Port of the SMTP server. Default: 587.")
    tls: Tls = Field(
        default=Tls.STARTTLS,
        description="`starttls`, `implicit` (usually port 465), or `off`, which is allowed only for a server on this "
        "machine. Default: `starttls`.",
    )
    user: str = Field(default="", description="User name at the SMTP server. Unset: no authentication.")
    password_file: Annotated[Path, AfterValidator(check_readable_file)] | None = Field(
        default=None, description="File that contains only the password at the SMTP server."
    )
    sender: str = Field(default="", description="E-mail address of the sender.")
    link_base_url: Annotated[str, AfterValidator(check_secure_url)] | None = Field(
        default=None,
        description="Public address of this service, with which the links begin, such as "
        "`https://tertius.example.org`.",
    )

    @model_validator(mode="after")
    def _complete(self) -> "Smtp":
        if self.host and not (self.sender and self.link_base_url):
            raise ValueError("TERTIUS_SMTP__HOST requires TERTIUS_SMTP__SENDER and TERTIUS_SMTP__LINK_BASE_URL")
        if self.tls is Tls.OFF and self.host not in (None, *LOOPBACK):
            raise ValueError("without TLS the links are sent in plain text; remove TERTIUS_SMTP__TLS")
        return self

    @property
    def password(self) -> str:
        """The content of `password_file`."""
        return content_of(self.password_file) if self.password_file else ""


class Metrics(BaseModel):
    """The address of the Prometheus metrics."""

    host: str = Field(
        default="127.0.0.1", description="Address on which metrics are served. Default: `127.0.0.1` (loopback)."
    )
    port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port on which Prometheus metrics are served at `/metrics`. Each further worker has the next port. "
        "Unset: no metrics.",
    )


class Traces(BaseModel):
    """The receiver of OpenTelemetry spans."""

    endpoint: Annotated[str, AfterValidator(check_http_url)] | None = Field(
        default=None,
        description="Address to which spans are sent by OTLP over HTTP, such as `http://localhost:4318/v1/traces`. "
        "Requires the extra `traces`. Unset: no spans.",
    )


class Slack(BaseModel):
    """The Slack app of this service, as registered at Slack."""

    signing_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Signing secret of the Slack app (docs/slack.md). Requests without its signature are refused. "
        "Unset: the service accepts no requests of Slack over HTTP.",
    )
    app_token: SecretStr = Field(
        default=SecretStr(""),
        description="App-level token of the Slack app (`xapp-…`), with which the service connects to Slack (socket "
        "mode). Unset: no socket mode.",
    )
    bot_token: SecretStr = Field(
        default=SecretStr(""),
        description="Bot token of the Slack app (`xoxb-…`) in one workspace, which `tertius slack connect` connects to "
        "a network.",
    )
    client_id: str = Field(
        default="",
        description="Client id of the Slack app, for several workspaces. `tertius slack connect` then prints the "
        "address that installs the app in one of them.",
    )
    client_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Client secret of the Slack app. It also encrypts the tokens that are stored; after a change, "
        "connect the workspaces again.",
    )

    @model_validator(mode="after")
    def _complete(self) -> "Slack":
        if bool(self.client_id) != bool(self.client_secret.get_secret_value()):
            raise ValueError("TERTIUS_SLACK__CLIENT_ID and TERTIUS_SLACK__CLIENT_SECRET require each other")
        receives = self.signing_secret.get_secret_value() or self.app_token.get_secret_value()
        if bool(receives) != bool(self.client_id or self.bot_token.get_secret_value()):
            raise ValueError(
                "the Slack app requires TERTIUS_SLACK__SIGNING_SECRET or TERTIUS_SLACK__APP_TOKEN, and also "
                "TERTIUS_SLACK__BOT_TOKEN or TERTIUS_SLACK__CLIENT_ID"
            )
        return self
