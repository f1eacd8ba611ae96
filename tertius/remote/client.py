"""Sends requests to a server. Each failure is one sentence that says what to do."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from api.paths import GRAPHQL
from api.remedies import API_REMEDIES
from graph.errors import Remedy
from tertius.errors import CLI_REMEDIES, RemoteError
from tertius.remote.documents import document
from tertius.remote.servers import Server

if TYPE_CHECKING:
    import httpx

_SECONDS = 150.0
"""Time to wait for an answer. The service ends a mutation after 120 seconds by default."""
_CONNECT_SECONDS = 10.0
PAGE_SIZE = 20
"""Nodes of the first page of a connection: most lists are short."""
LATER_PAGE_SIZE = 50
"""Nodes of each later page. The server computes a report anew for each page, and the member pays for it."""
_REMEDIES_OF_USERS = set(Remedy) - {
    Remedy.CHECK_ADDRESS,
    Remedy.CHECK_CREDENTIALS,
    Remedy.CHECK_DATABASE,
    Remedy.RESTORE_ERASURE_KEY,
    Remedy.CHOOSE_NETWORK,
}
"""The remedies that a user of a server applies by a command. The operator applies the others."""


class ServerClient:
    """The connection to one server. The token is sent in a header only."""

    def __init__(self, url: str, token: str, http: "httpx.Client") -> None:
        self.url = url
        self._token = token
        self._http = http

    def query(self, document_name: str, **variables: Any) -> dict[str, Any]:
        """Run the document of this name. Raises RemoteError with the first error of the response."""
        body = {"query": document(document_name), "variables": variables}
        response = self.read(self.send("POST", GRAPHQL, json=body))
        data: dict[str, Any] = response.get("data") or {}
        if errors := response.get("errors"):
            raise RemoteError(in_words_of_commands(str(errors[0].get("message", "The server answered with an error."))))
        return data

    def query_pages(
        self, document_name: str, field: str, *, limit: int | None = None, **variables: Any
    ) -> list[dict[str, Any]]:
        """All nodes of a connection, or the first ones. The document has the variables `first` and `after`."""
        nodes: list[dict[str, Any]] = []
        after = None
        while True:
            size = LATER_PAGE_SIZE if nodes else PAGE_SIZE
            page = self.query(document_name, first=size, after=after, **variables)[field]
            nodes += page["nodes"]
            if not page["pageInfo"]["hasNextPage"] or (limit is not None and len(nodes) >= limit):
                return nodes[:limit]
            after = page["pageInfo"]["endCursor"]

    def read_list(self, path: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:
        """The complete list at a path, which the server computes once. Parameters that are None are left out."""
        given = {name: value for name, value in parameters.items() if value is not None}
        rows: list[dict[str, Any]] = self.send("GET", path, params=given).json()
        return rows

    def read(self, response: "httpx.Response") -> dict[str, Any]:
        """The JSON object of a response. Raises RemoteError if it is none."""
        try:
            data = response.json()
        except ValueError:
            data = None
        if not isinstance(data, dict):
            raise RemoteError(f"The server {self.url} is not a Tertius service. Check its address.")
        return data

    def send(self, method: str, path: str, **options: Any) -> "httpx.Response":
        """Send a request and return its successful response. Raises RemoteError."""
        import httpx  # noqa: PLC0415 - it takes longer to import than a command takes to start

        headers = {"Authorization": f"Bearer {self._token}", **options.pop("headers", {})}
        try:
            response = self._http.request(method, self.url + path, headers=headers, **options)
        except httpx.TimeoutException:
            raise RemoteError(
                f"The server {self.url} did not answer in time. Try again, or ask its operator."
            ) from None
        except httpx.TransportError as error:
            raise RemoteError(unreachable(self.url, str(error))) from None
        if response.is_success or (response.status_code != 401 and _has_data(response)):
            return response
        raise RemoteError(_failure(self.url, response), status=response.status_code)


@contextmanager
def connect_to(server: Server) -> Iterator[ServerClient]:
    """Yield a connection to a server. Redirects are not followed: they would lead to a server that nobody named."""
    # httpx imports its own command line with two more libraries, unless that module cannot be imported
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    import httpx  # noqa: PLC0415 - it takes longer to import than a command takes to start

    timeout = httpx.Timeout(_SECONDS, connect=_CONNECT_SECONDS)
    with httpx.Client(timeout=timeout, follow_redirects=False) as http:
        yield ServerClient(server.url, server.secret, http)


def in_words_of_commands(message: str) -> str:
    """A message of the service with the remedy that the command line names for it."""
    for remedy in _REMEDIES_OF_USERS:
        if message.endswith(API_REMEDIES[remedy]):
            return message.removesuffix(API_REMEDIES[remedy]) + CLI_REMEDIES[remedy]
    return message


def unreachable(url: str, reason: str) -> str:
    """Say that a server cannot be reached."""
    if "CERTIFICATE_VERIFY_FAILED" in reason:
        return f"The certificate of {url} is not valid. Check the address, or ask the operator of the server."
    return f"The server {url} cannot be reached. Check your connection and the address."


def _has_data(response: "httpx.Response") -> bool:
    """Whether a response is an answer of GraphQL, also one with errors."""
    try:
        return response.json().get("data") is not None
    except (ValueError, AttributeError):
        return False


def _failure(url: str, response: "httpx.Response") -> str:
    message, retry_after = _message(response), response.headers.get("retry-after", "")
    match response.status_code:
        case 401:
            return (
                f"The server {url} no longer accepts your token. Run `tertius logout`, and join again with a new "
                "invitation."
            )
        case 429:
            wait = _duration(int(retry_after)) if retry_after.isdigit() else "a while"
            return f"The server {url} allows you no more requests for now. Try again in {wait}."
        case 502 | 503 | 504 if not message:
            return f"The server {url} is not available. Try again in a minute, or ask its operator."
        case 503:
            return f"The server {url} is not available: {message}"
        case status if 300 <= status < 400:
            return f"The server {url} redirects to another address. Join with the address that it redirects to."
    return (
        in_words_of_commands(message)
        or f"The server {url} answered with status {response.status_code}. Is this the address of Tertius?"
    )


def _message(response: "httpx.Response") -> str:
    """The sentence of an error of the service, "" if the response is of something else."""
    try:
        return str(response.json()["errors"][0]["message"])
    except (json.JSONDecodeError, UnicodeDecodeError, LookupError, TypeError):
        return ""


def _duration(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{-(-seconds // 60)} minutes"
