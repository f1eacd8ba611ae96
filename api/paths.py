"""Paths of the API."""

GRAPHQL = "/graphql"
JOIN = "/join"
UPLOADS = "/uploads/"
TARGETS = "/targets"
MCP = "/mcp"
SLACK_EVENTS = "/slack/events"
