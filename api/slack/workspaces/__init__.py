"""The workspaces of Slack that are connected to networks, and their tokens."""
