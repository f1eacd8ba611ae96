"""A provider of OpenID Connect, asked who somebody is: authorization code with PKCE, the answer's signature checked.

Nothing is believed but an ID token under a key of the issuer's own, for us, of now, with the nonce of this sign-in.
"""

import asyncio
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
from joserfc import jwk, jws, jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError

from graph.errors import TertiusError
from graph.membership.sign_in import ProviderAccount

KEPT = 3600.0
"""Seconds for which the provider's addresses and keys are believed to be the same."""
KEY_REFRESH_SECONDS = 30.0
"""Minimum time between two fetches of keys after an unknown key id, so that invalid tokens cannot cause many."""
PROVIDER_TIMEOUT_SECONDS = 5.0
"""Timeout of a request to the provider."""
LEEWAY = 60
"""Seconds by which the clocks of the provider and of this machine may differ."""
LARGEST = 256 * 1024
"""Bytes of an answer of its."""

# under public keys alone: with HS256 a public key would do as the secret, and "none" is no signature
_SIGNED = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
_KINDS = ("RSA", "EC", "OKP")
_PROFILE = ("name", "email", "email_verified", "preferred_username")


class ProviderAway(TertiusError):
    """The provider does not answer, or not as one does."""


class NotSignedIn(TertiusError):
    """What came back proves nobody's identity: nobody is told why, and nobody is let in."""

    def __init__(self) -> None:
        super().__init__("You are not signed in: begin again, and if it does not help, ask whoever runs this service.")


@dataclass(frozen=True, slots=True)
class Client:
    """What we are to the provider, and where it sends people back to."""

    issuer: str
    id: str
    secret: str
    redirect: str


class Attempt:
    """One sign-in: what it is told by follows from one secret that a single browser keeps."""

    def __init__(self, secret: str) -> None:
        self.state, self.nonce, self.verifier = (_mark(f"{what} {secret}") for what in ("state", "nonce", "verifier"))
        self.challenge = _mark(self.verifier)


def _mark(text: str) -> str:
    return urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()


@dataclass(slots=True)
class _Known:
    """What the provider says of itself, and when it was asked."""

    about: dict[str, Any]
    keys: jwk.KeySet
    at: float


class Provider:
    """One issuer. What it says of itself is asked for at the first sign-in, and kept for KEPT seconds."""

    def __init__(
        self,
        client: Client,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.client = client
        self._transport = transport
        self._clock = clock
        self._known: _Known | None = None
        self._asking = asyncio.Lock()

    async def login(self, attempt: Attempt) -> str:
        """Where to send the browser. Raises ProviderAway."""
        about = (await self._self()).about
        asked = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": self.client.redirect,
            "scope": "openid email profile",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        place = str(about["authorization_endpoint"])
        return f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(asked)}"

    async def whose(self, code: str, attempt: Attempt, *, issuer: str | None) -> ProviderAccount:
        """Who came back with this code. Raises NotSignedIn, and ProviderAway where that cannot be told.

        `issuer` is who the browser says has answered: of a provider that says so it must be this one (RFC 9207).
        """
        about = (await self._self()).about
        says = about.get("authorization_response_iss_parameter_supported") is True
        if issuer != self.client.issuer and (says or issuer is not None):
            raise NotSignedIn
        told = await self._exchange(about, code, attempt)
        claims = await self._claims(told.get("id_token"), attempt)
        if "email" not in claims and _safe(about.get("userinfo_endpoint")) and told.get("access_token"):
            claims |= await self._profile(about, str(told["access_token"]), claims["sub"])
        verified = claims.get("email_verified") in (True, "true")
        return ProviderAccount(
            issuer=self.client.issuer,
            subject=claims["sub"],
            name=_text(claims.get("name")) or _text(claims.get("preferred_username")),
            email=_text(claims.get("email")) if verified else None,
        )

    async def _exchange(self, about: dict[str, Any], code: str, attempt: Attempt) -> dict[str, Any]:
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.redirect,
            "code_verifier": attempt.verifier,
        }
        ways = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if self.client.secret and "client_secret_basic" in ways:
            signed = httpx.BasicAuth(quote(self.client.id, safe=""), quote(self.client.secret, safe=""))
            return await self._ask("POST", about["token_endpoint"], data=asked, auth=signed)
        asked["client_id"] = self.client.id
        if self.client.secret:
            asked["client_secret"] = self.client.secret
        return await self._ask("POST", about["token_endpoint"], data=asked)

    async def _claims(self, token: object, attempt: Attempt) -> dict[str, Any]:
        """What an ID token says, where it is one. Raises NotSignedIn."""
        if not isinstance(token, str):
            raise NotSignedIn
        try:
            try:
                found = _read(token, (await self._self()).keys)
            except (InvalidKeyIdError, BadSignatureError):  # it may have changed its keys
                found = _read(token, (await self._self(fresher=True)).keys)
            jwt.JWTClaimsRegistry(
                leeway=LEEWAY,
                iss={"essential": True, "value": self.client.issuer},
                aud={"essential": True, "value": self.client.id},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": attempt.nonce},
            ).validate(found)
        except (JoseError, ValueError, TypeError) as error:
            raise NotSignedIn from error
        several = isinstance(found["aud"], list) and len(found["aud"]) > 1
        if (several or "azp" in found) and found.get("azp") != self.client.id:
            raise NotSignedIn
        if not isinstance(found["sub"], str) or len(found["sub"]) > 255:
            raise NotSignedIn
        return found

    async def _profile(self, about: dict[str, Any], token: str, subject: str) -> dict[str, Any]:
        """What some tell there and not in the ID token, of the same person."""
        headers = {"authorization": f"Bearer {token}"}
        told = await self._ask("GET", about["userinfo_endpoint"], headers=headers)
        return {name: told[name] for name in _PROFILE if name in told} if told.get("sub") == subject else {}

    async def _self(self, *, fresher: bool = False) -> _Known:
        async with self._asking:
            age = None if self._known is None else self._clock() - self._known.at
            if self._known is None or age is None or age > (KEY_REFRESH_SECONDS if fresher else KEPT):
                self._known = await self._look()
            return self._known

    async def _look(self) -> _Known:
        about = await self._ask("GET", f"{self.client.issuer.rstrip('/')}/.well-known/openid-configuration")
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if about.get("issuer") != self.client.issuer or not all(_safe(about.get(name)) for name in needed):
            raise ProviderAway("The sign-in provider says that it is another one than TERTIUS_OIDC__ISSUER names.")
        held = (await self._ask("GET", about["jwks_uri"])).get("keys")
        keys = [_key(one) for one in held] if isinstance(held, list) else []
        return _Known(about, jwk.KeySet([key for key in keys if key]), self._clock())

    async def _ask(self, how: str, place: str, **sent: Any) -> dict[str, Any]:
        """An object of the provider's. Raises ProviderAway, and NotSignedIn where it refuses what we were sent."""
        try:
            async with (
                httpx.AsyncClient(transport=self._transport, timeout=PROVIDER_TIMEOUT_SECONDS) as client,
                client.stream(how, place, **sent) as answer,
            ):
                body = b""
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > LARGEST:
                        raise ProviderAway(_AWAY)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderAway(_AWAY) from error
        if how == "POST" and answer.status_code in (400, 401, 403):
            raise NotSignedIn
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ProviderAway(_AWAY) from error
        if answer.status_code != 200 or not isinstance(found, dict):
            raise ProviderAway(_AWAY)
        return found


_AWAY = "The sign-in provider does not answer: try again in a while."


def _read(token: str, keys: jwk.KeySet) -> dict[str, Any]:
    found = jwt.decode(token, keys, registry=jws.JWSRegistry(algorithms=_SIGNED)).claims
    if not isinstance(found, dict):
        raise NotSignedIn
    return found


def _key(told: object) -> jwk.Key | None:
    """A public key for signatures; a provider may have others, and some that nobody knows yet."""
    if not isinstance(told, dict) or told.get("kty") not in _KINDS or told.get("use", "sig") != "sig":
        return None
    try:
        return jwk.import_key(told)
    except (JoseError, ValueError, TypeError):
        return None


def _safe(place: object) -> bool:
    """Whether it is an address that nobody on the way can read, or on this machine."""
    if not isinstance(place, str):
        return False
    parts = urlsplit(place)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1"))


def _text(told: object) -> str | None:
    return told if isinstance(told, str) and told else None
