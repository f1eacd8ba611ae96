"""Exit codes."""

ROUTES, REFUSED, AMBIGUOUS, UNKNOWN = 0, 3, 4, 5
