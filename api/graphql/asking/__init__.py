"""Queries about people, ties, companies and introductions."""
