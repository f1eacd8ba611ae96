"""Sources of an answer."""

from datetime import date
from enum import StrEnum
from typing import Self

import strawberry

from api.context import Context, Info
from api.graphql.types.enums import SharingLevel, SourceKind
from api.graphql.types.node import Node
from graph.networks import sources as network
from graph.viewer import Viewer
from presentation.dates import to_date
from presentation.sentences import is_stale


@strawberry.enum(
    description="The state of a source. LOADING: an import runs. MERGING: the import is written and ties are being "
    "derived. READY: the source counts. REMOVING: the source is being removed."
)
class SourceStatus(StrEnum):
    LOADING = "loading"
    MERGING = "merging"
    READY = "ready"
    REMOVING = "removing"


@strawberry.type(description="One export or mailbox that a member loaded.")
class Source(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the source.")
    title: str = strawberry.field(description="The kind and the account of the source.")
    kind: SourceKind = strawberry.field(description="The kind of the source.")
    account: str = strawberry.field(description="The account that the source is an export of.")
    owner_name: str = strawberry.field(
        description="The name of the member who loaded the source, as other members see it."
    )
    is_own: bool = strawberry.field(description="Whether the viewer loaded the source.")
    sharing_level: SharingLevel = strawberry.field(description="What other members see of the source.")
    status: SourceStatus = strawberry.field(description="The state of the source.")
    loaded_on: date | None = strawberry.field(description="The date of the last load. Null before the first.")
    coverage_until: date | None = strawberry.field(
        description="The newest date in the source, including rows that are not counted. Null for statements, or if "
        "the source has no date."
    )
    is_stale: bool = strawberry.field(
        description="Whether `coverageUntil` is more than 30 days before `viewer { asOf }`. False if it is null."
    )

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The sources visible to the viewer, and the viewer's own that are not ready."""
        viewer = info.context.viewer
        return [cls.from_source(source, viewer) for source in info.context.state.listed_sources(viewer.member)]

    @classmethod
    def from_source(cls, source: network.Source, viewer: Viewer) -> Self:
        return cls(
            id=strawberry.ID(source.id),
            title=source.title,
            kind=SourceKind(source.kind),
            account=source.account,
            owner_name=source.owner_name,
            is_own=source.member == viewer.member,
            sharing_level=SharingLevel(source.sharing_level),
            status=SourceStatus(source.status),
            loaded_on=to_date(source.loaded_on),
            coverage_until=to_date(source.coverage_until),
            is_stale=is_stale(source, viewer.as_of),
        )


def in_view(context: Context) -> list[Source]:
    """The sources that count for the viewer."""
    viewer = context.viewer
    return [Source.from_source(source, viewer) for source in context.state.visible_sources(viewer.member)]
