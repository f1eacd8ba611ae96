"""Members, tokens, sharing, exclusions and requests for visibility."""
