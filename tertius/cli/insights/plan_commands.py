"""The command that plans a list of targets: its parameters and help."""

from pathlib import Path
from typing import Annotated

import typer

from tertius.cli.options import IntroducerLimit, Json, Team


def insights_plan_command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A list of up to 200 targets, as for `tertius targets`. `-` reads stdin.",
        ),
    ],
    requests_each: Annotated[
        int,
        typer.Option(
            min=1, max=20, metavar="N", help="The maximum number of targets for each introducer. They may take fewer."
        ),
    ] = 2,
    max_introducers: IntroducerLimit = 2,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write the plan as CSV. `-` writes to stdout."),
    ] = None,
    *,
    team: Team = False,
    as_json: Json = False,
) -> None:
    """Assign a list of targets to introducers.

    The plan maximises the expected number of introductions. It respects the caps of introducers and the requests that
    they already have. It also shows who stays uncovered and why, and which new ties would open most of these targets.

    Examples:
        tertius insights plan prospects.csv
        tertius insights plan prospects.csv --requests-each 3 --out plan.csv
    """
    from tertius.cli.insights.plans import plan

    plan(file, requests_each=requests_each, max_introducers=max_introducers, out=out, team=team, as_json=as_json)
