"""Options and arguments that several commands share. This module and the modules of commands import nothing heavy."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Details = Annotated[bool, typer.Option("--details", help="Show numbers beside the labels.")]
Limit = Annotated[int, typer.Option(min=1, max=50, metavar="N", help="The maximum number of results.")]
IntroducerLimit = Annotated[
    int, typer.Option(min=1, max=3, metavar="N", help="The maximum number of introducers on a route.")
]
Team = Annotated[bool, typer.Option("--team", help="Let routes start at colleagues who share sources, too.")]
Serving = Annotated[
    bool, typer.Option("--serve/--no-serve", help="Serve the API in the foreground, or end when the rest is done.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]
InvitationExpires = Annotated[
    int, typer.Option(min=1, max=366, metavar="DAYS", help="The number of days until the invitation expires.")
]
TokenExpires = Annotated[
    int, typer.Option(min=1, max=366, metavar="DAYS", help="The number of days until the token expires.")
]
Email = Annotated[
    str | None, typer.Option(metavar="EMAIL", help="Their e-mail address, if you confirm that it is theirs.")
]
EntryLimit = Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="The maximum number of entries.")]
Words = Annotated[
    list[str],
    typer.Argument(metavar="WHO", help="A name, NAME at COMPANY, an e-mail address, a LinkedIn URL or an id."),
]
"""A person, with or without quotes. `join_words` makes one text of it."""
OnlyTag = Annotated[str | None, typer.Option("--tag", metavar="TAG", help="Only people with this tag.")]
ListFile = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write the list as CSV. `-` writes to stdout.")
]
Number = Annotated[int, typer.Argument(min=1, metavar="N", help="The number in the list.")]


def join_words(words: list[str]) -> str:
    """The text that the words of an argument without quotes stand for."""
    return " ".join(words)


def parse_day(text: str | None) -> date | None:
    """The date that an option names, None without the option."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date. Write it like 2026-11-22.") from None
