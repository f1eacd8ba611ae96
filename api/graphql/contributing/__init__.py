"""Contributing."""
