"""How healthy the network of one member is, and what the member can do about it (docs/insights.md)."""
