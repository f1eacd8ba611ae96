"""Answers as messages of Slack."""
