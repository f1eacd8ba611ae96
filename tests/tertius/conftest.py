"""The command on the sample network, for every file here."""

from tests.tertius.cli.test_app import here, sample_environment

__all__ = ["here", "sample_environment"]
