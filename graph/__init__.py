"""The domain: evidence, people, ties, introductions, networks and privacy. The only package that imports neo4j."""
