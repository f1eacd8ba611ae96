"""Suggestions for a misspelt name: people and companies to which sources in view give a similar one.

Neither the result nor the work depends on names out of view.
"""

from time import monotonic

from rapidfuzz import fuzz, process

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.lookup.company_jobs import LIST_COMPANY_KEYS, jobs_at_companies, matching_companies
from graph.lookup.padding import pad_duration
from graph.lookup.profiles import read_profiles
from graph.names.keys import company_key, fold_name
from graph.names.transliteration import word_forms
from graph.viewer import Viewer

_LIST_VISIBLE_NAMES = cypher.load("lookup/list_visible_names")
MAX_SIMILAR = 3
"""Maximum number of suggestions."""
_LEAST_SIMILARITY = 75.0
"""Similarity from 0 to 100 of two names: the share of letters that stay if one is edited into the other."""


async def find_similar_people(graph: Graph, viewer: Viewer, name: str) -> tuple[Person, ...]:
    """People with a name like this one, the most similar first. The viewer is not among them."""
    asked = [" ".join(forms[0] for forms in word_forms(name)), fold_name(name)]
    initials = sorted({word[0] for one in asked for word in one.split()})
    if not initials:
        return ()
    rows = await graph.run(_LIST_VISIBLE_NAMES, network=viewer.network, sources=list(viewer.sources), initials=initials)
    similarity: dict[str, float] = {}
    for one in dict.fromkeys(asked):
        for _, value, place in process.extract(
            one, [row["name"] for row in rows], scorer=fuzz.token_sort_ratio, score_cutoff=_LEAST_SIMILARITY, limit=None
        ):
            id = rows[place]["id"]
            similarity[id] = max(value, similarity.get(id, 0.0))
    similarity.pop(viewer.person_id or "", None)
    ids = sorted(similarity, key=lambda id: (-similarity[id], id))[: MAX_SIMILAR * 2]
    profiles = await read_profiles(graph, viewer, ids)
    distinct: dict[tuple[str, str | None], Person] = {}
    for person in (profiles[id] for id in ids):
        distinct.setdefault((person.name, person.company), person)
    return tuple(distinct.values())[:MAX_SIMILAR]


async def find_similar_companies(graph: Graph, viewer: Viewer, name: str) -> tuple[str, ...]:
    """The names of companies with a name like this one, the most similar first; none if a company has this name.

    The response time is padded so that it does not reveal private data.
    """
    began = monotonic()
    similar = () if await matching_companies(graph, viewer, name) else await _similar_companies(graph, viewer, name)
    await pad_duration(began)
    return similar


async def _similar_companies(graph: Graph, viewer: Viewer, name: str) -> tuple[str, ...]:
    rows = await graph.run(
        LIST_COMPANY_KEYS, network=viewer.network, sources=viewer.sources, company="", anywhere=False
    )
    found = process.extract(
        company_key(name),
        [row["key"] for row in rows],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=_LEAST_SIMILARITY,
        limit=MAX_SIMILAR,
    )
    names = {job.key: job.company for job in await jobs_at_companies(graph, viewer, [key for key, _, _ in found])}
    return tuple(names[key] for key, _, _ in found if key in names)
