"""`tertius doctor`: checks of this machine and of the database. They start, download and change nothing."""
