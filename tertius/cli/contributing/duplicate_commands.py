"""The commands `tertius duplicates …`: their parameters and help."""

from typing import Annotated

import typer

from tertius.cli.options import Json, Limit, Number

PairArgument = Annotated[
    list[str],
    typer.Argument(metavar="PAIR", help="A number of the list, or two people: names in quotes, addresses or ids."),
]


def duplicates_list_command(limit: Limit = 20, *, as_json: Json = False) -> None:
    """List records that may be one person, with reasons.

    The most similar pair comes first. Tertius merges records by itself only if the evidence is strong
    (decision 9).

    Examples:
        tertius duplicates list
        tertius duplicates list --limit 50 --json
    """
    from tertius.cli.contributing.duplicates import print_duplicates

    print_duplicates(limit, as_json=as_json)


def duplicates_merge_command(pair: PairArgument, *, as_json: Json = False) -> None:
    """Merge two records of one person.

    Examples:
        tertius duplicates merge 1
        tertius duplicates merge "Jane Okonkwo" jane@halden.example
    """
    from tertius.cli.contributing.duplicates import decide

    decide(pair, is_same_person=True, as_json=as_json)


def duplicates_distinct_command(pair: PairArgument, *, as_json: Json = False) -> None:
    """Mark two records as different people.

    Tertius does not list them as duplicates again.

    Examples:
        tertius duplicates distinct 1
    """
    from tertius.cli.contributing.duplicates import decide

    decide(pair, is_same_person=False, as_json=as_json)


def duplicates_split_command(
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="The person, in quotes if the name has several words.")
    ],
    split_off: Annotated[
        list[str] | None,
        typer.Argument(metavar="IDENTITY", help="The identities of another person. Without them: list all."),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Split identities from a person into another person.

    Examples:
        tertius duplicates split "Priya Raman"
        tertius duplicates split "Priya Raman" priya@solstice.example
    """
    from tertius.cli.contributing.duplicates import split

    split(person, split_off or [], as_json=as_json)


def duplicates_decisions_command(*, as_json: Json = False) -> None:
    """List decisions about duplicates.

    Examples:
        tertius duplicates decisions
    """
    from tertius.cli.contributing.duplicates import print_decisions

    print_decisions(as_json=as_json)


def duplicates_undo_command(number: Number, *, as_json: Json = False) -> None:
    """Undo one of your decisions.

    `tertius duplicates decisions` shows the numbers.

    Examples:
        tertius duplicates undo 1
    """
    from tertius.cli.contributing.duplicates import undo

    undo(number, as_json=as_json)
