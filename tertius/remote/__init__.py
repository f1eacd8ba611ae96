"""Asks a server of a team over HTTP instead of the local database."""
