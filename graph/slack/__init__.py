"""Slack workspaces of a network, and the Slack users that are its members."""
