"""Evidence by day: the interactions of one source, channel and ordered pair of identities, summed for each day.

Two values of one day merge to the larger (for the second of the first ask, the smaller). So it changes nothing to load
again, in another order, twice, or in pieces cut between days (docs/decisions/0002-evidence.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NO_ASK = 86_400
"""`ask_second` of a day without an ask: one more than the last second of a day."""

EvidencePair = tuple[str, str, str]
"""Key of the identity that acted, key of the identity it acted towards, channel."""
Columns = dict[str, list[int] | list[float]]
"""Parallel lists by the names of an INTERACTED relationship's properties."""


@dataclass(slots=True)
class EvidenceDay:
    """One UTC day of a pair.

    `weight` is the sum of the day's interactions. `ask_second` and `last_second` are the seconds of the day of the
    first ask (NO_ASK if there is none) and of the last interaction. `statement_end` is the last day on which a
    statement of this day counts; 0 for interactions.
    """

    weight: float = 0.0
    ask_second: int = NO_ASK
    last_second: int = 0
    statement_end: int = 0

    def add(self, weight: float, second: int, *, is_ask: bool) -> None:
        """Add one interaction at this second of the day."""
        self.weight += weight
        self.last_second = max(self.last_second, second)
        if is_ask:
            self.ask_second = min(self.ask_second, second)

    def merged(self, other: "EvidenceDay") -> "EvidenceDay":
        """Two values of one day as one. This one's `statement_end` wins, because it is the later statement."""
        return EvidenceDay(
            max(self.weight, other.weight),
            min(self.ask_second, other.ask_second),
            max(self.last_second, other.last_second),
            self.statement_end or other.statement_end,
        )


@dataclass(slots=True)
class DailyEvidence:
    """All days of one pair."""

    days: dict[int, EvidenceDay] = field(default_factory=dict)

    def on(self, day: int) -> EvidenceDay:
        """The entry of a day, which is created if it is missing."""
        entry = self.days.get(day)
        if entry is None:
            entry = self.days[day] = EvidenceDay()
        return entry

    def merged(self, other: "DailyEvidence") -> "DailyEvidence":
        """The days of both, each merged."""
        days = dict(self.days)
        for day, entry in other.days.items():
            days[day] = days[day].merged(entry) if day in days else entry
        return DailyEvidence(days)

    def retained(self, since: int | None) -> "DailyEvidence":
        """Without the days before `since`; if none would remain, the last one is kept.

        Statements are returned unchanged, because they end by themselves.
        """
        if since is None or len(self.days) < 2 or any(entry.statement_end for entry in self.days.values()):
            return self
        last = max(self.days)
        return DailyEvidence({day: entry for day, entry in self.days.items() if day >= min(since, last)})

    @classmethod
    def from_columns(cls, row: Mapping[str, list[float]]) -> "DailyEvidence":
        """Convert the columns of a stored relationship."""
        ends = row.get("ends") or [0] * len(row["days"])
        columns = zip(row["days"], row["weights"], row["ask_seconds"], row["last_seconds"], ends, strict=True)
        return cls(
            {int(day): EvidenceDay(weight, int(ask), int(last), int(end)) for day, weight, ask, last, end in columns}
        )

    def to_columns(self) -> Columns:
        """The columns of a stored relationship, in ascending order of days. Only statements have `ends`."""
        order = sorted(self.days)
        columns: Columns = {
            "days": order,
            "weights": [self.days[day].weight for day in order],
            "ask_seconds": [self.days[day].ask_second for day in order],
            "last_seconds": [self.days[day].last_second for day in order],
        }
        if order and self.days[order[0]].statement_end:
            columns["ends"] = [self.days[day].statement_end for day in order]
        return columns


def find_asks(outbound: DailyEvidence, inbound: DailyEvidence | None, *, within: int) -> dict[str, list[int]]:
    """The asks in `outbound` and the days of their answers in `inbound`, as parallel lists `asks` and `answered`.

    An ask is the first message to a person in 24 hours, at most one a day. `answered` is the day of the first message
    back within `within` days, otherwise the day of the ask + `within` + 1.
    """
    ask_days: list[int] = []
    answer_days: list[int] = []
    inbound_days = sorted(inbound.days) if inbound else []
    start = 0
    for day in sorted(outbound.days):
        second = outbound.days[day].ask_second
        before = outbound.days.get(day - 1)
        if second == NO_ASK or (before is not None and before.last_second > second):
            continue
        while start < len(inbound_days) and inbound_days[start] < day:
            start += 1
        answer_day = day + within + 1
        for candidate in inbound_days[start : start + 2]:  # the same day if that was later, else the next
            if inbound is not None and (candidate > day or inbound.days[candidate].last_second > second):
                answer_day = min(answer_day, candidate)
                break
        ask_days.append(day)
        answer_days.append(answer_day)
    return {"asks": ask_days, "answered": answer_days}


def columns_with_asks(
    evidence: Mapping[EvidencePair, DailyEvidence],
    pairs: Iterable[EvidencePair],
    *,
    asking_channels: Iterable[str],
    within: int,
) -> dict[EvidencePair, Columns]:
    """The columns of these pairs; asks and answers are filled in for channels on which people ask.

    `evidence` must contain the opposite direction of each pair, if there is one.
    """
    channels = frozenset(asking_channels)
    rows: dict[EvidencePair, Columns] = {}
    for by, towards, channel in pairs:
        outbound = evidence[by, towards, channel]
        asks: dict[str, list[int]] = {"asks": [], "answered": []}
        if channel in channels:
            asks = find_asks(outbound, evidence.get((towards, by, channel)), within=within)
        rows[by, towards, channel] = {**outbound.to_columns(), **asks}
    return rows
