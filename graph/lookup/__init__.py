"""Finds the people a name, address or profile stands for."""
