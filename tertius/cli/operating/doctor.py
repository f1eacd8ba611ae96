"""`tertius doctor`."""

from tertius import console, settings
from tertius.doctor import machine
from tertius.runner import FAILED, Json, end


def doctor_command(*, as_json: Json = False) -> None:
    """Check this machine, the database and its secrets, and say where the logs are."""
    checks = machine.run_checks(settings.read_settings())
    if as_json:
        console.echo_json([{"name": check.name, "status": check.status, "message": check.message} for check in checks])
    for check in checks if not as_json else ():
        console.echo(f"{check.status:<7} {check.name}: {check.message}")
    end(0 if all(check.ok for check in checks) else FAILED)
