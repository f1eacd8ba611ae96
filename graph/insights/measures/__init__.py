"""Measures of the network of one member: how connections came about, whom they reach, and goals."""
