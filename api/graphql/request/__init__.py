"""Checks of a request before it is executed: its limits and cost, its permissions, and its idempotency key."""
