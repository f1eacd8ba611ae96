"""Reads answers in JSON, as `presentation` and GraphQL write them, so that a command prints both in one way."""
