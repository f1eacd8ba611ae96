"""What members state about ties and identities."""
