"""`tertius page`: opens the page of the running service with a sign-in link."""

from api.paths import sign_in_link
from graph.membership.sessions import SIGN_IN_CODE_MINUTES, create_sign_in_code
from tertius import console, settings
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.service.page_link import open_in_browser
from tertius.service_settings import local_public_url
from tertius.session import OpenNetwork


def open_page(*, in_browser: bool, as_json: bool) -> None:
    """Create a link that signs in once, and open it or print it."""
    current = settings.read_settings()

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
