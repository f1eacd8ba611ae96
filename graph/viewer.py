"""The member a request comes from, and what that member may see.

A Viewer is built from a token or from the laptop's own account, never from an argument of a request.
"""

from dataclasses import dataclass, replace
from typing import Self

NETWORK_AUDIENCE = "network"
"""KNOWS.audience of a tie that every member's routes may use."""


def unroutable_audience(audience: str) -> str:
    """Audience of a tie that this audience may see but not route over, because of a statement about the tie."""
    return f"{audience} unroutable"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member of one network and that member's view of it, at one moment.

    Fields:
        network, member: ids.
        person_id: the member's own person; None until a source identifies the member.
        audiences: values of KNOWS.audience that the member's routes may use: the network's and the member's own.
        sources: ids of the complete sources in view.
        as_of: the network's day, counted from 1970-01-01 like every day in the graph.
        strength_only_sources: those of `sources` whose ties show their strength and no evidence.
        colleagues: people of the other members who share a source; team routes may start at them.
        withheld_colleagues: those of `colleagues` who have not consented to being named yet.
        excluded_introducers: people through whom no route of the viewer may lead.
        own_exclusions: those of `excluded_introducers` whom nobody but the viewer excluded.
        excluded_colleagues: those of `own_exclusions` who would be in `colleagues` otherwise.
        objectors: people who objected to routes: none may lead to them.
        archived_people: people whom the member archived. They are in no answer but the review of archived people.
        ties_id: NetworkState.ties_id of the state that the view was built from.
    """

    network: str
    member: str
    person_id: str | None
    audiences: tuple[str, ...]
    sources: tuple[str, ...]
    as_of: int
    strength_only_sources: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    withheld_colleagues: tuple[str, ...] = ()
    excluded_introducers: tuple[str, ...] = ()
    own_exclusions: frozenset[str] = frozenset()
    excluded_colleagues: tuple[str, ...] = ()
    objectors: tuple[str, ...] = ()
    archived_people: frozenset[str] = frozenset()
    ties_id: str | None = None

    @property
    def ineligible_introducers(self) -> tuple[str, ...]:
        """People who may not be introducers on the viewer's routes."""
        own = self.person_id or ""
        return (own, *self.withheld_colleagues, *self.excluded_introducers, *sorted(self.archived_people))

    @property
    def duplicate_audiences(self) -> tuple[str, ...]:
        """Audiences of the possible duplicates (PROBABLE_DUPLICATE) that the viewer may see."""
        return (NETWORK_AUDIENCE, self.member)

    @property
    def evidence_sources(self) -> tuple[str, ...]:
        """Sources whose numbers, days and channels the viewer may see."""
        return tuple(source for source in self.sources if source not in self.strength_only_sources)

    @property
    def visible_audiences(self) -> tuple[str, ...]:
        """Audiences of the ties the viewer may see: those for routes and those that the viewer set aside."""
        return (*self.audiences, unroutable_audience(self.member)) if self.audiences else ()

    def with_archived_people(self) -> Self:
        """The same member before any person was archived: for reviews, and for the rights of data subjects."""
        return replace(self, archived_people=frozenset())

    def without_own_choices(self) -> Self:
        """The same member without their exclusions and archived people, for answers about unnamed colleagues.

        If it depended on these choices, excluding one colleague after the other would reveal who the colleague is.
        """
        return replace(
            self,
            colleagues=tuple(sorted({*self.colleagues, *self.excluded_colleagues})),
            excluded_introducers=tuple(id for id in self.excluded_introducers if id not in self.own_exclusions),
            own_exclusions=frozenset(),
            excluded_colleagues=(),
            archived_people=frozenset(),
        )

    def as_of_day(self, day: int) -> Self:
        """The same member on another day. It has no audiences: derived ties are those of the network's own day."""
        return replace(self, audiences=(), as_of=day)
