"""Finds what an argument of a command names: a person, or an entry of a numbered list."""
