"""Use cases that all surfaces share: loads, uploads, target lists, daily upkeep, mail, metrics."""
