"""Options."""

from datetime import date
from typing import Annotated

import typer

from presentation.dates import today

Details = Annotated[bool, typer.Option("--details", help="Numbers beside the words.")]
Limit = Annotated[int, typer.Option(min=1, max=50, help="How many people to show at most.")]
Serve = typer.Option("--serve/--no-serve", help="Serve the API in the foreground, or end when the rest is done.")


def _date(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        raise typer.BadParameter("write the day as 2026-11-22") from None
