"""The session of a browser: its cookie, and the checks that a request comes from a page of this service.

The cookie can be neither read by scripts nor sent by other sites. A request with it must also have the header
CSRF_HEADER, whose value only a page of this service can read at `GET /session` (docs/decisions/0017-sign-in.md).
"""

import secrets
from hashlib import sha256

from fastapi import Request
from fastapi.responses import Response

from api.sign_in.addresses import is_loopback_url, is_secure_url, loopback_http_port
from graph.membership.session_rules import SessionRules

CSRF_HEADER = "x-csrf-token"
_SAME_ORIGIN = "same-origin"


def csrf_token(secret: str) -> str:
    """The token that proves that a request comes from a page which may read the session with this secret."""
    return sha256(f"csrf {secret}".encode()).hexdigest()


def session_cookie(public_url: str, address: str) -> str:
    """The name of the cookie where a browser opens the service at this address.

    On this machine without TLS it has no prefix, because Safari then keeps no cookie that requires TLS. It contains the
    port, because a browser shares cookies between the ports of a host.
    """
    port = None if public_url.startswith("https:") else loopback_http_port(address)
    return "__Host-tertius-session" if port is None else f"tertius-session-{port}"


class BrowserSessions:
    """Reads and writes the cookies of sessions. `public_url` is the address of the service."""

    def __init__(self, public_url: str, rules: SessionRules) -> None:
        self.rules = rules
        self._public_url = public_url
        self.refusal_message = (
            f"Open the page at {public_url}, or at http://localhost on the machine that runs the service. A browser "
            "keeps a session only over HTTPS or on the same machine. The operator sets the address in "
            "TERTIUS_HTTP__PUBLIC_URL."
        )

    def accepts_sign_in(self, request: Request) -> bool:
        """Whether a browser at the address of this request can keep a session."""
        return self._public_url.startswith("https:") or is_secure_url(_address(request))

    def is_own_page(self, request: Request) -> bool:
        """Whether a page of this service sent the request, as the browser states."""
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site is None and origin is None:
            return False
        return site in (None, _SAME_ORIGIN) and (origin is None or self._is_own(request, origin))

    def _is_own(self, request: Request, origin: str) -> bool:
        # on this machine the service has several names
        return is_secure_url(origin) and origin in (self._public_url, _loopback_address(request))

    def secret_of(self, request: Request) -> str:
        """The secret in the cookie, "" without one. For answers that change nothing, which no other site can read."""
        return request.cookies.get(self._cookie(request), "")

    def presented_secret(self, request: Request) -> str:
        """The secret in the cookie of a request that a page of this service sent with its CSRF token. "" otherwise."""
        secret = self.secret_of(request)
        sent = request.headers.get(CSRF_HEADER, "").encode()
        if secret and secrets.compare_digest(sent, csrf_token(secret).encode()) and self.is_own_page(request):
            return secret
        return ""

    def set_cookie(self, request: Request, response: Response, secret: str) -> None:
        """Give the session to the browser that sent the request."""
        name = self._cookie(request)
        response.set_cookie(
            name,
            secret,
            max_age=round(self.rules.max_hours * 3600),
            secure=name.startswith("__Host-"),
            httponly=True,
            samesite="strict",
        )

    def delete_cookie(self, request: Request, response: Response) -> None:
        """Remove the session from the browser that sent the request."""
        name = self._cookie(request)
        response.delete_cookie(name, secure=name.startswith("__Host-"), httponly=True, samesite="strict")

    def _cookie(self, request: Request) -> str:
        return session_cookie(self._public_url, _address(request))


def _address(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def _loopback_address(request: Request) -> str:
    """The address of the request if it is on this machine, else "": DNS rebinding sends other names."""
    address = _address(request)
    return address if is_loopback_url(address) else ""
