"""Sends several reads to Neo4j in one round trip."""
