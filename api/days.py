"""Days of the graph as dates of the calendar."""

from datetime import date
from typing import overload

from graph.network import date_of


@overload
def day(found: int) -> date: ...
@overload
def day(found: None) -> None: ...
def day(found: int | None) -> date | None:
    """The date of a day, where there is one."""
    return None if found is None else date_of(found)
