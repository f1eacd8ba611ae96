"""The commands `tertius privacy …` for notices under Art. 14 GDPR: their parameters and help."""

from typing import Annotated

import typer

from tertius.cli.options import EntryLimit, Json, Words, join_words, parse_day


def notices_command(limit: EntryLimit = 50, *, as_json: Json = False) -> None:
    """List people who must still be notified (Art. 14).

    The most urgent one comes first. docs/privacy.md has a template for the notice.

    Examples:
        tertius privacy notices
    """
    from tertius.cli.privacy.notices import print_notices

    print_notices(limit, as_json=as_json)


def mark_notified_command(
    numbers: Annotated[str, typer.Argument(metavar="N[-M]", help="A number of the list, or a range of numbers.")],
    *,
    notified_on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The date of the notice. Default: today.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Record that people were notified.

    `tertius privacy notices` shows the numbers.

    Examples:
        tertius privacy mark-notified 3
        tertius privacy mark-notified 1-20 --on 2026-11-01
    """
    from tertius.cli.privacy.notices import mark_notified

    mark_notified(numbers, notified_on=parse_day(notified_on), as_json=as_json)


def unmark_notified_command(person: Words, *, as_json: Json = False) -> None:
    """Delete the record that a person was notified.

    Examples:
        tertius privacy unmark-notified Jane Okonkwo
    """
    from tertius.cli.privacy.notices import unmark_notified

    unmark_notified(join_words(person), as_json=as_json)
