"""The evidence of a load in memory, in the form of the queries that read stored evidence.

The first load of a network has all evidence that its ties are derived from, so that nothing is read back.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from graph.names.keys import work_domain
from graph.ties.pair_ties import PairEvidence, PersonEvidence

_Edge = list[Any]


@dataclass(frozen=True, slots=True)
class LoadedRows:
    """The only source of a network, and its evidence: the properties by acting identity, other identity and channel."""

    source: str
    evidence: Mapping[tuple[str, str, str], Mapping[str, Any]]


class LoadedEvidence:
    """The evidence of a network by person. `shared_mailboxes` are people."""

    def __init__(self, rows: LoadedRows, person_by_key: Mapping[str, str], shared_mailboxes: AbstractSet[str]) -> None:
        self._shared_mailboxes = shared_mailboxes
        self._edges: defaultdict[str, defaultdict[str, list[_Edge]]] = defaultdict(lambda: defaultdict(list))
        self._asks: defaultdict[str, list[tuple[str, list[Any]]]] = defaultdict(list)
        self._domains: defaultdict[str, set[str]] = defaultdict(set)
        for key, person in person_by_key.items():
            if domain := work_domain(key):
                self._domains[person].add(domain)
        for (i, j, channel), row in rows.evidence.items():
            by, towards = person_by_key.get(i), person_by_key.get(j)
            if by is None or towards is None or by == towards:
                continue
            values = (rows.source, channel, row["days"], row["weights"], row.get("ends"))
            if by < towards:
                self._edges[by][towards].append([i, j, True, *values])
            else:
                self._edges[towards][by].append([j, i, False, *values])
            if row.get("asks"):
                self._asks[towards].append((by, [i, j, rows.source, channel, row["asks"], row["answered"]]))

    def asks(self, people: Iterable[str], owners: Mapping[str, str]) -> list[tuple[str, list[list[Any]]]]:
        """Return the requests to these people, as ties/read_asks does."""
        return [
            (person, [ask for by, ask in self._asks.get(person, ()) if owners.get(ask[2]) in (None, by, person)])
            for person in people
        ]

    def evidence(self, people: Sequence[str]) -> list[PersonEvidence]:
        """Return the evidence of these people, as ties/read_evidence_to_derive does for all people of a network."""
        return [
            PersonEvidence(person, person in self._shared_mailboxes, 0.0, 0.0, self._pairs(person, pairs))
            for person in people
            if (pairs := self._edges.get(person))
        ]

    def _pairs(self, person: str, edges: Mapping[str, Collection[_Edge]]) -> list[PairEvidence]:
        domains = self._domains.get(person, set())
        return [
            PairEvidence(
                other,
                other in self._shared_mailboxes,
                0.0,
                0.0,
                not domains.isdisjoint(self._domains.get(other, ())),
                list(messages),
                (),
            )
            for other, messages in edges.items()
        ]
