"""Sources"""

from dataclasses import dataclass

KEPT = " kept"


def kept(source: str) -> str:
    """The id of what the owner keeps of a source that is shared (graph.halves)."""
    return f"{source}{KEPT}"


PRIVATE, STRENGTH, EVIDENCE = "private", "strength", "evidence"
"""How far a source is shared: not at all; its ties' words; its numbers too (docs/decisions/0013-sharing.md)."""
AT_ONCE, ON_AGREEMENT = "at_once", "on_agreement"
"""When whoever asks is told through which colleague a route leads (docs/decisions/0014-team-routes.md)."""
STATEMENTS = "statements"
COUNTS = frozenset({"merging", "ready"})


@dataclass(frozen=True, slots=True)
class Source:
    """One account of one member. `seen_until` is None for statements, which nobody's silence bounds.

    `parts` are the days of its lists, and the bookmarks of what goes on growing. Of a source that is shared, `others`
    says whether ties between two who are no members are too, and `kept` is the half of it that is not shared, an id.
    """

    id: str
    kind: str
    account: str
    sharing: str
    status: str
    member: str
    seen_until: int | None
    loaded: int | None
    of: str | None
    parts: dict[str, int]
    others: bool = False
    kept: str | None = None

    @property
    def counts(self) -> bool:
        """Whether what it says counts: a source half loaded or being removed says nothing."""
        return self.status in COUNTS

    @property
    def title(self) -> str:
        """As people call it: `mailbox ana@example.org`."""
        return f"{self.kind} {self.account}".strip()


def _parts(stored: list[str] | None) -> dict[str, int]:
    return {name: int(day) for name, _, day in (part.rpartition("=") for part in stored or [])}
