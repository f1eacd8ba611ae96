"""Use cases about the network of one member: its health, care, and planning (docs/insights.md)."""
