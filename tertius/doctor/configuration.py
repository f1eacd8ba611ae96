"""Checks of the settings: which file they are read from, which connections others can read, and how Slack connects."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from tertius.doctor.check import Check, ok, warning
from tertius.env_file import ignored_env_file, ignored_message
from tertius.service_settings import local_public_url
from tertius.setting_checks import is_loopback
from tertius.settings import Settings

_ALIVE = "/healthz"
_SECONDS = 5
_UNENCRYPTED_SCHEMES = ("bolt", "neo4j", "redis", "valkey")


def check_settings_file(settings: Settings) -> Check:
    """Name the file of settings that is read, and the one in the current directory that is not."""
    if ignored := ignored_env_file(settings.env_file):
        return warning("settings", ignored_message(ignored))
    if settings.env_file:
        return ok("settings", f"Read from the environment and {settings.env_file}.")
    return ok("settings", f"Read from the environment. There is no file {settings.home / '.env'}.")


def check_encryption(settings: Settings) -> Check:
    """Check that no connection beyond this machine is without TLS."""
    unencrypted = [] if settings.private_network else list(_unencrypted(settings))
    if not unencrypted:
        return ok("encryption", "Every connection stays on this machine, uses TLS or a private network.")
    return warning("encryption", " ".join(unencrypted))


def check_public_address(settings: Settings) -> Check:
    """Check that links of invitations lead to the service."""
    url, name = settings.http.public_url, "public address"
    if url is None:
        here = local_public_url(settings.http)
        message = f"Links of invitations lead to {here}."
        if is_loopback(settings.http.host):
            return ok(name, f"{message} Set TERTIUS_HTTP__PUBLIC_URL if other machines use this service.")
        return warning(name, f"{message} Set TERTIUS_HTTP__PUBLIC_URL to the address that members use.")
    import requests  # noqa: PLC0415 - the service imports this module, and does not need requests

    try:
        status = requests.get(f"{url}{_ALIVE}", timeout=_SECONDS, allow_redirects=False).status_code
    except requests.RequestException:
        return warning(name, f"No service answers at {url}. Start the service, or correct TERTIUS_HTTP__PUBLIC_URL.")
    if status != 200:
        return warning(
            name, f"{url}{_ALIVE} answers with status {status}. Correct TERTIUS_HTTP__PUBLIC_URL or the proxy."
        )
    return ok(name, f"Links of invitations lead to {url}, where the service answers.")


def check_reads(settings: Settings) -> Check:
    """Say which members of a cluster answer reads."""
    uri, name = settings.neo4j.uri or "", "reads"
    if not settings.neo4j.spread_reads:
        return ok(name, "If Neo4j is a cluster, its leader answers reads.")
    if not urlsplit(uri).scheme.startswith("neo4j"):
        return warning(
            name,
            "TERTIUS_NEO4J__SPREAD_READS has no effect: TERTIUS_NEO4J__URI must begin with neo4j:// or neo4j+s://.",
        )
    return ok(name, "Any member of the cluster answers reads. Changes of other processes may be missing for a moment.")


def check_slack(settings: Settings) -> Check:
    """Check that Slack can reach the service, if the settings name a Slack app."""
    slack = settings.slack
    if slack.app_token.get_secret_value():
        return ok("slack", "The service connects to Slack in socket mode.")
    if not slack.signing_secret.get_secret_value():
        return ok("slack", "The settings name no Slack app.")
    if not settings.http.public_url:
        return warning(
            "slack",
            "Slack sends requests to the public address of the service, and none is set. Set TERTIUS_HTTP__PUBLIC_URL, "
            "or TERTIUS_SLACK__APP_TOKEN for socket mode.",
        )
    return ok("slack", f"Slack sends requests to {settings.http.public_url}.")


def _unencrypted(settings: Settings) -> Iterator[str]:
    if settings.neo4j.uri and _is_readable_by_others(settings.neo4j.uri):
        host = urlsplit(settings.neo4j.uri).hostname
        yield (
            f"The connection to Neo4j at {host} has no TLS: others on the network can read its password and its data. "
            "Use bolt+s:// or neo4j+s:// in TERTIUS_NEO4J__URI."
        )
    if settings.limits.redis_url and _is_readable_by_others(settings.limits.redis_url.get_secret_value()):
        yield "The connection to Redis has no TLS. Use rediss:// or valkeys:// in TERTIUS_LIMITS__REDIS_URL."
    if not is_loopback(settings.http.host):
        yield (
            f"The service listens on {settings.http.host or 'every address'} without TLS: others on the network can "
            "read tokens and answers. Set TERTIUS_HTTP__HOST=127.0.0.1, and serve other machines through a TLS proxy."
        )


def _is_readable_by_others(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in _UNENCRYPTED_SCHEMES and not is_loopback(parts.hostname or "")
