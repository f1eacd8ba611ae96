"""Sharing of a source: a preview of whom the team could reach and who would not be shared, and the change itself."""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.derivation.partition import partition_source, private_part_rule
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidSharingRequest, Remedy, SourceNotFound
from graph.networks.controller import require_controller
from graph.networks.sources import STATEMENTS, SharingLevel, Source
from graph.networks.state import NetworkState, read_state
from graph.progress import SILENT, Progress
from graph.viewer import NETWORK_AUDIENCE, Viewer

_COUNT_NEWLY_REACHABLE = cypher.load("sharing/count_newly_reachable_people")
_COUNT_NOT_SHARED = cypher.load("sharing/count_people_not_shared")
_SET_SHARING_LEVEL = cypher.load("sharing/set_sharing_level")


@dataclass(frozen=True, slots=True)
class SharingPreview:
    """The effect of sharing a source, before or after it. `source` is its state before, `level` the requested level.

    `newly_reachable` counts the people whom the team could reach then and cannot reach yet: an upper bound. Not shared
    are the people with `personal_domain` addresses and those whom the owner has `hidden`.
    """

    source: Source
    level: SharingLevel
    third_party_ties: bool
    newly_reachable: int
    personal_domain: int
    hidden: int


async def preview_sharing(
    graph: Graph, viewer: Viewer, source: str, level: SharingLevel, *, third_party_ties: bool = False
) -> SharingPreview:
    """Return what sharing one of the viewer's own sources at this level would do. Changes nothing.

    `source` is its title, kind or id. Raises SourceNotFound if the viewer has no such source or several,
    InvalidSharingRequest if it cannot be shared.
    """
    state = await read_state(graph, viewer.network)
    return await _preview(graph, viewer, state, source, level, third_party_ties=third_party_ties)


async def share_source(
    graph: Graph,
    viewer: Viewer,
    source: str,
    level: SharingLevel,
    *,
    third_party_ties: bool = False,
    progress: Progress = SILENT,
) -> SharingPreview:
    """Share one of the viewer's own sources at this level, with `third_party_ties` also ties between non-members.

    The ties are then the same as if the source had always been shared so. Raises as `preview_sharing` does.
    """
    network = viewer.network
    before = await read_state(graph, network)
    preview = await _preview(graph, viewer, before, source, level, third_party_ties=third_party_ties)
    requested = (level, preview.third_party_ties)
    if (
        not before.needs_recovery
        and (preview.source.sharing_level, preview.source.shares_third_party_ties) == requested
    ):
        return preview
    id = preview.source.id
    async with rederive_after(graph, network, progress=progress) as state:
        current = next((one for one in state.sources if one.id == id), None)
        if current is None:
            raise SourceNotFound(_NO_SUCH_SOURCE, remedy=Remedy.LIST_SOURCES)
        if (current.sharing_level, current.shares_third_party_ties) != requested:
            if level != SharingLevel.PRIVATE:  # move private rows away before other members see the source
                await partition_source(graph, network, current, third_party_ties=preview.third_party_ties)
            await graph.run(
                _SET_SHARING_LEVEL,
                network=network,
                source=id,
                sharing_level=level,
                third_party_ties=preview.third_party_ties,
            )
    return preview


_NO_SUCH_SOURCE = "You have no source with this name."


async def _preview(
    graph: Graph, viewer: Viewer, state: NetworkState, name: str, level: SharingLevel, *, third_party_ties: bool
) -> SharingPreview:
    source = _find_own_source(state, viewer.member, name)
    if source.kind == STATEMENTS:
        raise InvalidSharingRequest("Your statements count for you alone and cannot be shared.")
    if level == SharingLevel.PRIVATE:
        return SharingPreview(source, level, third_party_ties=False, newly_reachable=0, personal_domain=0, hidden=0)
    await require_controller(graph, viewer.network)
    rule = await private_part_rule(graph, viewer.network, viewer.member, third_party_ties=third_party_ties)
    scope = {
        "network": viewer.network,
        "parts": [one for one in (source.id, source.private_part) if one],
        "own_keys": rule.member_keys,
        "hidden_keys": rule.hidden_keys,
    }
    (reachable,) = await graph.run(
        _COUNT_NEWLY_REACHABLE,
        **scope,
        third_party_ties=third_party_ties,
        audiences=list(viewer.audiences),
        network_audience=NETWORK_AUDIENCE,
    )
    (not_shared,) = await graph.run(_COUNT_NOT_SHARED, **scope)
    return SharingPreview(
        source, level, third_party_ties=third_party_ties, newly_reachable=reachable["newly_reachable"], **not_shared
    )


def _find_own_source(state: NetworkState, member: str, name: str) -> Source:
    matches = [
        source
        for source in state.sources
        if source.member == member and source.parent is None and source.is_named(name)
    ]
    if not matches:
        raise SourceNotFound(_NO_SUCH_SOURCE, remedy=Remedy.LIST_SOURCES)
    if len(matches) > 1:
        raise SourceNotFound("Several of your sources match: add the account of one.", remedy=Remedy.LIST_SOURCES)
    return matches[0]
