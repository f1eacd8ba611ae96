"""`tertius doctor`."""

from tertius import console, settings
from tertius.cli.exit_codes import FAILED
from tertius.doctor import machine
from tertius.runner import end


def print_checks(*, as_json: bool) -> None:
    """Run all checks and print them. Exits with FAILED if one failed."""
    checks = machine.run_checks(settings.read_settings())
    if as_json:
        console.echo_json([{"name": check.name, "status": check.status, "message": check.message} for check in checks])
    else:
        console.echo_lines(f"{check.status:<7} {check.name}: {check.message}" for check in checks)
    end(0 if all(check.ok for check in checks) else FAILED)
