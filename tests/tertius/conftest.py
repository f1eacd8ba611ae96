"""The command on the sample network, for every file here."""

from tests.tertius.cli.test_app import here

__all__ = ["here"]
