"""How fast the house is, beside what others would write: `make bench`, not shipped and not part of the checks."""
