"""Uploaded exports: storing them, and loading them one after the other."""
