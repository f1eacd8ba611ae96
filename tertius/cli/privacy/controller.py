"""`tertius privacy settings`: the data controller and the retention period."""

from dataclasses import asdict

import typer

from graph.errors import Remedy
from graph.networks.controller import NO_CONTROLLER, DataController, read_controller
from graph.privacy.retention import set_controller
from presentation.answer_json import Data
from presentation.dates import today
from tertius import console
from tertius.console import ConsoleProgress
from tertius.errors import CLI_REMEDIES
from tertius.remote.client import ServerClient
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork


def controller_settings(
    *, controller: str | None, contact: str | None, basis: str | None, months: int | None, as_json: bool
) -> None:
    """Change the settings that are given, and print all."""
    values = {"name": controller, "contact": contact, "legal_basis": basis, "retention_months": months}
    given = {name: value for name, value in values.items() if value not in (None, "")}

    def merge(current: DataController | None) -> DataController:
        merged = {**(asdict(current) if current else {}), **given}
        if merged.keys() != values.keys():
            raise typer.BadParameter("Set all four: --controller, --contact, --basis and --months.")
        return DataController(**merged)

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> Data | None:
        current = await read_controller(network.graph, network.id)
        if given:
            current = merge(current)
            await set_controller(network.graph, network.id, current, today=today(), progress=progress)
        return _settings_data(current) if current else None

    def ask(client: ServerClient) -> Data | None:
        stored: Data | None = client.query("privacy_settings")["privacySettings"]
        if not given:
            return stored
        chosen = _settings_data(merge(_controller(stored) if stored else None))
        del chosen["__typename"]
        changed: Data = client.query("set_privacy_settings", input=chosen)["setPrivacySettings"]["privacySettings"]
        return changed

    stored = run_or_ask(do, ask, create=True)
    if as_json:
        console.echo_json(stored)
    elif stored is None:
        console.echo(f"{NO_CONTROLLER} {CLI_REMEDIES[Remedy.NAME_CONTROLLER]}")
    else:
        months = stored["retentionMonths"]
        kept = f"for {months} months" if months else "as long as its source"
        console.echo(f"Controller: {stored['controller']} ({stored['contact']}). Legal basis: {stored['legalBasis']}.")
        console.echo(f"Evidence is kept {kept}.")


def _controller(data: Data) -> DataController:
    return DataController(data["controller"], data["contact"], data["legalBasis"], data["retentionMonths"])


def _settings_data(settings: DataController) -> Data:
    return {
        "__typename": "PrivacySettings",
        "controller": settings.name,
        "contact": settings.contact,
        "legalBasis": settings.legal_basis,
        "retentionMonths": settings.retention_months,
    }
