"""The members that Slack users are."""
