"""A database that takes another one's place: killed at any moment, one of the two is there and whole.

What is being built in a `room` means nothing yet; `whole` is built; `going` was in place before. Each step is a
renaming, and `finish`, which every start begins with, ends what was begun.
"""

import secrets
import shutil
from pathlib import Path

from tertius.localdb.process import Place

_ROOM = "coming-"


def room(place: Place) -> Path:
    """An empty home for the database that comes. Nobody else's: what was killed may have a child that still writes."""
    made = place.home / f"{_ROOM}{secrets.token_hex(4)}"
    made.mkdir(mode=0o700)
    (made / "conf").mkdir()
    return made


def change(place: Place, built: Path) -> None:
    """Put the one that was built into place. The server is down."""
    (built / "data" / place.mark.name).touch()
    built.rename(place.whole)
    if place.data.exists():
        place.data.rename(place.going)
    finish(place)


def finish(place: Place) -> None:
    """End what was killed on the way: where nothing is in place any more, what was built is put there."""
    if place.whole.exists() and not (place.data / "databases").exists():
        shutil.rmtree(place.data, ignore_errors=True)
        (place.whole / "data").rename(place.data)
    for left in (*place.home.glob(f"{_ROOM}*"), place.whole, place.going):
        shutil.rmtree(left, ignore_errors=True)
