"""API10: the answers of the sign-in provider are read as those of an attacker."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from api.error_codes import ProviderUnavailable, code_of
from api.sign_in import oidc
from api.sign_in.oidc import MAX_RESPONSE_BYTES, Attempt, Client, Provider

METADATA = dict.fromkeys(
    ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"), "http://127.0.0.1/x"
)


class HostileProvider:
    """Answers each request with the same bytes, and counts the requests."""

    def __init__(self, answer: bytes) -> None:
        self.answer, self.requests, self.issuer = answer, 0, ""

    async def respond(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.requests += 1
        await reader.readuntil(b"\r\n\r\n")
        writer.write(self.answer.replace(b"ISSUER", self.issuer.encode()))
        writer.close()


@asynccontextmanager
async def provider(answer: bytes) -> AsyncIterator[tuple[HostileProvider, Provider]]:
    hostile = HostileProvider(answer)
    server = await asyncio.start_server(hostile.respond, "127.0.0.1", 0)
    async with server:
        hostile.issuer = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield hostile, Provider(Client(hostile.issuer, "a", "b", "http://127.0.0.1/auth/callback"))


def answer(body: bytes, status: str = "200 OK", header: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{header}Connection: close\r\n\r\n".encode() + body


def metadata(**changed: object) -> bytes:
    return answer(json.dumps({"issuer": "ISSUER", **METADATA, **changed}).encode())


HOSTILE = {
    "no HTTP": b"quill\r\n\r\n",
    "an empty answer": b"",
    "an error": answer(b"{}", "500 Internal Server Error"),
    "a redirect": answer(b"", "302 Found", "Location: http://169.254.169.254/latest/meta-data\r\n"),
    "no JSON": answer(b"<html>"),
    "a list": answer(b"[]"),
    "deep nesting": answer(b"[" * 100_000),
    "a large number": answer(b'{"issuer": ' + b"9" * 10_000 + b"}"),
    "half of a character": answer(b'{"issuer": "\xff"}'),
    "a large answer": answer(b" " * (MAX_RESPONSE_BYTES + 1)),
    "a compressed large answer": answer(b"\x1f\x8b\x08" + b"\x00" * 100, header="Content-Encoding: gzip\r\n"),
    "another issuer": metadata(issuer="https://evil.example"),
    "keys of an address without TLS": metadata(jwks_uri="http://10.0.0.1/keys"),
    "keys of a file": metadata(jwks_uri="file:///etc/passwd"),
    "an address that is no text": metadata(token_endpoint=["http://127.0.0.1/x"]),
    "an invalid address": metadata(token_endpoint="http://["),
}


@pytest.mark.parametrize("bytes_", HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_hostile_answer_is_one_sentence_and_no_second_request(bytes_: bytes) -> None:
    async with provider(bytes_) as (hostile, client):
        with pytest.raises(ProviderUnavailable) as refused:
            await client.login(Attempt("a"))

    assert hostile.requests == 1
    assert code_of(refused.value) == "SERVICE_UNAVAILABLE"
    assert "127.0.0.1" not in str(refused.value)


async def test_a_provider_that_does_not_respond_ends_the_sign_in_with_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oidc, "PROVIDER_TIMEOUT_SECONDS", 0.2)
    silent = asyncio.Event()

    async def wait(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await silent.wait()
        writer.close()

    server = await asyncio.start_server(wait, "127.0.0.1", 0)
    async with server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with pytest.raises(ProviderUnavailable):
            await Provider(Client(address, "a", "b", "http://127.0.0.1/auth/callback")).login(Attempt("a"))
        silent.set()
