"""The commands that run and administer Tertius: their parameters and help."""

from pathlib import Path
from typing import Annotated

import typer

from tertius.cli.options import Email, InvitationExpires, Json, Serving, parse_day


def up_command(
    *,
    serving: Serving = True,
    opens_page: Annotated[bool, typer.Option("--open", help="Open the page with a sign-in link.")] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=64, metavar="N", help="Serve with N processes. Default: TERTIUS_HTTP__WORKERS."),
    ] = None,
) -> None:
    """Start the database and serve the page and the API until Ctrl-C.

    Prints their addresses and, in a terminal, your token and a link that signs in once.

    Examples:
        tertius up
        tertius up --open
        tertius up --workers 2
        tertius up --no-serve
    """
    from tertius.service.allocator import use_system_allocator

    if opens_page and not serving:
        raise typer.BadParameter("Use either --open or --no-serve.")
    if serving:
        use_system_allocator()
    from tertius.cli.operating.serve import start

    start(serving=serving, opens_page=opens_page, workers=workers)


def page_command(
    *,
    in_browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the link in your browser, or only print it.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Open the page of the service with a sign-in link.

    The link works once, within 15 minutes. The service must run: start it with `tertius up` in another terminal.

    Examples:
        tertius page
        tertius page --no-browser
    """
    from tertius.cli.operating.page import open_page

    open_page(in_browser=in_browser, as_json=as_json)


def down_command(*, as_json: Json = False) -> None:
    """Stop the local database. Its data stays.

    Other commands start it when they need it.

    Examples:
        tertius down
    """
    from tertius.cli.operating.database_files import stop_database

    stop_database(as_json=as_json)


def mcp_command() -> None:
    """Let an assistant ask on your behalf, by MCP.

    An MCP client, such as a desktop assistant, starts this command and talks to it over stdin and stdout. The tools
    only read (docs/mcp.md).

    Examples:
        tertius mcp
    """
    from tertius.cli.operating.mcp import serve_tools

    serve_tools()


def demo_command(
    *,
    team: Annotated[
        bool, typer.Option("--team", help="Show three colleagues with different sharing levels instead.")
    ] = False,
    tools: Annotated[
        bool, typer.Option("--mcp", help="Let an MCP client ask instead, as an assistant does, and end.")
    ] = False,
    serving: Serving = True,
) -> None:
    """Load an invented network and show example answers.

    The sample has a network of its own, beside yours (docs/sample.md).

    Examples:
        tertius demo
        tertius demo --team --no-serve
        tertius demo --mcp
    """
    if team and tools:
        raise typer.BadParameter("Use either --team or --mcp.")
    if tools:
        from tertius.cli.operating.demo_mcp import demo_tools

        demo_tools()
        return
    from tertius.cli.operating.demo import demo

    demo(team=team, serving=serving)


def doctor_command(*, as_json: Json = False) -> None:
    """Check this machine, the database and its secrets.

    Also shows where the logs are.

    Examples:
        tertius doctor
        tertius doctor --json
    """
    from tertius.cli.operating.doctor import print_checks

    print_checks(as_json=as_json)


def backup_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write. It must not exist.")],
    *,
    as_json: Json = False,
) -> None:
    """Write the local database to one file.

    Only you can read the file. The database stops meanwhile and starts again.

    Examples:
        tertius admin backup ~/tertius-backup.zip
    """
    from tertius.cli.operating.database_files import backup

    backup(file, as_json=as_json)


def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `tertius admin backup` wrote.")],
    *,
    as_json: Json = False,
) -> None:
    """Replace the local database with a backup.

    The database is replaced completely or, after an error, not at all.

    Examples:
        tertius admin restore ~/tertius-backup.zip
    """
    from tertius.cli.operating.database_files import restore

    restore(file, as_json=as_json)


def compact_command(*, as_json: Json = False) -> None:
    """Remove deleted data from the database's files.

    Copies the remaining data into new files. Other commands wait meanwhile.

    Examples:
        tertius admin compact
    """
    from tertius.cli.operating.database_files import compact_files

    compact_files(as_json=as_json)


def refresh_command(
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day of the ties. Default: today.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Derive every tie for today or another day.

    The chosen day stays in effect until the next refresh or load.

    Examples:
        tertius admin refresh
        tertius admin refresh --as-of 2026-11-01
    """
    from tertius.cli.operating.refresh import refresh_ties

    refresh_ties(parse_day(as_of), as_json=as_json)


def calibrate_command(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the result and change nothing.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Use the shipped model again.")] = False,
    as_json: Json = False,
) -> None:
    """Fit strengths to your network's own requests.

    The fit is used only if it predicts later requests better than the shipped model (docs/calibrate.md).

    Examples:
        tertius admin calibrate --dry-run
        tertius admin calibrate --reset
    """
    from tertius.cli.operating.calibrate import calibrate_strengths

    calibrate_strengths(dry_run=dry_run, reset=reset, as_json=as_json)


def outcomes_command(*, as_json: Json = False) -> None:
    """Compare scores with the outcomes of requests.

    Prints groups of scores, without people: the predicted and the observed share of requests to which the introducer
    and the target agreed, and the recorded outcomes. For owners.

    Examples:
        tertius admin outcomes
        tertius admin outcomes --json
    """
    from tertius.cli.operating.outcomes import print_outcomes

    print_outcomes(as_json=as_json)


def create_network_command(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Lower-case letters, digits and underscores, at most 64.")
    ],
    *,
    email: Email = None,
    expires: InvitationExpires = 7,
    as_json: Json = False,
) -> None:
    """Create a network for others.

    Prints the invitation of its first owner, once. You are not a member of the network.

    Examples:
        tertius admin create-network acme --email bea@example.org
    """
    from tertius.cli.team.invitations import create_network

    create_network(name, email=email, days=expires, as_json=as_json)
