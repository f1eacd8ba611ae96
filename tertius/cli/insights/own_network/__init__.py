"""The classes, health and goal of your own network."""
