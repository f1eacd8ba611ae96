"""An index of a network's ties in memory, which answers route searches exactly like Cypher.

docs/decisions/0033-route-index.md explains when it may answer, and why it uses NumPy.
"""
