"""The commands about pruning, archiving and invitations: their parameters and help."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from tertius.cli.options import Json, ListFile, OnlyTag

_RuleName = Literal[
    "marked-unknown",
    "fake-account",
    "unreachable",
    "bulk-sender",
    "accepted-in-burst",
    "never-contacted",
    "cold-for-years",
    "silent-company",
]


def prune_command(
    rule: Annotated[
        _RuleName | None,
        typer.Option(
            "--rule",
            metavar="RULE",
            help="Only one rule: marked-unknown, fake-account, unreachable, bulk-sender, accepted-in-burst, "
            "never-contacted, cold-for-years or silent-company.",
        ),
    ] = None,
    tag: OnlyTag = None,
    out: ListFile = None,
    *,
    as_json: Json = False,
) -> None:
    """Suggest connections to archive, with reasons.

    It changes nothing. docs/insights.md defines the rules. People on the route of an open introduction request of
    yours, people of your goal and the introducers to these are not listed.

    Examples:
        tertius insights prune
        tertius insights prune --rule cold-for-years --out prune.csv
    """
    from tertius.cli.insights.review import show_prune_suggestions

    show_prune_suggestions(rule, tag=tag, out=out, as_json=as_json)


def archive_command(
    people: Annotated[
        list[str], typer.Argument(metavar="PERSON", help="Names, e-mail addresses, profiles or ids of people.")
    ],
    *,
    as_json: Json = False,
) -> None:
    """Leave people out of all your answers.

    Nothing is deleted, and nothing changes for other members. `tertius insights restore` undoes it.

    Examples:
        tertius insights archive spam@corp.example
        tertius insights archive "Ann Lee" "Bob Ray"
    """
    from tertius.cli.insights.review import archive_named_people

    archive_named_people(people, as_json=as_json)


def archived_command(
    tag: OnlyTag = None,
    out: ListFile = None,
    *,
    as_json: Json = False,
) -> None:
    """Review the people whom you archived.

    Those with contact since come first, then those whom you archived a year ago or more.

    Examples:
        tertius insights archived
        tertius insights archived --tag clients --out archived.csv
    """
    from tertius.cli.insights.review import show_archived

    show_archived(tag, out=out, as_json=as_json)


def restore_person_command(
    number: Annotated[
        int, typer.Argument(metavar="NUMBER", min=1, help="The number in the list of `tertius insights archived`.")
    ],
    *,
    as_json: Json = False,
) -> None:
    """Restore an archived person to all your answers.

    Examples:
        tertius insights restore 2
    """
    from tertius.cli.insights.review import restore_archived_person

    restore_archived_person(number, as_json=as_json)


def invitation_review_command(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="A list of people who want to connect, as for `tertius targets`. `-` reads stdin. Without it, "
            "the open invitations of your LinkedIn archive.",
        ),
    ] = None,
    tag: OnlyTag = None,
    out: ListFile = None,
    *,
    as_json: Json = False,
) -> None:
    """Review invitations: accept, ask first or leave.

    For invitations that you sent, the advice is to wait or to withdraw. Each row has its reasons. Nothing is sent.

    Examples:
        tertius insights invitations
        tertius insights invitations people.csv --out review.csv
    """
    from tertius.cli.insights.invitations import show_invitations

    show_invitations(file, tag=tag, out=out, as_json=as_json)
