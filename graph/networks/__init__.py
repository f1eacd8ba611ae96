"""Networks, their members, permissions, tokens and write lease."""
