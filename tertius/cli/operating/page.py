"""`tertius page`: opens the page of the running service with a sign-in link."""

import httpx

from api.paths import sign_in_link
from graph.errors import TertiusError
from graph.membership.sessions import SIGN_IN_CODE_MINUTES, create_sign_in_code
from tertius import console, settings
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.service.page_link import open_in_browser
from tertius.service_settings import Http, local_public_url, local_url
from tertius.session import OpenNetwork

_SECONDS = 5.0


def open_page(*, in_browser: bool, as_json: bool) -> None:
    """Create a link that signs in once, and open it or print it. Raises TertiusError if no service answers there."""
    current = settings.read_settings()
    _require_service(current.http)

    async def do(network: OpenNetwork, _: ConsoleProgress) -> str:
        return await create_sign_in_code(network.graph, network.id, network.member)

    link = sign_in_link(local_public_url(current.http), run(do, create=True))
    is_opened = in_browser and open_in_browser(link, current.home)
    if as_json:
        console.echo_json({"link": link, "isOpened": is_opened})
    elif is_opened:
        console.echo("Your browser opens the page. If it does not, run `tertius page --no-browser`.")
    else:
        console.echo(f"Open this link within {SIGN_IN_CODE_MINUTES} minutes, while `tertius up` runs: {link}")


def _require_service(http: Http) -> None:
    """Raise TertiusError if the service runs neither on this machine nor at its public address."""
    public = local_public_url(http)
    if not any(map(_is_running, dict.fromkeys((local_url(http.host, http.port), public)))):
        raise TertiusError(f"No service answers at {public}. Start it with `tertius up` in another terminal.")


def _is_running(url: str) -> bool:
    # a proxy in the environment reaches no address of this machine
    with httpx.Client(timeout=_SECONDS, trust_env=False) as client:
        try:
            return client.get(f"{url}/healthz").is_success
        except httpx.HTTPError:
            return False
