"""Localdb."""
