"""Paths of the API."""

GRAPHQL = "/graphql"
JOIN = "/join"
LOGOUT = "/auth/logout"
SESSION = "/session"
SIGN_IN_CODE = "/session/code"
SESSIONS = "/sessions"
SIGN_IN_PAGE = "/sign-in"
SCREENS = ("/requests", "/network", "/team", "/sources", "/map", "/settings")
"""Addresses of screens of the page. Others may be below them, such as `/requests/ID`."""
UPLOADS = "/uploads/"
TARGETS = "/targets"
CONNECTIONS = "/insights/connections"
PRUNE = "/insights/prune"
MCP = "/mcp"
SLACK_EVENTS = "/slack/events"


def sign_in_link(public_url: str, code: str) -> str:
    """The link that signs in once. A browser does not send the part after `#`, so that no server logs the code."""
    return f"{public_url}{SIGN_IN_PAGE}#{code}"


def invitation_link(public_url: str, secret: str) -> str:
    """The link of an invitation. A browser does not send the part after `#`, so that no server logs the secret."""
    return f"{public_url}{JOIN}#{secret}"
