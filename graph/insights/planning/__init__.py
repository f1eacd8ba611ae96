"""Plans for lists of targets."""
