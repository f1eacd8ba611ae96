"""Source."""

from collections.abc import Iterable
from datetime import date
from typing import Self

import strawberry

from api.context import Context
from graph.networks import sources as network
from presentation.dates import day
from presentation.sentences import is_old


@strawberry.type(description="One account of one member, loaded.")
class Source:
    id: strawberry.ID = strawberry.field(description="Opaque.")
    title: str = strawberry.field(description="As people call it: its kind and its account.")
    kind: str = strawberry.field(description="What kind of export: linkedin, mailbox, statements.")
    account: str = strawberry.field(description="Whose account.")
    sharing: str = strawberry.field(description="Who may see it: private, strength or evidence.")
    status: str = strawberry.field(description="loading, merging, ready or removing.")
    loaded: date | None = strawberry.field(description="When it was loaded last.")
    seen_until: date | None = strawberry.field(description="The newest date in it; none for what members say.")
    is_old: bool = strawberry.field(description="Whether a newer export is worth loading: over 30 days unseen.")

    @classmethod
    def of(cls, found: network.Source, as_of: int) -> Self:
        return cls(
            id=strawberry.ID(found.id),
            title=found.title,
            kind=found.kind,
            account=found.account,
            sharing=found.sharing_level,
            status=found.status,
            loaded=day(found.loaded_on),
            seen_until=day(found.coverage_until),
            is_old=is_old(found, as_of),
        )


def in_view(context: Context) -> list[Source]:
    """The sources that count for the viewer."""
    return _all(context.state.visible_sources(context.viewer.member), context)


def _all(found: Iterable[network.Source], context: Context) -> list[Source]:
    return [Source.of(source, context.viewer.as_of) for source in found]
