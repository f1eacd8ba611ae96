"""Queries and mutations about the network of the viewer: its health, care, and planning."""
