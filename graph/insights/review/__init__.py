"""Which connections to let go or to accept: pruning, archived connections, invitations (docs/insights.md)."""
