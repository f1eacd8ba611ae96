"""Reviews of connections and invitations: pruning, archived people, advice about invitations (docs/insights.md)."""
