"""The connection to Neo4j: queries, migrations, batches, health."""
