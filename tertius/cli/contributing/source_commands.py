"""The commands `tertius source …`: their parameters and help."""

from typing import Annotated

import typer

from graph.networks.sources import SharingLevel
from tertius.cli.options import Json, Yes

SourceName = Annotated[
    str, typer.Argument(metavar="SOURCE", help="A source of yours: its title, kind or id from `tertius source list`.")
]


def source_list_command(*, as_json: Json = False) -> None:
    """List the loaded sources and their coverage.

    Examples:
        tertius source list
        tertius source list --json
    """
    from tertius.cli.contributing.sources import print_sources

    print_sources(as_json=as_json)


def source_share_command(
    source: SourceName,
    level: Annotated[
        SharingLevel,
        typer.Argument(
            metavar="LEVEL", help="private: nothing. strength: strength labels. evidence: strengths and evidence."
        ),
    ],
    *,
    others: Annotated[
        bool, typer.Option("--others", help="Include ties between two people who are not members.")
    ] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Set what your team may see of a source.

    First shows how many more people the team could reach, and asks for confirmation. With `--json` but without `--yes`
    it prints this preview and changes nothing. `private` is applied without a confirmation.

    Examples:
        tertius source share mailbox strength
        tertius source share linkedin private
    """
    from tertius.cli.contributing.sources import share

    share(source, level, others=others, yes=yes, as_json=as_json)


def source_remove_command(source: SourceName, *, as_json: Json = False) -> None:
    """Remove a source and everything derived from it.

    Examples:
        tertius source remove linkedin
    """
    from tertius.cli.contributing.sources import remove_loaded_source

    remove_loaded_source(source, as_json=as_json)
