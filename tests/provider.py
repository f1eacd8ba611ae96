"""A provider of OpenID Connect on loopback, faithful where it is not told to lie: discovery, codes, PKCE, keys."""

import base64
import json
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode

import uvicorn
from joserfc import jwk, jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "tertius at acme", "a secret: of ours/%"
Forge = Callable[[dict[str, Any], dict[str, Any], jwk.Key], str]


def signed(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    """As an honest one signs."""
    return jwt.encode(header, claims, key)


class Issuer:
    """Signs in `person` without asking; `forge` makes its ID tokens, `about` alters what it says of itself."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.person: dict[str, Any] = {}
        self.forge: Forge = signed
        self.about: dict[str, Any] = {}
        self.apart: dict[str, Any] = {}
        """What it tells at its userinfo alone."""
        self.redirect = ""
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self.rotate()

    def rotate(self) -> None:
        """Sign by a new key, and forget the old one."""
        self.key = jwk.RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256", "kid": secrets.token_hex(4)})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._self),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/userinfo", self._userinfo),
                Route("/jwks", self._jwks),
            ]
        )

    async def _self(self, request: Request) -> Response:
        self.asked.append("self")
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        told = {name: f"{self.address}/{place}" for name, place in places.items()}
        told["userinfo_endpoint"] = f"{self.address}/userinfo"
        supports = {"authorization_response_iss_parameter_supported": True}
        return JSONResponse({"issuer": self.address, **told, **supports, **self.about})

    async def _jwks(self, request: Request) -> Response:
        self.asked.append("keys")
        foreign = [{"kty": "AKP", "kid": "of tomorrow", "alg": "ML-DSA-44", "pub": "AA"}]
        shared = [jwk.OctKey.generate_key(256, {"kid": "a secret"}).as_dict()]
        return JSONResponse({"keys": [*foreign, *shared, self.key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert (asked["client_id"], asked["redirect_uri"]) == (CLIENT, self.redirect)
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 32
        code = secrets.token_urlsafe(8)
        self._codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.address}
        return RedirectResponse(f"{self.redirect}?{urlencode(back)}", 302)

    async def _token(self, request: Request) -> Response:
        sent = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        scheme, _, word = request.headers["authorization"].partition(" ")
        assert scheme == "Basic"
        client, _, secret = base64.b64decode(word).decode().partition(":")
        if (unquote(client), unquote(secret)) != (CLIENT, SECRET):
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self._codes.pop(sent["code"], None)
        challenge = encoded(sha256(sent["code_verifier"].encode()).digest())
        if asked is None or challenge != asked["code_challenge"] or sent["redirect_uri"] != self.redirect:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        header = {"alg": "RS256", "kid": self.key.kid}
        return JSONResponse(
            {
                "id_token": self.forge(header, {**claims, **self.person}, self.key),
                "access_token": "an access token",
                "token_type": "Bearer",
            }
        )

    async def _userinfo(self, request: Request) -> Response:
        assert request.headers["authorization"] == "Bearer an access token"
        return JSONResponse(self.apart)


def plain(part: dict[str, Any]) -> str:
    """A part of a token, as anybody can write one."""
    return encoded(json.dumps(part).encode())


def encoded(part: bytes) -> str:
    """As tokens and challenges are written."""
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


@contextmanager
def issuing() -> Iterator[Issuer]:
    """One that speaks HTTP until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        issuer = Issuer(f"http://127.0.0.1:{door.getsockname()[1]}")
        server = uvicorn.Server(uvicorn.Config(issuer.app(), log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            yield issuer
        finally:
            server.should_exit = True
            thread.join()
