"""The client of an OpenID Connect provider: authorization code flow with PKCE, and verified ID tokens.

An ID token is accepted only if a key of the issuer signed it, for this client and this sign-in, and it has not expired.
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

from api.error_codes import ProviderUnavailable
from api.sign_in.addresses import is_secure_url
from graph.errors import TertiusError
from graph.membership.sign_in import ProviderAccount

METADATA_SECONDS = 3600.0
"""Time for which the metadata and the keys of the provider are cached."""
KEY_REFRESH_SECONDS = 30.0
"""Minimum time between two fetches of keys after an unknown key id, so that invalid tokens cannot cause many."""
PROVIDER_TIMEOUT_SECONDS = 5.0
"""Timeout of a request to the provider."""
LEEWAY = 60
"""Seconds by which the clocks of the provider and of this machine may differ."""
MAX_RESPONSE_BYTES = 256 * 1024
"""Maximum size of a response of the provider."""

# asymmetric algorithms only: HS256 would accept the public key as its secret, and "none" has no signature
_SIGNED = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
_KINDS = ("RSA", "EC", "OKP")
_PROFILE = ("name", "email", "email_verified", "preferred_username")


class SignInFailed(TertiusError):
    """The answer of the provider does not prove an identity. The message does not say why."""

    def __init__(self) -> None:
        super().__init__("The sign-in failed. Try again. If it fails again, ask the operator of this service.")


@dataclass(frozen=True, slots=True)
class Client:
    """The registration of Tertius at the provider."""

    issuer: str
    id: str
    secret: str
    redirect: str


class Attempt:
    """One sign-in. Its state, nonce and verifier are derived from one secret, which the cookie of a browser holds."""

    def __init__(self, secret: str) -> None:
        self.state, self.nonce, self.verifier = (_digest(f"{name} {secret}") for name in ("state", "nonce", "verifier"))
        self.challenge = _digest(self.verifier)


def _digest(text: str) -> str:
    return urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()


@dataclass(slots=True)
class _Metadata:
    """The metadata and the keys of the provider, and the time at which they were fetched."""

    about: dict[str, Any]
    keys: jwk.KeySet
    at: float


class Provider:
    """One issuer. Its metadata is fetched at the first sign-in and cached for METADATA_SECONDS."""

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
        self._metadata: _Metadata | None = None
        self._lock = asyncio.Lock()

    async def login(self, attempt: Attempt) -> str:
        """The URL to which the browser is redirected. Raises ProviderUnavailable."""
        about = (await self._current_metadata()).about
        parameters = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": self.client.redirect,
            "scope": "openid email profile",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        address = str(about["authorization_endpoint"])
        return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(parameters)}"

    async def account_of(self, code: str, attempt: Attempt, *, issuer: str | None) -> ProviderAccount:
        """The account of the person who returned with this code. Raises SignInFailed and ProviderUnavailable.

        `issuer` is the parameter `iss` of the response. If the provider sends it, it must be this issuer (RFC 9207).
        """
        about = (await self._current_metadata()).about
        sends_issuer = about.get("authorization_response_iss_parameter_supported") is True
        if issuer != self.client.issuer and (sends_issuer or issuer is not None):
            raise SignInFailed
        response = await self._exchange(about, code, attempt)
        claims = await self._claims(response.get("id_token"), attempt)
        if "email" not in claims and _is_secure(about.get("userinfo_endpoint")) and response.get("access_token"):
            # a verification counts for the address beside it only, so neither comes from the ID token
            claims.pop("email_verified", None)
            claims |= await self._profile(about, str(response["access_token"]), claims["sub"])
        verified = claims.get("email_verified") is True
        return ProviderAccount(
            issuer=self.client.issuer,
            subject=claims["sub"],
            name=_text(claims.get("name")) or _text(claims.get("preferred_username")),
            email=_text(claims.get("email")) if verified else None,
        )

    async def _exchange(self, about: dict[str, Any], code: str, attempt: Attempt) -> dict[str, Any]:
        parameters = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.redirect,
            "code_verifier": attempt.verifier,
        }
        methods = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if self.client.secret and "client_secret_basic" in methods:
            credentials = httpx.BasicAuth(quote(self.client.id, safe=""), quote(self.client.secret, safe=""))
            return await self._fetch("POST", about["token_endpoint"], data=parameters, auth=credentials)
        parameters["client_id"] = self.client.id
        if self.client.secret:
            parameters["client_secret"] = self.client.secret
        return await self._fetch("POST", about["token_endpoint"], data=parameters)

    async def _claims(self, token: object, attempt: Attempt) -> dict[str, Any]:
        """The claims of a valid ID token. Raises SignInFailed."""
        if not isinstance(token, str):
            raise SignInFailed
        try:
            try:
                claims = _read(token, (await self._current_metadata()).keys)
            except (InvalidKeyIdError, BadSignatureError):  # the provider may have changed its keys
                claims = _read(token, (await self._current_metadata(refresh=True)).keys)
            jwt.JWTClaimsRegistry(
                leeway=LEEWAY,
                iss={"essential": True, "value": self.client.issuer},
                aud={"essential": True, "value": self.client.id},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": attempt.nonce},
            ).validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise SignInFailed from error
        has_several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (has_several or "azp" in claims) and claims.get("azp") != self.client.id:
            raise SignInFailed
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
            raise SignInFailed
        return claims

    async def _profile(self, about: dict[str, Any], token: str, subject: str) -> dict[str, Any]:
        """The claims that some providers return from the userinfo endpoint only."""
        headers = {"authorization": f"Bearer {token}"}
        profile = await self._fetch("GET", about["userinfo_endpoint"], headers=headers)
        return {name: profile[name] for name in _PROFILE if name in profile} if profile.get("sub") == subject else {}

    async def _current_metadata(self, *, refresh: bool = False) -> _Metadata:
        async with self._lock:
            age = None if self._metadata is None else self._clock() - self._metadata.at
            if self._metadata is None or age is None or age > (KEY_REFRESH_SECONDS if refresh else METADATA_SECONDS):
                self._metadata = await self._fetch_metadata()
            return self._metadata

    async def _fetch_metadata(self) -> _Metadata:
        about = await self._fetch("GET", f"{self.client.issuer.rstrip('/')}/.well-known/openid-configuration")
        required = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if about.get("issuer") != self.client.issuer or not all(_is_secure(about.get(name)) for name in required):
            raise ProviderUnavailable(
                "The metadata of the sign-in provider names another issuer than TERTIUS_OIDC__ISSUER."
            )
        published = (await self._fetch("GET", about["jwks_uri"])).get("keys")
        keys = [_key(each) for each in published] if isinstance(published, list) else []
        return _Metadata(about, jwk.KeySet([key for key in keys if key]), self._clock())

    async def _fetch(self, method: str, url: str, **options: Any) -> dict[str, Any]:
        """Fetch a JSON object. Raises ProviderUnavailable, and SignInFailed if the provider rejects the code."""
        try:
            async with (
                httpx.AsyncClient(transport=self._transport, timeout=PROVIDER_TIMEOUT_SECONDS) as client,
                client.stream(method, url, **options) as response,
            ):
                body = b""
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > MAX_RESPONSE_BYTES:
                        raise ProviderUnavailable(_UNAVAILABLE)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderUnavailable(_UNAVAILABLE) from error
        if method == "POST" and response.status_code in (400, 401, 403):
            raise SignInFailed
        try:
            decoded = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ProviderUnavailable(_UNAVAILABLE) from error
        if response.status_code != 200 or not isinstance(decoded, dict):
            raise ProviderUnavailable(_UNAVAILABLE)
        return decoded


_UNAVAILABLE = "The sign-in provider does not respond. Try again later."


def _read(token: str, keys: jwk.KeySet) -> dict[str, Any]:
    decoded = jwt.decode(token, keys, registry=jws.JWSRegistry(algorithms=_SIGNED)).claims
    if not isinstance(decoded, dict):
        raise SignInFailed
    return decoded


def _key(jwk_data: object) -> jwk.Key | None:
    """A public key for signatures. None for other keys, also of kinds that joserfc does not know."""
    if not isinstance(jwk_data, dict) or jwk_data.get("kty") not in _KINDS or jwk_data.get("use", "sig") != "sig":
        return None
    try:
        return jwk.import_key(jwk_data)
    except (JoseError, ValueError, TypeError):
        return None


def _is_secure(url: object) -> bool:
    return isinstance(url, str) and is_secure_url(url)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
