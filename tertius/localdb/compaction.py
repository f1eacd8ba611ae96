"""`tertius compact`: what was deleted is erased from the local database's files, by copying the rest into fresh ones.

Neo4j writes over what was deleted when it comes by, and no sooner. The copy is made in a folder beside the database's,
which is moved there first: so no other command finds it meanwhile, and each waits for the lock. The file `whole` says
that the copy is; killed before it, the next start takes the old folder back, killed after it, the new one
(tertius.database.settle).
"""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from graph.database.client import connected
from graph.database.copy_store import copy
from graph.database.migrations import migrate
from graph.progress import SILENT, Progress
from tertius.errors import ServerError
from tertius.localdb import lifecycle, process
from tertius.localdb.process import Place
from tertius.settings import Settings

DUE = timedelta(days=30)
"""How long whom one forgot may stand in the files, if nobody compacts them (docs/privacy.md)."""


def compact(found: Settings, progress: Progress = SILENT) -> int:
    """Erase what was deleted; how many rows are left. Raises ServerError where no database of Tertius's own is here."""
    if found.neo4j.uri:
        raise ServerError(
            "Tertius compacts its own database alone: your own Neo4j is copied by its own tools (docs/privacy.md)."
        )
    place = Place(found.home)
    work = lifecycle.workshop(place)
    old, new = (found.model_copy(update={"home": work / which}) for which in ("old", "new"))
    if not (place.neo4j / "data" / "databases").exists() and not work.exists():
        raise ServerError("There is no database here yet: nothing is to be erased.")
    with lifecycle.alone(place, progress):
        lifecycle.settle(place)
        lifecycle.end(place)
        port = process.last_port(place)
        work.mkdir(mode=0o700)
        for one in (old, new):
            one.home.mkdir(mode=0o700)
            process.write_private(one.home / "password", process.password(place))
        place.neo4j.rename(Place(old.home).neo4j)
        # not at its port, where a service may be waiting for it to come back
        (Place(old.home).neo4j / "conf" / "neo4j.conf").unlink()
        try:
            rows = asyncio.run(_copied(_running(old, progress), _running(new, progress), progress))
            for one in (old, new):
                lifecycle.end(Place(one.home))
            (Place(new.home).neo4j / "compacted").touch()
            (Place(new.home).neo4j / "conf" / "neo4j.conf").write_text(f"127.0.0.1:{port}\n", "ascii")
            process.write_private(work / "whole", "")
        finally:
            lifecycle.settle(place)
    return rows


def due(found: Settings, now: datetime) -> bool:
    """Whether somebody was forgotten since the last time, and that, or the first forgetting of all, is longer ago."""
    place = Place(found.home)
    forgotten, first = (_changed(place.home / name) for name in ("forgotten", "forgotten.key"))
    compacted = _changed(place.neo4j / "compacted")
    if found.neo4j.uri or forgotten is None or (compacted is not None and compacted > forgotten):
        return False
    return now - (compacted or first or forgotten) > DUE


def _running(found: Settings, progress: Progress) -> lifecycle.Address:
    address = lifecycle.running(found, progress)
    migrate(address.uri, address.user, address.password.get_secret_value())
    return address


async def _copied(old: lifecycle.Address, new: lifecycle.Address, progress: Progress) -> int:
    ends = [(one.uri, one.user, one.password.get_secret_value()) for one in (old, new)]
    async with connected(*ends[0]) as before, connected(*ends[1]) as after:
        return await copy(before, after, progress)


def _changed(path: Path) -> datetime | None:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None
