"""Benchmarks against simple alternatives: `make bench`. They are not shipped, and CI does not run them."""
