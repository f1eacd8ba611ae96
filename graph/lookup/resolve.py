"""Resolves a question to a person: by address, profile, id, name, or name at a company.

A search returns, counts and offers only people whom a source in view names. Probable duplicates count as one person.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from graph.answers import NO_NAME_MESSAGE, YOURSELF_MESSAGE, AmbiguousTarget, Candidate, Person, UnknownTarget
from graph.database.batching import run_until
from graph.database.client import Graph
from graph.database.fulltext import any_spelling_query
from graph.errors import QueryTimeout
from graph.lookup.index import EVERY_QUALITY, Lookups, NameQuery, ReadWithTarget, read_nothing_more
from graph.lookup.matched_people import FORMER_JOB, PRESENT_JOB, MatchedPerson
from graph.lookup.padding import pad_duration
from graph.lookup.possible_connectors import find_connectors_at
from graph.lookup.similar_names import find_similar_people
from graph.names.keys import clean_text, company_key, fold_name, identity_key
from graph.names.transliteration import without_patronymics, word_forms
from graph.records import Handle, HandleKind
from graph.viewer import Viewer

MAX_CANDIDATES = 20
FULL_NAME_QUALITY = 5
"""Quality of a match of the whole name, in any spelling."""

_PART_QUALITIES = {6: 4, 5: 3}
"""The quality of a part of a name that equals the match of a whole name in the same spelling, and in any."""
PART_SPREAD = 2
"""The largest difference of two qualities that `_PART_QUALITIES` makes equal."""
_VIEWER_WORDS = frozenset(["me", "i", "myself"])


SHARED_MAILBOX_MESSAGE = "{} is a shared mailbox and not a person: ask for a person by name."
NO_ADDRESS_MESSAGE = "No source in your view has this address or profile."
NO_ADDRESS_OR_NAME_MESSAGE = (
    "No source in your view has this address or profile, and no person in your sources has this name."
)
NOTHING_ASKED_MESSAGE = "Ask for a person by name, address or profile."

_ADDRESS = re.compile(r"^(?:[^<>]*<)?\s*([^\s<>@]+@[^\s<>@]+?)\s*>?$")
_AT = re.compile(r"^(.+?)\s+(?:at\s+|@\s*)(\S.*)$", re.IGNORECASE)
_SLACK = re.compile(r"T[A-Z0-9]+/[A-Z0-9]+")
_COMMA = re.compile(r"^([^,]+),\s*(\S.*)$")


@dataclass(frozen=True, slots=True)
class ExactReference:
    """A question by id, address or profile, never by name."""

    text: str


@dataclass(frozen=True, slots=True)
class NameReference:
    """A question by name, at a company unless `company` is empty."""

    name: str
    company: str = ""


@dataclass(frozen=True, slots=True)
class RowReference:
    """A question by a row of a list: by address or profile if a source has it, or else by name."""

    handles: tuple[Handle, ...]
    name: str = ""
    company: str = ""


PersonReference = str | ExactReference | NameReference | RowReference
"""A reference to a person: free text of one line, or its parts."""


@dataclass(frozen=True, slots=True)
class ResolvedTarget:
    """The person who was asked for. `possible_duplicates` are people who are probably the same one."""

    person: Person
    possible_duplicates: tuple[Person, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids at which a route may end, the person's own first."""
        return (self.person.id, *(duplicate.id for duplicate in self.possible_duplicates))


async def resolve_reference(
    graph: Graph, viewer: Viewer, asked: PersonReference, read_with_target: ReadWithTarget = read_nothing_more
) -> ResolvedTarget | AmbiguousTarget | UnknownTarget:
    """Return the person who is asked for, or the candidates, or why nobody matches.

    `read_with_target` runs while the person is read, also if it turns out that nobody may be named.

    The viewer is no valid target. Unknown-target answers are padded (graph.lookup.padding).
    """
    began = monotonic()
    resolution = await _find(Lookups(graph, viewer, read_with_target=read_with_target), asked)
    if isinstance(resolution, UnknownTarget):
        await pad_duration(began)
    return resolution


async def resolve_references(
    lookups: Lookups,
    asked: Sequence[PersonReference],
    advance: Callable[[int], None],
    *,
    ends_at: float | None = None,
) -> "list[Resolution | None]":
    """Resolve thousands of questions in few queries; `advance` is called with the number of further ones resolved.

    The result is None for questions that are not resolved at `ends_at`, a time of the event loop's clock, or whose
    query exceeds its own time limit.
    """
    counts = Counter(asked)

    async def resolve(this: PersonReference) -> "Resolution | None":
        try:
            resolution = await _find(lookups, this)
        except QueryTimeout:
            return None
        advance(counts[this])
        return resolution

    try:
        resolved = await run_until(ends_at, [resolve(this) for this in counts])
    finally:
        lookups.cancel()
    by_question = dict(zip(counts, resolved, strict=True))
    return [by_question[this] for this in asked]


async def _find(lookups: Lookups, asked: PersonReference) -> ResolvedTarget | AmbiguousTarget | UnknownTarget:
    if isinstance(asked, RowReference):
        return await _described(lookups, asked)
    if isinstance(asked, NameReference):
        name, company = clean_text(asked.name), clean_text(asked.company)
        text = f"{name} at {company}" if company_key(company) else name
        return await _by_name(lookups, text, name, company, await _best_by_name(lookups, name))
    text = asked.text if isinstance(asked, ExactReference) else asked
    if is_viewer(text):
        return UnknownTarget(text, message=YOURSELF_MESSAGE)
    if exact := await ids_of_exact_match(lookups, clean_text(text)):
        (first, *twins) = exact
        return await _target(lookups, text, first, twins)
    if isinstance(asked, ExactReference) or handle_of(clean_text(text)) is not None:
        return UnknownTarget(text, message=NO_ADDRESS_MESSAGE)
    return await _by_name(lookups, text, *await _read(lookups, clean_text(text)))


async def _described(lookups: Lookups, asked: RowReference) -> ResolvedTarget | AmbiguousTarget | UnknownTarget:
    keys = [identity_key(handle) for handle in asked.handles]
    exact = await asyncio.gather(*(lookups.by_key_or_id.get((one, None)) for one in dict.fromkeys(filter(None, keys))))
    matches = {min(ids): ids for ids in exact if ids}
    text = asked.name or next((handle.text for handle in asked.handles), "")
    if len(matches) > 1:
        everybody = await lookups.all_people(ids[0] for ids in matches.values())
        return AmbiguousTarget(tuple(Candidate(person, None, ()) for person in everybody.values()))
    for first, *twins in matches.values():
        exactly = await _target(lookups, text, first, twins)
        if isinstance(exactly, ResolvedTarget) or exactly.message == YOURSELF_MESSAGE or not asked.name:
            return exactly  # else a mailbox of several
    if not asked.name:
        return UnknownTarget(text, message=NO_ADDRESS_MESSAGE if asked.handles else NOTHING_ASKED_MESSAGE)
    resolution = await _find(lookups, NameReference(asked.name, asked.company))
    if asked.handles and isinstance(resolution, UnknownTarget) and resolution.message == NO_NAME_MESSAGE:
        return replace(resolution, text=text, message=NO_ADDRESS_OR_NAME_MESSAGE)
    return resolution


async def _by_name(
    lookups: Lookups, text: str, name: str, company_text: str, humans: list[MatchedPerson]
) -> ResolvedTarget | AmbiguousTarget | UnknownTarget:
    viewer, company = lookups.viewer, company_key(company_text)
    if not name:
        return UnknownTarget(text, message=NOTHING_ASKED_MESSAGE)
    if humans and all(human.shared for human in humans):
        return UnknownTarget(text, message=SHARED_MAILBOX_MESSAGE.format(text))
    humans = [human for human in humans if not human.shared]
    best = [human for human in humans if _rank(name, human) == _rank(name, humans[0])]
    others = [human for human in best if viewer.person_id not in human.ids]
    if best and not others:
        return UnknownTarget(text, message=YOURSELF_MESSAGE)
    if company and all(human.job_rank(company) < PRESENT_JOB for human in others):
        # a worse match of the name may be at the company
        humans = [human for human in await find_by_name(lookups, name, company=company) if not human.shared]
    chosen = _at(company, humans, others, viewer) if company else others
    if not chosen:
        return await _nobody(lookups, text, name, company)
    if len(chosen) == 1 and (not company or chosen[0].job_rank(company)):
        return await _target(lookups, text, chosen[0].id, chosen[0].ids - {chosen[0].id})
    candidates = await _candidates(lookups, chosen[:MAX_CANDIDATES])
    return AmbiguousTarget(candidates) if len(candidates) > 1 else _elsewhere(text, company_text, *candidates)


async def _nobody(lookups: Lookups, text: str, name: str, company: str) -> UnknownTarget:
    """Nobody has the name: who has a similar one, and who may know somebody at the company."""
    if not lookups.suggests:
        return UnknownTarget(text, message=NO_NAME_MESSAGE, name=name)
    return UnknownTarget(
        text,
        message=NO_NAME_MESSAGE,
        name=name,
        possible_connectors=await find_connectors_at(lookups.graph, lookups.viewer, company) if company else (),
        similar_people=await find_similar_people(lookups.graph, lookups.viewer, name),
    )


def _elsewhere(text: str, company: str, only: Candidate) -> UnknownTarget:
    """Return the question whether the asker means the only person of a name, who is not at the requested company."""
    there = f" at {only.person.company}" if only.person.company else ""
    message = f"No person of this name is at {company}. Do you mean {only.person.name}{there}?"
    return UnknownTarget(text, message=message, only_candidate=only)


def is_viewer(text: str) -> bool:
    """Whether a text means the person who asks."""
    return text.strip().casefold() in _VIEWER_WORDS


def _rank(name: str, human: MatchedPerson) -> int:
    """The quality of a match, where the whole name counts more than a part of it only if it has several words."""
    return human.quality if " " in name.strip() else _PART_QUALITIES.get(human.quality, human.quality)


async def ids_of_exact_match(lookups: Lookups, asked: str) -> list[str]:
    """Return the ids of an address, profile or id, probable duplicates last. Ids have no spaces."""
    handle = handle_of(asked)
    if handle is None and (not asked or " " in asked):
        return []
    return await lookups.by_key_or_id.get((identity_key(handle) if handle else None, asked))


def handle_of(asked: str) -> Handle | None:
    """Return the handle that a text names exactly: address, profile, phone number or Slack user; None for a name."""
    if address := _ADDRESS.match(asked):
        return Handle(HandleKind.EMAIL, address[1])
    if "linkedin.com/" in asked.casefold():
        return Handle(HandleKind.LINKEDIN, asked)
    if _SLACK.fullmatch(asked):
        return Handle(HandleKind.SLACK, asked)
    return Handle(HandleKind.PHONE, asked) if asked.startswith("+") else None


async def _read(lookups: Lookups, asked: str) -> tuple[str, str, list[MatchedPerson]]:
    """Return the name and the company in a question (`Doe, Jane` is a name), and the matches of the name."""
    if match := _AT.match(asked):
        name, company = match[1], match[2]
        return name, company, await _best_by_name(lookups, name)
    match = _COMMA.match(asked)
    humans = await _best_by_name(lookups, asked.replace(",", " "))
    if match is None or (humans and humans[0].quality >= FULL_NAME_QUALITY):
        return asked, "", humans
    return match[1], match[2], await _best_by_name(lookups, match[1])


async def _best_by_name(lookups: Lookups, name: str) -> list[MatchedPerson]:
    """The people with a name whose matches may count as the best, and possibly others, best matches first.

    People who have the complete name are searched first: the start of a last word matches many more.
    """
    if " " not in name.strip():
        return await find_by_name(lookups, name, spread=PART_SPREAD)
    humans = await _hits(lookups, name, fold_name(name).split(), word_forms(name), 0, is_complete=True)
    has_name = any(human.quality >= FULL_NAME_QUALITY and not human.shared for human in humans)
    if has_name and all(human.ids == {row["id"] for row in human.rows} for human in humans):
        return humans
    return await find_by_name(lookups, name, spread=0)


async def find_by_name(
    lookups: Lookups, name: str, *, spread: int = EVERY_QUALITY, company: str = ""
) -> list[MatchedPerson]:
    """The people with a name, best matches first, down to a quality of `spread` below the best.

    With a `company` (its key), people elsewhere may be left out.
    """
    words, spelt = fold_name(name).split(), word_forms(name)
    matches = await _hits(lookups, name, words, spelt, spread, company=company)
    less = [] if matches else without_patronymics(spelt)
    if less:
        words = [alike[0] for alike in less]
        return await _hits(lookups, " ".join(words), words, less, spread, company=company)
    return matches


async def _hits(
    lookups: Lookups,
    name: str,
    words: list[str],
    spelt: list[list[str]],
    spread: int,
    *,
    is_complete: bool = False,
    company: str = "",
) -> list[MatchedPerson]:
    lucene = any_spelling_query(lookups.viewer.network, name, spelt, is_complete=is_complete)
    if not words or not spelt or not lucene:
        return []
    people = await lookups.by_name.get(NameQuery(lucene, tuple(words), tuple(map(tuple, spelt)), spread, company))
    await lookups.yield_to_others()
    return people


def _at(
    company: str, humans: list[MatchedPerson], named_so: list[MatchedPerson], viewer: Viewer
) -> list[MatchedPerson]:
    """Return the matches at a company, present before former; also better matches elsewhere."""
    others = [human for human in humans if viewer.person_id not in human.ids]
    for degree in (PRESENT_JOB, FORMER_JOB):
        there = [human for human in others if human.job_rank(company) == degree]
        if there:
            best = [human for human in there if human.quality == there[0].quality]
            is_named_so = any(not human.ids.isdisjoint(best[0].ids) for human in named_so)
            return best if is_named_so else [*best, *named_so]
    return named_so


async def _target(lookups: Lookups, text: str, id: str, twins: Iterable[str]) -> ResolvedTarget | UnknownTarget:
    same = sorted(twins)
    if lookups.viewer.person_id in (id, *same):
        return UnknownTarget(text, message=YOURSELF_MESSAGE)
    everybody, _ = await asyncio.gather(lookups.all_people([id, *same]), lookups.read_with_target([id, *same]))
    if everybody[id].shared:
        return UnknownTarget(text, message=SHARED_MAILBOX_MESSAGE.format(text))
    return ResolvedTarget(everybody[id], tuple(everybody[twin] for twin in same))


async def _candidates(lookups: Lookups, humans: list[MatchedPerson]) -> tuple[Candidate, ...]:
    everybody = await lookups.all_people(human.id for human in humans)
    return tuple(Candidate(everybody[human.id], human.last, human.sources) for human in humans)


OBJECTED_MESSAGE = "This person objected to introductions."

Resolution = ResolvedTarget | AmbiguousTarget | UnknownTarget


def may_ask_for(viewer: Viewer, ids: Iterable[str]) -> bool:
    """Whether none of these people objected to introductions, and the viewer archived none."""
    return {*viewer.objectors, *viewer.archived_people}.isdisjoint(ids)


def hide_objector(viewer: Viewer, resolution: Resolution) -> Resolution:
    """Return the match, or an unknown target for a person who objected to introductions or whom the viewer archived."""
    if isinstance(resolution, ResolvedTarget) and not set(viewer.objectors).isdisjoint(resolution.ids):
        return UnknownTarget(resolution.person.name, message=OBJECTED_MESSAGE)
    if isinstance(resolution, ResolvedTarget) and not viewer.archived_people.isdisjoint(resolution.ids):
        return UnknownTarget(resolution.person.name, message=NO_NAME_MESSAGE)
    return resolution
