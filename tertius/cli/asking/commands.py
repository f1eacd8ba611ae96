"""The commands that ask: their parameters and help. The modules beside this one do the work."""

from pathlib import Path
from typing import Annotated

import typer

from tertius.cli.options import Details, IntroducerLimit, Json, Limit, OnlyTag, Team, Words, join_words, parse_day

AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="An earlier date. Later evidence is ignored.")
]


def who_command(
    target: Words,
    limit: Limit = 5,
    max_introducers: IntroducerLimit = 2,
    as_of: AsOf = None,
    through_tag: Annotated[
        str | None,
        typer.Option("--through-tag", metavar="TAG", help="Ask only people with this tag (`tertius insights tag`)."),
    ] = None,
    *,
    team: Team = False,
    details: Details = False,
    copies: Annotated[
        bool, typer.Option("--copy", help="Copy the message to the first introducer to the clipboard.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show who can introduce you to a person.

    The routes with the highest score come first. Without a route, the answer states the reason and what would open
    one.

    Examples:
        tertius who Jane Okonkwo
        tertius who Jane Okonkwo at Halden Robotics --details
        tertius who Jane Okonkwo --limit 1 --copy
        tertius who Jane Okonkwo --through-tag clients
        tertius who jane@halden.example --as-of 2026-03-01 --json
    """
    from tertius.cli.asking.who import who
    from tertius.remote.questions import Question

    if as_of and through_tag:
        raise typer.BadParameter("Use either --as-of or --through-tag.")
    question = Question(
        join_words(target),
        limit=limit,
        max_introducers=max_introducers,
        as_of=parse_day(as_of),
        team=team,
        through_tag=through_tag,
    )
    who(question, details=details, as_json=as_json, copies=copies)


def people_command(
    search: Annotated[
        list[str],
        typer.Argument(
            metavar="SEARCH",
            help="Words of a name (the last may be a beginning), or an exact e-mail address or profile URL.",
        ),
    ],
    limit: Limit = 20,
    tag: OnlyTag = None,
    *,
    as_json: Json = False,
) -> None:
    """Search for people and show how well they know you.

    Examples:
        tertius people Okonkwo
        tertius people jane --limit 5 --json
    """
    from tertius.cli.asking.people import people

    people(join_words(search), limit, tag=tag, as_json=as_json)


def company_command(
    company: Annotated[list[str], typer.Argument(metavar="COMPANY", help="The name of the company.")],
    *,
    details: Details = False,
    as_json: Json = False,
) -> None:
    """List people at a company who know you, and those whom you can reach.

    Present employees come first, then former ones; within each list the strongest tie comes first. The command exits
    with 3 if you can reach nobody there, and with 5 if your sources name no such company.

    Examples:
        tertius company Halden Robotics
        tertius company Northwind Grid --details
    """
    from tertius.cli.asking.people import company_contacts

    company_contacts(join_words(company), details=details, as_json=as_json)


def tie_command(
    people: Annotated[
        list[str],
        typer.Argument(metavar="PERSON", help="Two people: names in quotes, e-mail addresses or ids. `me` is you."),
    ],
    as_of: AsOf = None,
    *,
    details: Details = False,
    as_json: Json = False,
) -> None:
    """Explain the tie between two people.

    Shows the evidence in both directions, its history by month, and what would change the tie.

    Examples:
        tertius tie me "Jane Okonkwo"
        tertius tie "Noor Haddad" "Jane Okonkwo" --as-of 2026-07-15
    """
    from tertius.cli.asking.tie import tie

    first, second = two_people(people, "tertius tie")
    tie(first, second, as_of=parse_day(as_of), details=details, as_json=as_json)


def two_people(words: list[str], command: str) -> tuple[str, str]:
    """The two people of an argument. Raises BadParameter with how to write it."""
    if len(words) != 2:
        raise typer.BadParameter(
            f'Name two people. Put a name of several words in quotes: {command} me "Jane Okonkwo".'
        )
    return words[0], words[1]


def targets_command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A CSV or .xlsx file with a header, or one name, address or profile a line. `-` reads stdin.",
        ),
    ],
    max_introducers: IntroducerLimit = 2,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write the answers beside the list's own columns as CSV. `-` writes to stdout.",
        ),
    ] = None,
    *,
    team: Team = False,
    as_json: Json = False,
) -> None:
    """Find introducers for a list of up to 5,000 targets.

    Shows the best introducer for each target, or the reason why there is none.

    Examples:
        tertius targets prospects.csv --out answers.csv
        tertius targets - --json
    """
    from tertius.cli.asking.targets import targets

    targets(file, max_introducers=max_introducers, out=out, team=team, as_json=as_json)


def fading_command(
    within: Annotated[int, typer.Option(min=1, max=365, metavar="DAYS", help="The number of days to look ahead.")] = 30,
    tag: OnlyTag = None,
    *,
    as_json: Json = False,
) -> None:
    """List ties that will become weak or end without new contact.

    The earliest comes first. Days that your sources do not cover yet are not counted as silence.

    Examples:
        tertius fading
        tertius fading --within 90 --json
    """
    from tertius.cli.asking.fading import fading

    fading(within, tag=tag, as_json=as_json)
