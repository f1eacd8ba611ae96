"""The commands `tertius insights …`."""

from typing import Annotated, Literal

import typer

from tertius.cli.options import Json, ListFile, OnlyTag


def health_command(tag: OnlyTag = None, *, as_json: Json = False) -> None:
    """Count your connections by contact with you.

    Every person whom one of your sources lists is in exactly one class. docs/insights.md defines the classes.

    Examples:
        tertius insights health
        tertius insights health --tag clients --json
    """
    from tertius.cli.insights.own_network.health import show_health

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
    out: ListFile = None,
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
    from tertius.cli.insights.own_network.connections import show_connections

    show_connections(only, tag=tag, out=out, as_json=as_json)


def goal_command(
    purpose: Annotated[
        Literal["job-search", "thought-leadership", "sales", "recruiting", "founding"] | None,
        typer.Argument(
            metavar="[PURPOSE]",
            help="job-search, thought-leadership, sales, recruiting or founding. Without it, your goal is shown.",
        ),
    ] = None,
    stage: Annotated[
        Literal["early-career", "mid-career", "senior", "starting", "established"] | None,
        typer.Option(
            "--stage",
            metavar="STAGE",
            help="early-career, mid-career or senior for a job search; starting or established for other purposes.",
        ),
    ] = None,
    company: Annotated[
        list[str] | None,
        typer.Option("--company", metavar="NAME", help="A company to reach. Repeatable."),
    ] = None,
    role: Annotated[
        list[str] | None, typer.Option("--role", metavar="WORDS", help="A job title to reach. Repeatable.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="WORDS", help="A field of work to reach. Repeatable.")
    ] = None,
    tag: OnlyTag = None,
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Remove your goal.")] = False,
    as_json: Json = False,
) -> None:
    """Show or set what your network is for.

    Shows who knows you, whom you can reach, and the number of connections that is commonly advised. Nobody else sees
    it.

    Examples:
        tertius insights goal
        tertius insights goal job-search --stage senior --company "Halden Robotics" --role "product manager"
        tertius insights goal --tag clients
        tertius insights goal --remove
    """
    from tertius.cli.insights.own_network.goals import parse_goal, show_goal

    if remove and purpose is not None:
        raise typer.BadParameter("Give a purpose or --remove, not both.")
    if (purpose is None) is not (stage is None):
        raise typer.BadParameter("Name the purpose and the stage together.")
    if purpose is None and (company or role or field):
        raise typer.BadParameter("Name the purpose and the stage with the companies, roles and fields.")
    chosen = None if purpose is None or stage is None else parse_goal(purpose, stage, company, role, field)
    show_goal(chosen, is_removed=remove, tag=tag, as_json=as_json)
