"""The newest version of a calendar event counts over separate loads, in any order, and no load counts twice."""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import neo4j
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.ingest.collect import collect_records
from graph.strength.model import model
from sources import calendar
from tests.graph.worlds import TODAY, load_export, network_contents
from tests.laws.test_load import few_examples

ME = "ana@home.example"
OTHERS = ("ben@acme.example", "cleo@far.example", "dan@far.example")
START = datetime(TODAY.year, TODAY.month, 1, 9, tzinfo=UTC) - timedelta(days=90)
number = count()


class Version(NamedTuple):
    """One version of an event, as a file of its own. `hours` and `occurrence` count from START, in hours and weeks."""

    uid: str = "1"
    sequence: int = 0
    written: int = 0
    hours: int = 0
    guests: tuple[str, ...] = OTHERS[:1]
    weeks: int = 1
    occurrence: int | None = None
    method: str = "REQUEST"

    def text(self) -> str:
        occurrence, start = None, START + timedelta(hours=self.hours)
        if self.occurrence is not None:
            occurrence = START + timedelta(weeks=self.occurrence)
        lines = [
            f"UID:{self.uid}",
            f"SEQUENCE:{self.sequence}",
            f"DTSTAMP:{START + timedelta(days=60, minutes=self.written):%Y%m%dT%H%M%SZ}",
            f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
            f"ORGANIZER:mailto:{ME}",
            *(f"ATTENDEE:mailto:{guest}" for guest in self.guests),
        ]
        if occurrence:
            lines.append(f"RECURRENCE-ID:{occurrence:%Y%m%dT%H%M%SZ}")
        elif self.weeks > 1:
            lines.append(f"RRULE:FREQ=WEEKLY;COUNT={self.weeks}")
        event = "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))
        return f"BEGIN:VCALENDAR\nMETHOD:{self.method}\n{event}\nEND:VCALENDAR\n"


async def load(graph: Graph, folder: Path, name: str, *versions: Version) -> Any:
    paths = []
    for version in versions:
        paths.append(folder / f"{next(number)}.ics")
        paths[-1].write_text(version.text())
    return await load_export(graph, calendar.read(paths), kind="calendar", name=name, owner=ME)


async def meetings(driver: neo4j.AsyncDriver, name: str) -> list[tuple[str, int]]:
    """Whom the owner met, and on which day after START."""
    rows, _, _ = await driver.execute_query(
        """
        MATCH (n:Network {name: $name})
        MATCH (i:Identity {network: n.id, key: $me})-[e:INTERACTED]->(j:Identity)
        UNWIND range(0, size(e.days) - 1) AS k
        RETURN j.key AS key, e.days[k] AS day, e.weights[k] AS weight ORDER BY day, key
        """,
        name=name,
        me=f"email:{ME}",
    )
    first = START.date().toordinal() - datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    return [(row["key"].partition(":")[2].partition("@")[0], row["day"] - first) for row in rows]


FIRST = Version()


@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (FIRST, Version(sequence=1, hours=48), [("ben", 2)]),
        (FIRST, Version(written=120, hours=48), [("ben", 2)]),
        (FIRST, Version(written=120, guests=OTHERS[1:2]), [("cleo", 0)]),
        (Version(written=900), Version(sequence=1, hours=48), [("ben", 2)]),
        (FIRST, Version(sequence=1, method="CANCEL"), []),
        (FIRST, Version(method="CANCEL", guests=()), []),
        (Version(method="CANCEL"), Version(sequence=1, hours=24), [("ben", 1)]),
        (FIRST, Version(sequence=1, method="REPLY", hours=48), [("ben", 0)]),
        (Version(weeks=3), Version(sequence=1, weeks=2), [("ben", 0), ("ben", 7)]),
        (Version(weeks=3), Version(occurrence=1, sequence=1, hours=192), [("ben", 0), ("ben", 8), ("ben", 14)]),
        (Version(weeks=3), Version(occurrence=1, sequence=1, method="CANCEL"), [("ben", 0), ("ben", 14)]),
        (Version(occurrence=1, hours=192), Version(sequence=1, weeks=3, method="CANCEL"), []),
        (FIRST, Version(uid="2"), [("ben", 0)]),
        (FIRST, Version(uid="2", hours=1, guests=OTHERS[1:2]), [("ben", 0), ("cleo", 0)]),
    ],
)  # fmt: skip
async def test_the_newest_version_counts_over_separate_loads(
    driver: neo4j.AsyncDriver,
    graph: Graph,
    tmp_path: Path,
    older: Version,
    newer: Version,
    expected: list[tuple[str, int]],
    is_reversed: bool,
) -> None:
    for version in (newer, older, newer) if is_reversed else (older, newer, older):
        report = await load(graph, tmp_path, "home", version)

    assert await meetings(driver, "home") == expected
    counts = report.load.row_counts()
    assert counts.total == counts.read + counts.merged + counts.skipped + counts.unreadable


async def test_an_older_version_that_is_loaded_later_is_reported(graph: Graph, tmp_path: Path) -> None:
    await load(graph, tmp_path, "home", Version(sequence=1, method="CANCEL"), Version(uid="2", hours=1))

    report = await load(graph, tmp_path, "home", FIRST)

    assert (report.changed, report.load.interactions) == (False, 0)
    assert report.load.skipped["", "an older version of the event"] == 1


versions = st.lists(
    st.builds(
        Version,
        uid=st.sampled_from("12"),
        sequence=st.integers(0, 2),
        written=st.sampled_from((0, 30, 100, 3000)),
        hours=st.integers(0, 400),
        guests=st.frozensets(st.sampled_from(OTHERS), min_size=1).map(lambda guests: tuple(sorted(guests))),
        weeks=st.integers(1, 3),
        occurrence=st.none() | st.integers(0, 2),
        method=st.sampled_from(("REQUEST", "REQUEST", "PUBLISH", "CANCEL", "REPLY")),
    ),
    min_size=3,
    max_size=9,
)


@settings(few_examples, max_examples=12)
@example(
    files=[FIRST, Version(written=50, guests=OTHERS[1:2]), Version(written=100, guests=OTHERS[2:])], order=[2, 0, 1, 0]
)
@example(
    files=[Version(method="REPLY", written=3000), Version(weeks=2, uid="2"), Version(method="REPLY", occurrence=2)],
    order=[1, 0, 2, 2, 0, 1],
)
@given(files=versions, order=st.permutations([0, 1, 2, 0, 1, 2]))
async def test_pieces_of_a_calendar_in_any_order_equal_one_load(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path, files: list[Version], order: list[int]
) -> None:
    pieces = [files[rest::3] for rest in range(3)]
    in_one, in_pieces = f"n{next(number)}", f"n{next(number)}"

    await load(graph, tmp_path, in_one, *files)
    for piece in order:
        await load(graph, tmp_path, in_pieces, *pieces[piece])

    one, other = await network_contents(driver, in_one), await network_contents(driver, in_pieces)
    for part in ("evidence", "ties"):
        assert {*other[part]} ^ {*one[part]} == set()


def test_an_event_with_another_uid_in_each_export_counts_once(tmp_path: Path) -> None:
    paths = [tmp_path / "first.ics", tmp_path / "second.ics"]
    for path in paths:
        path.write_text("".join(Version(uid=path.stem, hours=hours).text() for hours in (0, 24)))

    collected = collect_records(calendar.read(paths), model(), today=TODAY)

    assert (collected.interactions, collected.row_counts().merged) == (2, 2)
