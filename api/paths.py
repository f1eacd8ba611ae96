"""Paths of the API."""

from presentation import links

GRAPHQL = "/graphql"
JOIN = links.JOIN
LOGOUT = "/auth/logout"
UPLOADS = "/uploads/"
TARGETS = "/targets"
MCP = "/mcp"
SLACK_EVENTS = "/slack/events"
