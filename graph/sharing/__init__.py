"""What members of a network show each other."""
