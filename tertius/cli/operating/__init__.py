"""Commands that run, check and maintain Tertius."""
