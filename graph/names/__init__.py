"""Normalises names, addresses and numbers for comparison."""
