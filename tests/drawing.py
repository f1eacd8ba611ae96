"""Draws small graphs: `await grow("ana <-0.9- ben -0.8-> cleo")`.

An arrow is KNOWS: `ana <-0.9- ben` says that Ben knows Ana with strength 0.9. `-0.8/0.5->` sets
`strength` to 0.8 and `mutual_strength` to 0.5; otherwise both are equal. The words are ids and names. The network is
`test`.
"""

import re

from graph.viewer import NETWORK_AUDIENCE, Viewer

NETWORK = "test"
AS_OF = 20_779
"""The network's day in tests: 22 Nov 2026."""

_RIGHT = re.compile(r"^-([\d.]+)(?:/([\d.]+))?->$")
_LEFT = re.compile(r"^<-([\d.]+)(?:/([\d.]+))?-$")


def ties(drawing: str) -> list[dict[str, object]]:
    """Parse a drawing into the rows of its ties."""
    words = drawing.split()
    rows: list[dict[str, object]] = []
    for left, arrow, right in zip(words[::2], words[1::2], words[2::2], strict=False):
        if match := _RIGHT.match(arrow):
            by, towards = left, right
        elif match := _LEFT.match(arrow):
            by, towards = right, left
        else:
            raise ValueError(f"not an arrow: {arrow}")
        strength = float(match[1])
        mutual_strength = float(match[2]) if match[2] else strength
        rows.append({"by": by, "towards": towards, "strength": strength, "mutual_strength": mutual_strength})
    return rows


def people(drawing: str) -> list[str]:
    """Everybody in a drawing, single names included."""
    return drawing.split()[::2]


def viewer(person: str) -> Viewer:
    """The view of a member of the drawn network who sees everything in it."""
    return Viewer(
        network=NETWORK,
        member="member",
        person_id=person,
        audiences=(NETWORK_AUDIENCE, "member"),
        sources=("drawn",),
        as_of=AS_OF,
    )
