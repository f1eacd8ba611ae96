"""The address of the page, and the link that signs in there once."""

import socket
import webbrowser
from html import escape
from pathlib import Path

from tertius.localdb.process import write_private
from tertius.service_settings import Http, local_url


def listening_address(listener: socket.socket) -> str:
    """The address at which this machine reaches the service."""
    host, port = listener.getsockname()[:2]
    return local_url(host, port)


def page_address(http: Http, listener: socket.socket) -> str:
    """The address of the page: the public one, or else that of this machine."""
    return http.public_url or listening_address(listener)


def open_in_browser(link: str, home: Path) -> bool:
    """Open the link in the browser of this machine. Returns False if there is none.

    The browser reads it from a file that only its user can read: others see the arguments of a command.
    """
    file = home / "sign-in.html"
    write_private(file, f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(link)}">\n')
    return webbrowser.open(file.as_uri())
