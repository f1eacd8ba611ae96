"""Who joins a network, with which role, and who leaves it."""
