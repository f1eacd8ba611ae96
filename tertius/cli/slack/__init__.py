"""The commands `tertius slack …`."""
