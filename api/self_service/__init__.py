"""Self service."""
