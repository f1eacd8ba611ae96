"""The commands `tertius insights …`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from tertius.cli.options import Json

OnlyTag = Annotated[str | None, typer.Option("--tag", metavar="TAG", help="Only people with this tag.")]


def health_command(tag: OnlyTag = None, *, as_json: Json = False) -> None:
    """Show what your connections are worth.

    Every person whom one of your sources lists is in exactly one class. docs/insights.md defines the classes.

    Examples:
        tertius insights health
        tertius insights health --tag clients --json
    """
    from tertius.cli.insights.health import show_health

    show_health(tag, as_json=as_json)


def connections_command(
    only: Annotated[
        Literal["strong", "mutual", "they-reach-out", "you-reach-out", "gone-cold", "never"] | None,
        typer.Option(
            "--class",
            metavar="CLASS",
            help="Only one class: strong, mutual, they-reach-out, you-reach-out, gone-cold or never.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the list as CSV. `-` writes to stdout.")
    ] = None,
    tag: OnlyTag = None,
    *,
    as_json: Json = False,
) -> None:
    """List your connections with their class.

    The list has a reason for every class.

    Examples:
        tertius insights connections --class gone-cold
        tertius insights connections --out connections.csv
    """
    from tertius.cli.insights.connections import show_connections

    show_connections(only, tag=tag, out=out, as_json=as_json)
