"""Decides which identities are one person."""
