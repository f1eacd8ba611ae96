"""The model of tie strength."""
