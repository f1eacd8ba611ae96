"""How healthy the network of one member is."""
