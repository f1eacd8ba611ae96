"""Suggestions for a misspelt name: people and companies to which sources in view give a similar one.

The time of this search depends on names out of view too. Use it on the command line of the network's own server only,
and not in responses to other members.
"""

from rapidfuzz import fuzz, process

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.database.fulltext import similar_spelling_query
from graph.lookup.company_jobs import LIST_COMPANY_KEYS, jobs_at_companies
from graph.lookup.profiles import read_profiles
from graph.names.keys import company_key, fold_name
from graph.names.transliteration import word_forms
from graph.viewer import Viewer

_FIND_SIMILAR_NAMES = cypher.load("lookup/find_similar_names")
_PROPOSALS = 200
_LEAST_SIMILARITY = 75.0
"""Similarity from 0 to 100 of two names: the share of letters that stay if one is edited into the other."""


async def find_similar_people(graph: Graph, viewer: Viewer, name: str, limit: int = 3) -> list[Person]:
    """People with a name like this one, the most similar first. The viewer is not among them."""
    lucene = similar_spelling_query(viewer.network, [forms[0] for forms in word_forms(name)])
    if not lucene:
        return []
    rows = await graph.run(
        _FIND_SIMILAR_NAMES, network=viewer.network, lucene=lucene, sources=viewer.sources, limit=_PROPOSALS
    )
    similarity = {row["id"]: max(_compare(name, each) for each in row["names"]) for row in rows}
    ids = sorted(
        (id for id, value in similarity.items() if value >= _LEAST_SIMILARITY and id != viewer.person_id),
        key=lambda id: (-similarity[id], id),
    )[:limit]
    profiles = await read_profiles(graph, viewer, ids)
    return [profiles[id] for id in ids]


async def find_similar_companies(graph: Graph, viewer: Viewer, name: str, limit: int = 3) -> list[str]:
    """The names of companies with a name like this one, the most similar first."""
    rows = await graph.run(
        LIST_COMPANY_KEYS, network=viewer.network, sources=viewer.sources, company="", anywhere=False
    )
    found = process.extract(
        company_key(name),
        [row["key"] for row in rows],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=_LEAST_SIMILARITY,
        limit=limit,
    )
    names = {job.key: job.company for job in await jobs_at_companies(graph, viewer, [key for key, _, _ in found])}
    return [names[key] for key, _, _ in found if key in names]


def _compare(one: str, other: str) -> float:
    """The similarity of two names in any order of their words."""
    return fuzz.token_sort_ratio(fold_name(one), fold_name(other))
