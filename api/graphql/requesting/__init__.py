"""Introduction requests."""
