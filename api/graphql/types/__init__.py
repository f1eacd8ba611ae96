"""Types that several packages of the schema use."""
