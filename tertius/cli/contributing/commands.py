"""The commands that load data and state ties: their parameters and help."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from tertius.cli.options import Json, Number, parse_day


def load_command(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Exports: archives, folders or single files.")],
    owner: Annotated[
        str | None,
        typer.Option("--as", metavar="WHO", help="Your address in the exports, or your number or name there."),
    ] = None,
    data_subject: Annotated[
        str | None,
        typer.Option("--of", metavar="NAME", help="The other person whose exports they are: you get no tie from them."),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column of a CSV holds a field. Repeatable."),
    ] = None,
    list_kind: Annotated[
        Literal["connections", "contacts", "candidates"] | None,
        typer.Option(
            "--kind",
            help="Whom a CSV of people lists: people whom you know, contacts of your company, or candidates.",
        ),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Load exports: archives, folders or single files.

    Tertius recognises LinkedIn archives, mailboxes, calendars, chats, address books and CSV files. A repeated load
    counts nothing twice. An export of another person is refused, unless you name them with --of.

    Examples:
        tertius load ~/Downloads/linkedin.zip ~/Takeout
        tertius load contacts.csv --map name=Contact --map email=Address --as me@example.org
        tertius load friends.csv --kind connections
        tertius load carla-linkedin.zip --of "Carla Boss"
    """
    from tertius.cli.contributing.load import load_exports

    load_exports(
        paths, owner=owner, data_subject=data_subject, columns=columns or [], list_kind=list_kind, as_json=as_json
    )


def sync_command(
    folders: Annotated[
        list[str] | None,
        typer.Option("--folder", metavar="NAME", help="A mail folder. Repeatable. Default: all folders."),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option("--as", metavar="EMAIL", help="Your address, if the IMAP user name is not an e-mail address."),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Load new message headers from your mailbox by IMAP.

    Set TERTIUS_IMAP__HOST and TERTIUS_IMAP__USER first. Tertius reads headers and delivery
    reports only, and changes nothing in the mailbox.

    Examples:
        tertius sync
        tertius sync --folder INBOX --folder Sent
    """
    from tertius.cli.contributing.load import sync_and_report

    sync_and_report(folders or [], owner=owner, as_json=as_json)


def say_command(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="STATEMENT",
            help="A knows B, A knows B well, A met B, A is out of touch with B, or A is no route to B. `me` is you.",
        ),
    ],
    *,
    stated_on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The date from which it counts. Default: today.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="The last date on which it counts.")] = None,
    as_json: Json = False,
) -> None:
    """State what you know about a tie.

    The statement counts for you only. `knows` and `met` create a tie. `is out of touch with` makes Tertius
    ignore earlier evidence of the tie. `is no route to` excludes the tie from routes.

    Examples:
        tertius say Ben Roe knows me well
        tertius say me met Jane Okonkwo --on 2026-11-03
        tertius say Ben Roe is no route to Jane Okonkwo --until 2027-06-30
    """
    from tertius.cli.contributing.statements import state_tie

    state_tie(words, stated_on=parse_day(stated_on), until=parse_day(until), as_json=as_json)


def statements_list_command(*, as_json: Json = False) -> None:
    """List your statements about ties.

    Examples:
        tertius statements list
    """
    from tertius.cli.contributing.statements import print_statements

    print_statements(as_json=as_json)


def statements_withdraw_command(number: Number, *, as_json: Json = False) -> None:
    """Withdraw a statement.

    `tertius statements list` shows the numbers.

    Examples:
        tertius statements withdraw 1
    """
    from tertius.cli.contributing.statements import withdraw

    withdraw(number, as_json=as_json)
