"""Introduction requests: a member asks an introducer for an introduction to a target (docs/requests.md)."""
