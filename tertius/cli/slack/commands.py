"""The commands `tertius slack …`: their parameters and help."""

from typing import Annotated

import typer

from tertius.cli.options import Json, Number


def slack_manifest_command(
    *,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="URL", help="Public address of the service. [TERTIUS_HTTP__PUBLIC_URL]"),
    ] = None,
    socket_mode: Annotated[
        bool,
        typer.Option("--socket-mode", help="The service connects to Slack, and needs no public address."),
    ] = False,
    several_workspaces: Annotated[
        bool, typer.Option("--several-workspaces", help="The app can be installed in several workspaces by OAuth.")
    ] = False,
) -> None:
    """Print the manifest that registers the Slack app.

    It is JSON. Paste it at Slack when you create the app (docs/slack.md).

    Examples:
        tertius slack manifest
        tertius slack manifest --address https://tertius.example.org
        tertius slack manifest --socket-mode
    """
    from tertius.cli.slack.workspaces import print_manifest

    print_manifest(address, socket_mode=socket_mode, several_workspaces=several_workspaces)


def slack_connect_command(*, as_json: Json = False) -> None:
    """Connect a Slack workspace to your network.

    It is the workspace of TERTIUS_SLACK__BOT_TOKEN. With TERTIUS_SLACK__CLIENT_ID,
    the command prints the address that installs the app in any workspace. Users
    who are members of your network can then ask with /intro.

    Examples:
        tertius slack connect
    """
    from tertius.cli.slack.workspaces import connect

    connect(as_json=as_json)


def slack_list_command(*, as_json: Json = False) -> None:
    """List the Slack workspaces of your network.

    Examples:
        tertius slack list
    """
    from tertius.cli.slack.workspaces import print_workspaces

    print_workspaces(as_json=as_json)


def slack_disconnect_command(number: Number, *, as_json: Json = False) -> None:
    """Disconnect a Slack workspace.

    Deletes its token and the links of its users to members. `tertius slack list`
    shows the numbers.

    Examples:
        tertius slack disconnect 1
    """
    from tertius.cli.slack.workspaces import disconnect

    disconnect(number, as_json=as_json)
