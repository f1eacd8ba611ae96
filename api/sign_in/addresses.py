"""Checks whether an address keeps a secret: it has TLS, or is on this machine."""

from urllib.parse import urlsplit

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_loopback_url(url: str) -> bool:
    """Whether it is an address with http or https on this machine."""
    scheme, host = _scheme_and_host(url)
    return scheme in ("http", "https") and host in _LOOPBACK


def loopback_http_port(url: str) -> int | None:
    """The port of an address with http on this machine. None for other addresses."""
    try:
        port = urlsplit(url).port or 80
    except ValueError:  # such as http://localhost:port
        return None
    return port if is_loopback_url(url) and url.startswith("http:") else None


def is_secure_url(url: str) -> bool:
    """Whether it is an address with https, or on this machine."""
    scheme, host = _scheme_and_host(url)
    return (scheme == "https" and host != "") or is_loopback_url(url)


def _scheme_and_host(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:  # such as http://[
        return "", ""
    return parts.scheme, parts.hostname or ""
