"""Who knows whom, derived from evidence, on any day."""
