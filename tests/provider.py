"""An OpenID Connect provider on loopback: discovery, codes, PKCE and keys. A test can forge its responses."""

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

CLIENT, SECRET = "tertius at acme", "a secret: with/%"
Forge = Callable[[dict[str, Any], dict[str, Any], jwk.Key], str]


def signed(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    """Sign an ID token correctly."""
    return jwt.encode(header, claims, key)


class Issuer:
    """Signs in `person` without a form. `forge` makes the ID tokens, `metadata` overrides the discovery document."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.person: dict[str, Any] = {}
        self.forge: Forge = signed
        self.metadata: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        """The claims in the userinfo response only."""
        self.redirect = ""
        self.requests: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self.rotate()

    def rotate(self) -> None:
        """Replace the signing key."""
        self.key = jwk.RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256", "kid": secrets.token_hex(4)})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._metadata),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/userinfo", self._userinfo),
                Route("/jwks", self._jwks),
            ]
        )

    async def _metadata(self, request: Request) -> Response:
        self.requests.append("metadata")
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        endpoints = {name: f"{self.address}/{path}" for name, path in paths.items()}
        endpoints["userinfo_endpoint"] = f"{self.address}/userinfo"
        supports = {"authorization_response_iss_parameter_supported": True}
        return JSONResponse({"issuer": self.address, **endpoints, **supports, **self.metadata})

    async def _jwks(self, request: Request) -> Response:
        self.requests.append("keys")
        unsupported = [{"kty": "AKP", "kid": "unsupported", "alg": "ML-DSA-44", "pub": "AA"}]
        shared = [jwk.OctKey.generate_key(256, {"kid": "a secret"}).as_dict()]
        return JSONResponse({"keys": [*unsupported, *shared, self.key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        params = dict(request.query_params)
        assert params["response_type"] == "code"
        assert (params["client_id"], params["redirect_uri"]) == (CLIENT, self.redirect)
        assert "openid" in params["scope"].split()
        assert params["code_challenge_method"] == "S256"
        assert min(len(params[name]) for name in ("state", "nonce", "code_challenge")) >= 32
        code = secrets.token_urlsafe(8)
        self._codes[code] = params
        response = {"code": code, "state": params["state"], "iss": self.address}
        return RedirectResponse(f"{self.redirect}?{urlencode(response)}", 302)

    async def _token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        scheme, _, credentials = request.headers["authorization"].partition(" ")
        assert scheme == "Basic"
        client, _, secret = base64.b64decode(credentials).decode().partition(":")
        if (unquote(client), unquote(secret)) != (CLIENT, SECRET):
            return JSONResponse({"error": "invalid_client"}, 401)
        params = self._codes.pop(form["code"], None)
        challenge = base64url(sha256(form["code_verifier"].encode()).digest())
        if params is None or challenge != params["code_challenge"] or form["redirect_uri"] != self.redirect:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": params["nonce"]}
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
        return JSONResponse(self.userinfo)


def token_part(part: dict[str, Any]) -> str:
    """Encode the header or the claims of a token."""
    return base64url(json.dumps(part).encode())


def base64url(part: bytes) -> str:
    """Encode in base64url without padding."""
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """Serve an issuer over HTTP until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        issuer = Issuer(f"http://127.0.0.1:{listener.getsockname()[1]}")
        server = uvicorn.Server(uvicorn.Config(issuer.app(), log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield issuer
        finally:
            server.should_exit = True
            thread.join()
