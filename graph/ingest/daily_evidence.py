"""The interactions of one source, channel and ordered pair, added up by day: the weighted edge.

What is kept of a day merges by the larger (and, for the second of the first ask, the smaller), so loading again, in
another order, in pieces cut between days or twice over changes nothing (docs/decisions/0002-evidence.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NEVER = 86_400
"""The second of a day on which nothing was asked."""

Pair = tuple[str, str, str]
"""Who did it (an identity's key), towards whom, over which channel."""


@dataclass(slots=True)
class Day:
    """One UTC day of a pair: summed weight, the second of the first ask (NEVER: none) and of the last thing done.

    `ends` is the last day of what was said on this one; 0 of what was seen.
    """

    weight: float = 0.0
    asked: int = NEVER
    until: int = 0
    ends: int = 0

    def add(self, weight: float, second: int, *, asks: bool) -> None:
        """Count one more interaction on this day."""
        self.weight += weight
        self.until = max(self.until, second)
        if asks:
            self.asked = min(self.asked, second)

    def joined(self, other: "Day") -> "Day":
        """The two views of one day as one. What was said ends when this one says, which is the later said."""
        return Day(
            max(self.weight, other.weight),
            min(self.asked, other.asked),
            max(self.until, other.until),
            self.ends or other.ends,
        )


@dataclass(slots=True)
class Evidence:
    """All days of one pair."""

    days: dict[int, Day] = field(default_factory=dict)

    def on(self, day: int) -> Day:
        """The day's entry, made where it is new."""
        found = self.days.get(day)
        if found is None:
            found = self.days[day] = Day()
        return found

    def joined(self, other: "Evidence") -> "Evidence":
        """The evidence of both, per day the larger."""
        days = dict(self.days)
        for number, day in other.days.items():
            days[number] = days[number].joined(day) if number in days else day
        return Evidence(days)

    def lately(self, since: int | None) -> "Evidence":
        """Without the days before that one; where none is left, the last of them. What was said ends by itself."""
        if since is None or len(self.days) < 2 or any(day.ends for day in self.days.values()):
            return self
        last = max(self.days)
        return Evidence({number: day for number, day in self.days.items() if number >= min(since, last)})

    @classmethod
    def read(cls, row: Mapping[str, list[float]]) -> "Evidence":
        """From the columns of a stored edge."""
        ends = row.get("ends") or [0] * len(row["days"])
        columns = zip(row["days"], row["weights"], row["asked"], row["until"], ends, strict=True)
        return cls({int(day): Day(weight, int(a), int(u), int(e)) for day, weight, a, u, e in columns})

    def columns(self) -> dict[str, list[int] | list[float]]:
        """Parallel lists, the days ascending, as an edge stores them; `ends` of statements alone."""
        order = sorted(self.days)
        found: dict[str, list[int] | list[float]] = {
            "days": order,
            "weights": [self.days[day].weight for day in order],
            "asked": [self.days[day].asked for day in order],
            "until": [self.days[day].until for day in order],
        }
        if order and self.days[order[0]].ends:
            found["ends"] = [self.days[day].ends for day in order]
        return found


def asks(asker: Evidence, asked: Evidence | None, *, within: int) -> dict[str, list[int]]:
    """The asker's asks as `{"asks": days, "answered": days}`, in parallel.

    An ask is the first message to somebody in 24 hours, at most one a day. `answered` is the day of the first message
    back within `within` days, else the ask's day + `within` + 1.
    """
    asked_on: list[int] = []
    answered_on: list[int] = []
    back = sorted(asked.days) if asked else []
    start = 0
    for day in sorted(asker.days):
        second = asker.days[day].asked
        before = asker.days.get(day - 1)
        if second == NEVER or (before is not None and before.until > second):
            continue
        while start < len(back) and back[start] < day:
            start += 1
        answer = day + within + 1
        for candidate in back[start : start + 2]:  # the same day, if it was later, else the next
            if asked is not None and (candidate > day or asked.days[candidate].until > second):
                answer = min(answer, candidate)
                break
        asked_on.append(day)
        answered_on.append(answer)
    return {"asks": asked_on, "answered": answered_on}


def with_asks(
    pairs: Mapping[Pair, Evidence], chosen: Iterable[Pair], *, asking: Iterable[str], within: int
) -> dict[Pair, dict[str, list[int] | list[float]]]:
    """The columns of the chosen pairs, asks and answers included where the channel is one that asks.

    `pairs` must hold the way back of each chosen pair, if there is one.
    """
    channels = frozenset(asking)
    rows: dict[Pair, dict[str, list[int] | list[float]]] = {}
    for by, towards, channel in chosen:
        evidence = pairs[by, towards, channel]
        found: dict[str, list[int]] = {"asks": [], "answered": []}
        if channel in channels:
            found = asks(evidence, pairs.get((towards, by, channel)), within=within)
        rows[by, towards, channel] = {**evidence.columns(), **found}
    return rows
