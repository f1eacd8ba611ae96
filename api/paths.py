"""Paths."""

UPLOADS = "/uploads/"
TARGETS = "/targets"
