"""Commands that load data, state ties, and decide about duplicates."""
