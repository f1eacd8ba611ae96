"""Sentences, JSON and CSV of reports about a member's network."""
