"""The commands `tertius request …`."""
