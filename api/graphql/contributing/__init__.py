"""Sources, load jobs, statements and duplicates."""
