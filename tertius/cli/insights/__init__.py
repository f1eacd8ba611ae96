"""Commands about your own network: its health, care, and planning."""
