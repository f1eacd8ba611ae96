"""API9: the service answers at the documented addresses only, and the schema has no field that is not documented."""

import re
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts

from api.app import create_app
from api.paths import SCREENS
from api.sign_in.oidc import Client, Provider
from api.slack.config import SlackConfig
from tests.api.conftest import LIMITS
from tests.api.documents import SCHEMA
from tests.owasp.conftest import Service, signed

DOCS = Path(__file__).parents[2] / "docs"
INVENTORY = {
    "/graphql": {"GET", "POST"},
    "/graphql/{name}": {"GET"},
    "/healthz": {"GET"},
    "/readyz": {"GET"},
    "/uploads/{id}": {"HEAD", "PATCH", "PUT"},
    "/targets": {"POST"},
    "/insights/connections": {"GET"},
    "/insights/prune": {"GET"},
    "/mcp": {"POST"},
    "/.well-known/oauth-protected-resource/mcp": {"GET", "HEAD", "OPTIONS"},
    "/join": {"GET", "POST"},
    "/auth/login": {"POST"},
    "/auth/callback": {"GET"},
    "/auth/logout": {"POST"},
    "/session": {"GET", "POST", "DELETE"},
    "/session/code": {"POST"},
    "/sessions": {"DELETE"},
    "/": {"GET"},
    "/sign-in": {"GET"},
    **{path: {"GET"} for screen in SCREENS for path in (screen, f"{screen}/{{rest}}")},
    "/assets/{name}": {"GET"},
    "/slack/events": {"POST"},
    "/slack/install": {"GET", "POST"},
    "/slack/install/{ticket}": {"GET", "POST"},
    "/slack/oauth/callback": {"GET"},
    "/slack/link/{code}": {"GET", "POST"},
    "/about-me": {"GET", "POST"},
    "/about-me/link/{secret}": {"GET", "POST"},
    "/about-me/held": {"GET"},
    "/about-me/held.json": {"GET"},
    "/about-me/linked": {"POST"},
    "/about-me/object": {"POST"},
    "/about-me/erase": {"GET", "POST"},
    "/about-me/withdraw": {"POST"},
}
"""Each path that a service can have, with its methods. A new one needs a test in this folder."""
GUESSES = (
    "/admin",
    "/api",
    "/api/v1",
    "/v1/graphql",
    "/graphql/v1",
    "/graphql/console",
    "/graphiql",
    "/playground",
    "/altair",
    "/docs",
    "/redoc",
    "/openapi.json",
    "/schema.graphql",
    "/metrics",
    "/debug",
    "/debug/pprof",
    "/console",
    "/server-status",
    "/actuator",
    "/actuator/env",
    "/.env",
    "/.git/config",
    "/favicon.ico",
    "/robots.txt",
    "/static/graphiql.js",
    "/graphql/graphiql.js",
)


def test_the_service_has_the_listed_paths_only() -> None:
    async def connect() -> None:
        raise AssertionError

    provider = Provider(Client("https://x.example", "x", "x", "https://x.example/auth/callback"))
    slack = SlackConfig("https://x.example", signing_secret="x", client_id="x", client_secret="x")
    app = create_app(connect, Path(), LIMITS, explore=True, provider=provider, slack=slack)  # type: ignore[arg-type]
    paths: dict[str, set[str]] = {}
    for route in iter_route_contexts(app.routes):
        paths.setdefault(str(route.path), set()).update(route.methods or ())

    assert paths == INVENTORY


def test_each_path_is_documented() -> None:
    text = "\n".join(page.read_text("utf-8") for page in DOCS.glob("*.md"))

    assert {path for path in INVENTORY if "/" + path.split("/")[1] not in text} == set()


@pytest.mark.parametrize("path", GUESSES)
async def test_no_other_path_is_served(service: Service, path: str) -> None:
    for method in ("GET", "POST"):
        response = await service.client.request(method, path, headers={**signed("ana"), "Accept": "text/html,*/*"})
        assert response.status_code == 404, method


def test_no_field_is_deprecated_without_a_date_or_left_undescribed() -> None:
    for kind in SCHEMA.type_map.values():
        for name, field in getattr(kind, "fields", {}).items() if not kind.name.startswith("__") else ():
            reason = field.deprecation_reason
            assert reason is None or re.search(r"\d{4}-\d\d-\d\d", reason), f"{kind.name}.{name}"
            assert field.description, f"{kind.name}.{name}"
