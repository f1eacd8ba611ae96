"""Re-derives people and ties after a change of evidence."""
