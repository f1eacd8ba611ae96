"""The name of the session cookie. tests/page/test_browser_session.py tests the cookie in a browser."""

import pytest

from api.sign_in.browser_session import session_cookie

PUBLIC = "https://tertius.example.org"
WITH_TLS = "__Host-tertius-session"
NAMES = {
    (PUBLIC, PUBLIC): WITH_TLS,
    (PUBLIC, "http://localhost:8787"): WITH_TLS,  # a proxy may send the address behind it as Host
    ("http://127.0.0.1:8787", "http://localhost:8787"): "tertius-session-8787",
    ("http://127.0.0.1:8787", "http://127.0.0.1"): "tertius-session-80",
    ("http://127.0.0.1:8787", "http://[::1]:9999"): "tertius-session-9999",
    ("http://127.0.0.1:8787", "https://localhost:8787"): WITH_TLS,
    ("http://127.0.0.1:8787", "http://localhost:port"): WITH_TLS,
    ("http://127.0.0.1:8787", "http://localhost.evil.example:8787"): WITH_TLS,
    ("http://10.0.0.7:8787", "http://10.0.0.7:8787"): WITH_TLS,
}


@pytest.mark.parametrize(("public_url", "address"), NAMES)
def test_the_cookie_needs_tls_except_on_this_machine_and_is_for_one_port_there(public_url: str, address: str) -> None:
    assert session_cookie(public_url, address) == NAMES[public_url, address]
