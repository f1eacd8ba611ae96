"""Finds the new tie of the viewer that would open routes to most of the targets without one."""

from collections.abc import Mapping

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.insights.planning.introduction_plan import NewTie
from graph.introductions.target_list import Ids
from graph.lookup.profiles import read_profiles
from graph.lookup.search import filter_listed_people
from graph.viewer import Viewer

_RANK_NEW_TIES = cypher.load("insights/rank_new_ties")

MAX_NEW_TIES = 5
_MAX_HUBS = 500
"""People who know targets that are searched, and ties of each: a few people may know half of a large network."""


async def rank_new_ties(
    graph: Graph, viewer: Viewer, targets: Mapping[Ids, Person], *, max_introducers: int = 2
) -> tuple[NewTie, ...]:
    """Return the people who would open most of the targets if they knew the viewer, MAX_NEW_TIES at most.

    A person counts as first introducer, with at most one introducer between them and the target.
    """
    if not targets:
        return ()
    rows = await graph.run(
        _RANK_NEW_TIES,
        network=viewer.network,
        viewer_id=viewer.person_id,
        targets=[list(ids) for ids in targets],
        never=list(viewer.ineligible_introducers),
        audiences=viewer.audiences,
        sources=viewer.sources,
        two=max_introducers > 1,
        hubs=_MAX_HUBS,
        limit=MAX_NEW_TIES,
    )
    people = [row["id"] for row in rows]
    profiles = await read_profiles(graph, viewer, people)
    listed = await filter_listed_people(graph, viewer, people)
    by_id = {ids[0]: person for ids, person in targets.items()}
    return tuple(
        NewTie(
            profiles[row["id"]],
            tuple(sorted((by_id[id] for id in row["targets"]), key=lambda person: (person.name, person.id))),
            is_connection=row["id"] in listed,
        )
        for row in rows
    )
