"""The commands that join and leave a server: their parameters and help. The module beside this one does the work."""

from typing import Annotated

import typer

from tertius.cli.options import Json


def join_command(
    link: Annotated[str, typer.Argument(metavar="LINK", help="The link of the invitation, with the part after `#`.")],
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Your name, as other members see it. Without it you are asked.")
    ] = None,
    email: Annotated[
        str | None, typer.Option(metavar="EMAIL", help="Your e-mail address, as other members see it.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Join a network by the link of an invitation.

    Your token is stored in the keyring of the system, or in a private file if there is no keyring. From then on
    commands ask this server. `--server local` asks the local database.

    Examples:
        tertius join 'https://tertius.example.org/join#tertius_invitation_…'
        tertius join 'https://tertius.example.org/join#tertius_invitation_…' --name "Jane Okonkwo"
    """
    from tertius.cli.joining.membership import join

    join(link, name=name, email=email, as_json=as_json)


def logout_command(
    server: Annotated[
        str | None, typer.Option("--server", metavar="URL", help="The server. Default: the one that you joined last.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Revoke and forget your token for a server.

    You stay a member. To ask the server again you need a new invitation.

    Examples:
        tertius logout
        tertius logout --server https://tertius.example.org --json
    """
    from tertius.cli.joining.membership import log_out

    log_out(server, as_json=as_json)
