"""How names, addresses and numbers are compared."""
