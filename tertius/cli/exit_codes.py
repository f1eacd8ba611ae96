"""Exit codes of the commands. docs/cli.md explains them."""

ROUTES = 0
"""Success: there are routes, or the target is already known."""
FAILED = 1
MISUSE = 2
REFUSED = 3
AMBIGUOUS = 4
UNKNOWN = 5
INTERRUPTED = 130
"""After Ctrl-C, as shells use it: 128 + SIGINT."""
