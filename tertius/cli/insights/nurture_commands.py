"""The commands about whom to contact: their parameters and help."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tertius.cli.options import Json, Limit, Number, OnlyTag, Words, join_words, parse_day

With = Annotated[
    str | None,
    typer.Option("--with", metavar="WHO", help="The second person, if the suggestion is to introduce the two."),
]


def nurture_command(
    tag: OnlyTag = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write the suggestions as CSV. `-` writes to stdout."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show whom to contact this week, and why.

    There are 5 suggestions at most, the same on all days of a week. Each has a reason, the evidence, and the strength
    of the tie today and after one exchange. Answer one with
    `complete-suggestion`, `snooze-suggestion` or `stop-suggestions`.

    Examples:
        tertius insights nurture
        tertius insights nurture --out suggestions.csv
    """
    from tertius.cli.insights.nurture import print_suggestions

    print_suggestions(out, tag=tag, as_json=as_json)


def balance_command(
    *,
    limit: Limit = 20,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write everybody as CSV. `-` writes to stdout."),
    ] = None,
    tag: OnlyTag = None,
    as_json: Json = False,
) -> None:
    """Show what you and others did for each other.

    Counts answers, introductions, recommendations, endorsements and thanks. The order is by what you received less what
    you gave in the last 180 days, the largest difference first. An introduction counts as 5 answers.

    Examples:
        tertius insights balance
        tertius insights balance --out balance.csv
    """
    from tertius.cli.insights.balance import print_balance

    print_balance(limit, out, tag=tag, as_json=as_json)


def done_command(who: Words, *, other: With = None, as_json: Json = False) -> None:
    """Mark a suggestion as done.

    The person is not suggested again for 30 days, or for the rhythm that you set with `keep-in-touch`.

    Examples:
        tertius insights complete-suggestion Noor Haddad
    """
    from tertius.cli.insights.nurture import respond

    respond("done", join_words(who), other, until=None, as_json=as_json)


def snooze_command(
    who: Words,
    *,
    other: With = None,
    days: Annotated[int, typer.Option(min=1, max=1095, metavar="N", help="The number of days.")] = 30,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="The first day of new suggestions, instead of --days.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Suggest a person again only after some days.

    Examples:
        tertius insights snooze-suggestion Noor Haddad --days 60
        tertius insights snooze-suggestion Noor Haddad --until 2027-02-01
    """
    from tertius.cli.insights.nurture import respond

    day: date | None = parse_day(until)
    respond("snooze", join_words(who), other, until=day or days, as_json=as_json)


def never_command(who: Words, *, other: With = None, as_json: Json = False) -> None:
    """Never suggest a person again.

    `tertius insights delete-contact-plan` undoes it.

    Examples:
        tertius insights stop-suggestions Brad Keller
    """
    from tertius.cli.insights.nurture import respond

    respond("never", join_words(who), other, until=None, as_json=as_json)


def keep_in_touch_command(
    who: Words,
    *,
    every: Annotated[
        int | None,
        typer.Option(
            "--every",
            min=0,
            max=1095,
            metavar="DAYS",
            help="The maximum number of days between contacts. 0 removes it.",
        ),
    ] = None,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="TEXT", help="A note that only you see. An empty text removes it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Set a rhythm or a note for a person.

    `nurture` suggests the person when the last contact is longer ago than the rhythm. Days after the end of the
    coverage of your sources do not count.

    Examples:
        tertius insights keep-in-touch Noor Haddad --every 60 --note "Ask about the new lab."
    """
    from tertius.cli.insights.nurture import keep_in_touch

    keep_in_touch(join_words(who), every_days=every, note=note, as_json=as_json)


def contact_plans_command(*, as_json: Json = False) -> None:
    """List your rhythms, notes and answers.

    Examples:
        tertius insights contact-plans
    """
    from tertius.cli.insights.nurture import print_plans

    print_plans(as_json=as_json)


def delete_plan_command(number: Number, *, as_json: Json = False) -> None:
    """Delete a contact plan.

    Examples:
        tertius insights delete-contact-plan 1
    """
    from tertius.cli.insights.nurture import delete_plan

    delete_plan(number, as_json=as_json)
