"""The command on the sample network, for every file here."""

from tests.tertius.test_cli import here

__all__ = ["here"]
