"""The Slack app, tested against a stand-in of Slack over HTTP."""
