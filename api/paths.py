"""Paths of the API."""

GRAPHQL = "/graphql"
JOIN = "/join"
LOGOUT = "/auth/logout"
UPLOADS = "/uploads/"
TARGETS = "/targets"
MCP = "/mcp"
SLACK_EVENTS = "/slack/events"


def invitation_link(public_url: str, secret: str) -> str:
    """The link of an invitation. A browser does not send the part after `#`, so that no server logs the secret."""
    return f"{public_url}{JOIN}#{secret}"
