"""Introduction requests in Slack: forms, messages with buttons, notifications and the Home tab."""
