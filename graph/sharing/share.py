"""How far a member shares a source, said before it is done: whom the team could reach then, and who is left out."""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.derivation.partition import partition_source, private_part_rule
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidSharingRequest, SourceNotFound
from graph.networks.controller import named
from graph.networks.sources import EVIDENCE, PRIVATE, STATEMENTS, STRENGTH, Source
from graph.networks.state import State, state
from graph.progress import SILENT, Progress
from graph.viewer import NETWORK_AUDIENCE, Viewer

REACHES = cypher.load("sharing/count_newly_reachable_people")
LEAVES_OUT = cypher.load("sharing/count_people_left_out")
SHARE = cypher.load("sharing/set_sharing_level")

LEVELS = (PRIVATE, STRENGTH, EVIDENCE)


@dataclass(frozen=True, slots=True)
class Sharing:
    """What sharing a source would do, or did: `source` as it is now, `level` and `others` as they were asked for.

    `routable` are the people whom the team could then reach and cannot yet, at most. Left out are those of `personal`
    mail domains and those `concealed` by the owner.
    """

    source: Source
    level: str
    others: bool
    routable: int
    personal: int
    concealed: int


async def preview(graph: Graph, viewer: Viewer, source: str, level: str, *, others: bool = False) -> Sharing:
    """What it would do to share one of the viewer's own sources so far, told and not done.

    `source` is its title, kind or id. Raises SourceNotFound where the viewer has no such source or several,
    InvalidSharingRequest where it is none that can be shared.
    """
    return await _told(graph, viewer, await state(graph, viewer.network), source, level, others=others)


async def share(
    graph: Graph,
    viewer: Viewer,
    source: str,
    level: str,
    *,
    others: bool = False,
    progress: Progress = SILENT,
) -> Sharing:
    """Share one of the viewer's own sources so far; with `others` the ties between two who are no members too.

    Ties become those of a source that was so from the start. Raises as `preview`.
    """
    network = viewer.network
    told = await preview(graph, viewer, source, level, others=others)
    id = told.source.id
    async with rederive_after(graph, network, progress=progress) as found:
        there = next((s for s in found.sources if s.id == id), None)
        if there is None:
            raise SourceNotFound(NONE)
        if (there.sharing, there.others) != (level, told.others):
            if level != PRIVATE:  # parted before anybody else sees it
                await partition_source(graph, network, there, third_party_ties=told.others)
            await graph.run(SHARE, network=network, source=id, sharing=level, others=told.others)
    return told


NONE = "You have no source that is called so: `tertius sources` shows yours."


async def _told(graph: Graph, viewer: Viewer, found: State, source: str, level: str, *, others: bool) -> Sharing:
    meant = [s for s in found.sources if s.member == viewer.member and s.of is None]
    meant = [s for s in meant if source.casefold() in (s.title.casefold(), s.kind, s.id)]
    if not meant:
        raise SourceNotFound(NONE)
    if len(meant) > 1:
        raise SourceNotFound(
            "Several of your sources are called so: name one as `tertius sources` does, with its account."
        )
    (one,) = meant
    if one.kind == STATEMENTS:
        raise InvalidSharingRequest("What you say of ties counts for you alone: it cannot be shared.")
    if level == PRIVATE:
        return Sharing(one, level, others=False, routable=0, personal=0, concealed=0)
    await named(graph, viewer.network)
    rule = await private_part_rule(graph, viewer.network, viewer.member, third_party_ties=others)
    halves = [half for half in (one.id, one.kept) if half]
    ends = {"network": viewer.network, "halves": halves, "own": rule.member_keys, "out": rule.hidden_keys}
    (reaches,) = await graph.run(REACHES, **ends, others=others, audiences=list(viewer.audiences), all=NETWORK_AUDIENCE)
    (left,) = await graph.run(LEAVES_OUT, **ends)
    return Sharing(one, level, others=others, routable=reaches["routable"], **left)
