"""The Slack workspaces of the viewer's network."""

import typer

from api.slack.workspaces.installation import INSTALL_SECONDS, connect_token_workspace, installation_ticket
from api.slack.workspaces.manifest import manifest
from graph.networks.members import require_permission
from graph.networks.permissions import Operation
from graph.slack.workspaces import ConnectedWorkspace, disconnect_workspace, list_workspaces
from presentation.dates import time_text
from presentation.sentences import format_day_of_time
from tertius import console
from tertius.arguments.numbered_list import choose
from tertius.console import ConsoleProgress
from tertius.errors import SettingError
from tertius.runner import run
from tertius.session import OpenNetwork
from tertius.setting_checks import check_public_url
from tertius.settings import read_settings
from tertius.slack_config import slack_config


def print_manifest(address: str | None, *, socket_mode: bool, several_workspaces: bool) -> None:
    """Print the manifest for a service at this address, by default the configured one, or in socket mode."""
    if socket_mode and several_workspaces:
        raise typer.BadParameter(
            "Slack installs an app in several workspaces over HTTP only.", param_hint="--socket-mode"
        )
    try:
        public_url = check_public_url(address) if address else read_settings().http.public_url
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint="--address") from None
    if not public_url and not socket_mode:
        raise typer.BadParameter("Name the public address, or set TERTIUS_HTTP__PUBLIC_URL.", param_hint="--address")
    console.echo_json(manifest(None if socket_mode else public_url, several_workspaces=several_workspaces))


def connect(*, as_json: bool) -> None:
    """Connect the workspace of the configured token, or print the address that installs the app in a workspace."""
    settings = read_settings()
    config = slack_config(settings.slack, settings.http.public_url or "")
    if config is None:
        raise SettingError("Set TERTIUS_SLACK__SIGNING_SECRET and TERTIUS_SLACK__BOT_TOKEN first (docs/slack.md).")
    if config.installs and not config.public_url:
        raise SettingError("Set TERTIUS_HTTP__PUBLIC_URL first: Slack redirects to it after the installation.")

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        if config.installs:
            ticket = await installation_ticket(config, network.graph, network.id, network.member)
            address = config.ticket_address(ticket)
            lines = (f"Open this address within {INSTALL_SECONDS // 60} minutes, and choose the workspace:", address)
            console.echo_json({"installationUrl": address}) if as_json else console.echo("\n".join(lines))
            return
        name = await connect_token_workspace(config, network.graph, network.id, network.member)
        if as_json:
            await _print(network, as_json=True)
        else:
            console.echo(f"The workspace {name} is connected. Its members can ask with /intro while `tertius up` runs.")

    run(do, create=True)


def print_workspaces(*, as_json: bool) -> None:
    """Print the connected workspaces."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print(network, as_json=as_json)

    run(do, create=True)


def disconnect(number: int, *, as_json: bool) -> None:
    """Disconnect the workspace with this number, and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await require_permission(network.graph, network.id, network.member, Operation.MANAGE_MEMBERS)
        workspaces = await list_workspaces(network.graph, network.id)
        workspace = choose(workspaces, number, "workspace", "tertius slack list")
        await disconnect_workspace(network.graph, network.id, workspace.team)
        await _print(network, as_json=as_json)

    run(do, create=True)


async def _print(network: OpenNetwork, *, as_json: bool) -> None:
    workspaces = await list_workspaces(network.graph, network.id)
    if as_json:
        console.echo_json([_workspace_data(workspace) for workspace in workspaces])
        return
    for number, workspace in enumerate(workspaces, 1):
        day = format_day_of_time(workspace.connected_at)
        console.echo(f"{number}. {workspace.name} ({workspace.team}), connected on {day}")
    if not workspaces:
        console.echo("No Slack workspace is connected. `tertius slack connect` connects one (docs/slack.md).")


def _workspace_data(workspace: ConnectedWorkspace) -> dict[str, object]:
    return {
        "team": workspace.team,
        "name": workspace.name,
        "connectedAt": time_text(workspace.connected_at),
        "connectedBy": workspace.connected_by,
    }
