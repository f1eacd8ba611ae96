"""The Slack app: `/intro`, buttons and events of Slack workspaces (docs/slack.md)."""
