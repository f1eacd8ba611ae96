"""Suggestions for a misspelt name: people and companies to which sources in view give a similar one.

Neither the result nor the work depends on names out of view.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
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
    return (await find_people_similar_to_each(graph, viewer, [name]))[name]


async def find_people_similar_to_each(
    graph: Graph, viewer: Viewer, names: Iterable[str]
) -> dict[str, tuple[Person, ...]]:
    """As find_similar_people, for several names with two queries. Other tasks run between two names."""
    forms = {name: _forms(name) for name in names}
    initials = sorted({word[0] for asked in forms.values() for one in asked for word in one.split()})
    if not initials:
        return dict.fromkeys(forms, ())
    rows = await graph.run(_LIST_VISIBLE_NAMES, network=viewer.network, sources=list(viewer.sources), initials=initials)
    by_initial: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        words = sorted(row["name"].split())
        if row["id"] in viewer.archived_people:
            continue
        for initial in {word[0] for word in words}:
            by_initial[initial].append((" ".join(words), row["id"]))
    ids: dict[str, list[str]] = {}
    for name, asked in forms.items():
        choices = list({pair for one in asked for word in one.split() for pair in by_initial[word[0]]})
        ids[name] = _most_similar(asked, choices, viewer.person_id or "")
        await asyncio.sleep(0)
    profiles = await read_profiles(graph, viewer, list(dict.fromkeys(id for some in ids.values() for id in some)))
    return {name: _distinct(profiles[id] for id in some) for name, some in ids.items()}


def _forms(name: str) -> list[str]:
    """A name in Latin letters and as it is written, each with its words in alphabetical order."""
    asked = (" ".join(forms[0] for forms in word_forms(name)), fold_name(name))
    return list(dict.fromkeys(" ".join(sorted(one.split())) for one in asked))


def _most_similar(asked: list[str], choices: list[tuple[str, str]], viewer: str) -> list[str]:
    """The ids of the names that are most similar to one of `asked`. A choice is a name with sorted words and an id."""
    similarity: dict[str, float] = {}
    texts = [text for text, _ in choices]
    for one in asked:
        for _, value, place in process.extract(
            one, texts, scorer=fuzz.ratio, score_cutoff=_LEAST_SIMILARITY, limit=None
        ):
            id = choices[place][1]
            similarity[id] = max(value, similarity.get(id, 0.0))
    similarity.pop(viewer, None)
    return sorted(similarity, key=lambda id: (-similarity[id], id))[: MAX_SIMILAR * 2]


def _distinct(people: Iterable[Person]) -> tuple[Person, ...]:
    distinct: dict[tuple[str, str | None], Person] = {}
    for person in people:
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
    rows = await graph.run(LIST_COMPANY_KEYS, network=viewer.network, sources=viewer.sources, company="")
    matches = process.extract(
        company_key(name),
        [row["key"] for row in rows],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=_LEAST_SIMILARITY,
        limit=MAX_SIMILAR,
    )
    names = {job.key: job.company for job in await jobs_at_companies(graph, viewer, [key for key, _, _ in matches])}
    return tuple(names[key] for key, _, _ in matches if key in names)
