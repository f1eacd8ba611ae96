"""Checks of single settings. Each returns the value, or raises ValueError with advice and without the value."""

from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pydantic import SecretStr

LOOPBACK = ("localhost", "127.0.0.1", "::1")
LOCAL = "local"
"""The word that stands for the local database where a server could be named."""
_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def is_loopback(host: str) -> bool:
    """Whether connections to this host, or a service that listens on it, stay on this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() in LOOPBACK


def check_neo4j_uri(uri: str) -> str:
    parts = urlsplit(uri)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise ValueError("use an address like bolt://localhost:7687 or neo4j+s://graph.example.org")
    if parts.username or parts.password:
        raise ValueError(
            "remove user and password from the address and set TERTIUS_NEO4J__USER and TERTIUS_NEO4J__PASSWORD"
        )
    return uri


def check_credentials_file(path: Path) -> Path:
    """Refuse a file without user and password."""
    credentials_in(path)
    return path


def credentials_in(path: Path) -> "tuple[str, SecretStr]":
    from pydantic import SecretStr  # noqa: PLC0415 - commands that ask a server need no secret

    user, _, password = content_of(path).partition("/")
    if not user or not password:
        raise ValueError("the file must contain user and password separated by a slash, as in neo4j/…")
    return user, SecretStr(password)


def check_readable_file(path: Path) -> Path:
    """Refuse a file that cannot be read."""
    content_of(path)
    return path


def content_of(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError("the file does not exist or is not readable") from None


def check_repository_url(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("use the address of a Maven repository that begins with https://")
    return url.rstrip("/")


def origin_list(value: object) -> list[str]:
    """The origins of a list separated by commas."""
    origins = [origin.strip() for origin in value.split(",") if origin.strip()] if isinstance(value, str) else []
    for origin in origins:
        parts = urlsplit(origin)
        is_origin = parts.scheme in ("http", "https") and parts.netloc and origin == f"{parts.scheme}://{parts.netloc}"
        if origin != "*" and not is_origin:
            raise ValueError("use origins like https://app.example.org, without a path, separated by commas, or *")
    return origins


def network_list(value: object) -> list[str]:
    """The IP addresses and networks of a list separated by commas."""
    entries = [entry.strip() for entry in value.split(",") if entry.strip()] if isinstance(value, str) else []
    for entry in entries:
        try:
            ip_network(entry)
        except ValueError:
            raise ValueError("use IP addresses or networks like 10.0.0.5,10.1.0.0/16, separated by commas") from None
    return entries


def check_redis_url(url: "SecretStr") -> "SecretStr":
    if urlsplit(url.get_secret_value()).scheme not in ("redis", "rediss", "valkey", "valkeys"):
        raise ValueError("use the address of a Redis or Valkey server, like redis://localhost:6379")
    return url


def check_http_url(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("use an address that begins with https:// or http://")
    return url


def check_secure_url(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise ValueError("use an address that begins with https://, or http://localhost")
    return url


def check_server_url(url: str) -> str:
    """The address of a server without a slash at its end, or the word LOCAL."""
    return url if url == LOCAL else check_public_url(url)


def check_public_url(url: str) -> str:
    parts = urlsplit(check_secure_url(url.rstrip("/")))
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ValueError("use an address without a path, such as https://tertius.example.org")
    return url.rstrip("/")
