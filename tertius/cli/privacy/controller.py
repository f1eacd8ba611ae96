"""`tertius privacy settings`: the data controller and the retention period."""

from dataclasses import asdict

import typer

from graph.errors import Remedy
from graph.networks.controller import NO_CONTROLLER, DataController, read_controller
from graph.privacy.retention import set_controller
from presentation.dates import today
from tertius import console
from tertius.console import ConsoleProgress
from tertius.errors import CLI_REMEDIES
from tertius.runner import run
from tertius.session import OpenNetwork


def controller_settings(
    *, controller: str | None, contact: str | None, basis: str | None, months: int | None, as_json: bool
) -> None:
    """Change the settings that are given, and print all."""
    values = {"name": controller, "contact": contact, "legal_basis": basis, "retention_months": months}
    given = {name: value for name, value in values.items() if value not in (None, "")}

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        current = await read_controller(network.graph, network.id)
        if given:
            merged = {**(asdict(current) if current else {}), **given}
            if merged.keys() != values.keys():
                raise typer.BadParameter("Set all four: --controller, --contact, --basis and --months.")
            current = DataController(**merged)
            await set_controller(network.graph, network.id, current, today=today(), progress=progress)
        if as_json:
            console.echo_json(current and _settings_data(current))
        elif current is None:
            console.echo(f"{NO_CONTROLLER} {CLI_REMEDIES[Remedy.NAME_CONTROLLER]}")
        else:
            kept = f"for {current.retention_months} months" if current.retention_months else "as long as its source"
            console.echo(f"Controller: {current.name} ({current.contact}). Legal basis: {current.legal_basis}.")
            console.echo(f"Evidence is kept {kept}.")

    run(do, create=True)


def _settings_data(settings: DataController) -> dict[str, object]:
    return {
        "__typename": "PrivacySettings",
        "controller": settings.name,
        "contact": settings.contact,
        "legalBasis": settings.legal_basis,
        "retentionMonths": settings.retention_months,
    }
