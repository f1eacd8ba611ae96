"""Sums the stored evidence between the viewer and one person: what each of the two did towards the other."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.strength.model import model

Edge = Sequence[Any]
"""An entry of `edges` of insights/list_contacts_of_viewer."""
_Days = dict[int, float]
"""The weight of the interactions of each day."""


@dataclass(frozen=True, slots=True)
class Contact:
    """The contact of one person with another in one direction, over all sources in view.

    `days` are the days of messages, calls, small meetings, invitations with a note and recommendations, ascending. An
    endorsement, a reaction or a large meeting alone is no contact: it counts only in `counts`, the number of
    interactions by channel. `answered` are the days of asks with contact back in the time to answer, `unanswered` those
    of asks without, where the sources cover that time. An ask soon after contact of the other is a response. `amounts`
    are the stored evidence, statements included: source, days and their weights.
    """

    days: tuple[int, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    unanswered: tuple[int, ...] = ()
    answered: tuple[int, ...] = ()
    amounts: tuple[tuple[str, Sequence[int], Sequence[float]], ...] = ()

    @property
    def first_day(self) -> int | None:
        """The day of the first contact; None without contact."""
        return self.days[0] if self.days else None

    @property
    def last_day(self) -> int | None:
        """The day of the last contact; None without contact."""
        return self.days[-1] if self.days else None

    @property
    def count(self) -> int:
        """The number of interactions on all channels."""
        return sum(self.counts.values())

    def days_until(self, day: int) -> tuple[int, ...]:
        """The days of contact up to a day, that day included."""
        return self.days[: bisect_right(self.days, day)]

    def days_since(self, day: int) -> tuple[int, ...]:
        """The days of contact after a day."""
        return self.days[bisect_right(self.days, day) :]


NO_CONTACT = Contact()


def sum_contacts(edges: Sequence[Edge], as_of: int, covered: int | None) -> tuple[Contact, Contact, dict[str, int]]:
    """Sum the evidence of the viewer and a person up to a day: outwards, inwards, and the viewer's valid statements.

    `covered` is the last day that the sources cover. Sources that contain the same channel between the same identities
    may contain the same interactions: a day counts once, with the larger weight.
    """
    if not edges:
        return NO_CONTACT, NO_CONTACT, {}
    lasting = model().statement_lasts
    evidence: dict[bool, list[Edge]] = {True: [], False: []}
    statements: dict[str, int] = {}
    for edge in edges:
        _, _, is_outward, _, channel, days, _, ends, _ = edge
        if channel not in lasting:
            evidence[is_outward].append(edge)
            continue
        valid = [day for day, end in zip(days, ends, strict=True) if day <= as_of <= end]
        if valid and is_outward:
            statements[channel] = max([*valid, statements.get(channel, 0)])
    days = {way: _contact_days(evidence[way], as_of) for way in (True, False)}
    outwards, inwards = (
        _contact(
            evidence[way],
            days[way],
            days[not way],
            as_of,
            covered,
            tuple((edge[3], edge[5], edge[6]) for edge in edges if edge[2] is way),
        )
        for way in (True, False)
    )
    return outwards, inwards, statements


def last_contact_day(edges: Iterable[Edge], as_of: int) -> int | None:
    """Return the last day of contact in either direction up to a day; None without contact."""
    lasting = model().statement_lasts
    days = _contact_days([edge for edge in edges if edge[4] not in lasting], as_of)
    return days[-1] if days else None


def _contact_days(edges: Iterable[Edge], as_of: int) -> list[int]:
    """The days of contact, ascending."""
    reaching = model().reaching
    days: set[int] = set()
    for edge in edges:
        if edge[4] in reaching:
            days.update(edge[5])
    ordered = sorted(days)
    return ordered[: bisect_right(ordered, as_of)]


def _contact(
    edges: Sequence[Edge],
    days: Sequence[int],
    answers: Sequence[int],
    as_of: int,
    covered: int | None,
    amounts: tuple[tuple[str, Sequence[int], Sequence[float]], ...],
) -> Contact:
    if not amounts:
        return NO_CONTACT
    within = model().answer_within
    asks = sorted({day for edge in edges for day in edge[8] or () if day <= as_of})
    # asks without any contact back before or after; an ask soon after contact of the other is a response
    unanswered = (day for day in asks if _has_none(answers, day - within, day + within))
    return Contact(
        days=tuple(days),
        counts=_counts(edges, as_of),
        unanswered=tuple(day for day in unanswered if covered is not None and day + within <= covered),
        answered=tuple(day for day in asks if not _has_none(answers, day, day + within)),
        amounts=amounts,
    )


def _has_none(days: Sequence[int], first: int, last: int) -> bool:
    """Whether none of these ascending days is from `first` to `last`."""
    place = bisect_left(days, first)
    return place == len(days) or days[place] > last


def _counts(edges: Sequence[Edge], as_of: int) -> dict[str, int]:
    weights: dict[tuple[str, str, str], _Days] = {}
    sums: dict[str, float] = defaultdict(float)
    channels = [(edge[0], edge[1], edge[4]) for edge in edges]
    is_overlapping = len({*channels}) < len(channels)
    for slot, edge in zip(channels, edges, strict=True):
        days, day_weights = edge[5], edge[6]
        if not is_overlapping and days and days[-1] <= as_of:  # days ascend
            sums[slot[2]] += sum(day_weights)
            continue
        held = weights.setdefault(slot, {})
        for day, weight in zip(days, day_weights, strict=True):
            if day <= as_of:
                held[day] = max(weight, held.get(day, 0.0))
    for (_, _, channel), held in weights.items():
        if held:
            sums[channel] += sum(held.values())
    return {channel: max(1, round(total / model().weights[channel])) for channel, total in sorted(sums.items())}
