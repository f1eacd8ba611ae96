"""Use cases that answer questions about people, ties and companies, for every surface.

`operations.ask` finds routes.
"""
