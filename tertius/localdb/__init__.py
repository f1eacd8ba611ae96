"""The Neo4j that Tertius downloads and runs on this machine: start, stop, backup, restore, compaction."""
