"""Resolves a question to a person: by address, profile, id, name, or name at a company.

Only people whom a source in view names can be found, counted or offered. Probable duplicates count as one person.
"""

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from graph.answers import AmbiguousTarget, Candidate, Person, UnknownTarget
from graph.database.client import Graph
from graph.database.fulltext import any_spelling_query
from graph.lookup.index import Look, Name
from graph.lookup.possible_connectors import find_connectors_at
from graph.names.keys import clean_text, company_key, company_owns_domain, fold_name, identity_key
from graph.names.transliteration import without_patronymics, word_forms
from graph.records import Handle, HandleKind
from graph.ties.evidence import Tie, as_visible
from graph.viewer import Viewer

MOST_CANDIDATES = 20
TICK = 0.02
"""Seconds. Unknown-name answers are padded to multiples of this. A lookup takes some tenths of a millisecond longer for
a name that another network or a colleague's private source holds; response times must not reveal that."""
FULL = 5
"""Quality of a match of the whole name, in any spelling."""

YOURSELF = "That is you: ask for somebody else."

SHARED = "{} is a shared mailbox and not a person: ask for a person by name."
NO_ADDRESS = "No source in your view has this address or profile."
NO_NAME = "No person in your sources has this name."
NEITHER = "No source in your view has this address or profile, and no person in your sources has this name."
NOTHING = "Ask for a person by name, address or profile."

_ADDRESS = re.compile(r"^(?:[^<>]*<)?\s*([^\s<>@]+@[^\s<>@]+?)\s*>?$")
_AT = re.compile(r"^(.+?)\s+(?:at\s+|@\s*)(\S.*)$", re.IGNORECASE)
_SLACK = re.compile(r"T[A-Z0-9]+/[A-Z0-9]+")
_COMMA = re.compile(r"^([^,]+),\s*(\S.*)$")


@dataclass(frozen=True, slots=True)
class Exactly:
    """A question by id, address or profile, never by name."""

    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """A question by name, at a company unless `company` is empty."""

    name: str
    company: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """A question by a row of a list: by address or profile if a source has it, or else by name."""

    handles: tuple[Handle, ...]
    name: str = ""
    company: str = ""


Asked = str | Exactly | Called | Described
"""A question: free text of one line, or its parts."""


@dataclass(frozen=True, slots=True)
class Target:
    """The person who was asked for. `same` are probable duplicates."""

    person: Person
    same: tuple[Person, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids at which a route may end, the person's own first."""
        return (self.person.id, *(twin.id for twin in self.same))


@dataclass(slots=True)
class _Human:
    """Matches that are probably one person, best first."""

    rows: list[dict[str, Any]]
    same: set[str]

    @property
    def id(self) -> str:
        return str(self.rows[0]["id"])

    @property
    def ids(self) -> set[str]:
        return {row["id"] for row in self.rows} | self.same

    @property
    def shared(self) -> bool:
        return all(row["shared"] for row in self.rows)

    @property
    def quality(self) -> int:
        return max(int(row["quality"]) for row in self.rows)

    @property
    def last(self) -> int | None:
        return max((row["last"] for row in self.rows if row["last"] is not None), default=None)

    def tie(self, hidden: set[str]) -> Tie | None:
        """Return the strongest of their ties; those of `hidden` ids show only a label."""
        ties = [
            as_visible(row["strength"], label_only=row["id"] in hidden)
            for row in self.rows
            if row["strength"] is not None
        ]
        return max(ties, key=lambda tie: tie.strength, default=None)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(sorted({kind for row in self.rows for kind in row["kinds"]}))

    def at(self, company: str) -> int:
        """Return 2 for a present job there, 1 for a former one, else 0."""
        now = any(_is(company, found) for row in self.rows for found in row["now"])
        mail = any(company_owns_domain(company, domain) for row in self.rows for domain in row["domains"])
        once = any(_is(company, found) for row in self.rows for found in row["once"])
        return 2 if now or mail else 1 if once else 0


async def find(graph: Graph, viewer: Viewer, asked: Asked) -> Target | AmbiguousTarget | UnknownTarget:
    """Return the person who is asked for, or the candidates, or why nobody matches.

    The viewer is no valid target. Unknown-target answers are padded to a whole number of TICKs.
    """
    began = monotonic()
    found = await _find(Look(graph, viewer), asked)
    if isinstance(found, UnknownTarget):
        await pad_to_tick(began)
    return found


async def pad_to_tick(began: float) -> None:
    """Wait until a whole number of TICKs has passed since `began`."""
    await asyncio.sleep((began - monotonic()) % TICK)


async def find_all(
    look: Look, asked: Iterable[Asked], advance: Callable[[int], None]
) -> list[Target | AmbiguousTarget | UnknownTarget]:
    """Resolve thousands of questions in few queries; `advance` is called with the number of further ones resolved."""

    async def one(this: Asked) -> Target | AmbiguousTarget | UnknownTarget:
        found = await _find(look, this)
        advance(1)
        return found

    return await asyncio.gather(*map(one, asked))


async def _find(look: Look, asked: Asked) -> Target | AmbiguousTarget | UnknownTarget:
    if isinstance(asked, Described):
        return await _described(look, asked)
    if isinstance(asked, Called):
        name, company = clean_text(asked.name), company_key(asked.company)
        text = f"{name} at {asked.company}" if company else name
        return await _by_name(look, text, name, company, _humans(await _named(look, name)))
    text = asked.text if isinstance(asked, Exactly) else asked
    if exact := await _exact(look, clean_text(text)):
        (first, *twins) = exact
        return await _target(look, text, first, twins)
    if isinstance(asked, Exactly) or handle_of(clean_text(text)) is not None:
        return UnknownTarget(text, message=NO_ADDRESS)
    return await _by_name(look, text, *await _read(look, clean_text(text)))


async def _described(look: Look, asked: Described) -> Target | AmbiguousTarget | UnknownTarget:
    keys = [identity_key(handle) for handle in asked.handles]
    exact = await asyncio.gather(*(look.exact.get((one, None)) for one in dict.fromkeys(filter(None, keys))))
    meant = {min(ids): ids for ids in exact if ids}
    text = asked.name or next((handle.text for handle in asked.handles), "")
    if len(meant) > 1:
        everybody = await look.all_people(ids[0] for ids in meant.values())
        return AmbiguousTarget(tuple(Candidate(person, None, ()) for person in everybody.values()))
    for first, *twins in meant.values():
        exactly = await _target(look, text, first, twins)
        if isinstance(exactly, Target) or exactly.message == YOURSELF or not asked.name:
            return exactly  # else a mailbox of several
    if not asked.name:
        return UnknownTarget(text, message=NO_ADDRESS if asked.handles else NOTHING)
    found = await _find(look, Called(asked.name, asked.company))
    if asked.handles and isinstance(found, UnknownTarget) and found.message == NO_NAME:
        return UnknownTarget(text, message=NEITHER)
    return found


async def _by_name(
    look: Look, text: str, name: str, company: str, humans: list[_Human]
) -> Target | AmbiguousTarget | UnknownTarget:
    viewer = look.viewer
    if not name:
        return UnknownTarget(text, message=NOTHING)
    if humans and all(human.shared for human in humans):
        return UnknownTarget(text, message=SHARED.format(text))
    humans = [human for human in humans if not human.shared]
    best = [human for human in humans if human.quality == humans[0].quality]
    others = [human for human in best if viewer.person_id not in human.ids]
    if best and not others:
        return UnknownTarget(text, message=YOURSELF)
    chosen = _at(company, humans, others, viewer) if company else others
    if not chosen:
        hints = await find_connectors_at(look.graph, viewer, company) if company and look.hints else ()
        return UnknownTarget(text, message=NO_NAME, possible_connectors=hints)
    if len(chosen) == 1 and (not company or chosen[0].at(company)):
        return await _target(look, text, chosen[0].id, chosen[0].ids - {chosen[0].id})
    return await _ambiguous(look, chosen[:MOST_CANDIDATES])


async def _exact(look: Look, asked: str) -> list[str]:
    """Return the ids of an address, profile or id, probable duplicates last. Ids have no spaces."""
    handle = handle_of(asked)
    if handle is None and (not asked or " " in asked):
        return []
    return await look.exact.get((identity_key(handle) if handle else None, asked))


def handle_of(asked: str) -> Handle | None:
    """Return the handle that a text names exactly: address, profile, phone number or Slack user; None for a name."""
    if address := _ADDRESS.match(asked):
        return Handle(HandleKind.EMAIL, address[1])
    if "linkedin.com/" in asked.casefold():
        return Handle(HandleKind.LINKEDIN, asked)
    if _SLACK.fullmatch(asked):
        return Handle(HandleKind.SLACK, asked)
    return Handle(HandleKind.PHONE, asked) if asked.startswith("+") else None


async def _read(look: Look, asked: str) -> tuple[str, str, list[_Human]]:
    """Return the name and the company in a question (`Doe, Jane` is a name), and the matches of the name."""
    if found := _AT.match(asked):
        name, company = found[1], company_key(found[2])
        return name, company, _humans(await _named(look, name))
    found = _COMMA.match(asked)
    humans = _humans(await _named(look, asked.replace(",", " ")))
    if found is None or (humans and humans[0].quality >= FULL):
        return asked, "", humans
    return found[1], company_key(found[2]), _humans(await _named(look, found[1]))


async def _named(look: Look, name: str) -> list[dict[str, Any]]:
    words, spelt = fold_name(name).split(), word_forms(name)
    found = await _hits(look, name, words, spelt)
    less = [] if found else without_patronymics(spelt)
    if less:
        words = [alike[0] for alike in less]
        return await _hits(look, " ".join(words), words, less)
    return found


async def _hits(look: Look, name: str, words: list[str], spelt: list[list[str]]) -> list[dict[str, Any]]:
    lucene = any_spelling_query(look.viewer.network, name, spelt)
    if not words or not spelt or not lucene:
        return []
    return await look.hits.get(Name(lucene, tuple(words), tuple(map(tuple, spelt))))


def _humans(rows: list[dict[str, Any]]) -> list[_Human]:
    """Join matches that are probably one person, in the order of their best match."""
    humans: list[_Human] = []
    for row in rows:
        ids = {row["id"], *row["same"]}
        joined = [human for human in humans if human.ids & ids]
        human = joined[0] if joined else _Human([], set())
        if not joined:
            humans.append(human)
        human.rows.append(row)
        human.same |= ids
        for other in joined[1:]:
            human.rows += other.rows
            human.same |= other.same
            humans.remove(other)
    return humans


def _is(asked: str, company: str | None) -> bool:
    return company is not None and f"{company} ".startswith(f"{asked} ")


def _at(company: str, humans: list[_Human], named_so: list[_Human], viewer: Viewer) -> list[_Human]:
    """Return the matches at a company, present before former; also better matches elsewhere."""
    others = [human for human in humans if viewer.person_id not in human.ids]
    for degree in (2, 1):
        there = [human for human in others if human.at(company) == degree]
        if there:
            best = [human for human in there if human.quality == there[0].quality]
            return best if best[0] in named_so else [*best, *named_so]
    return named_so


async def _target(look: Look, text: str, id: str, twins: Iterable[str]) -> Target | UnknownTarget:
    same = sorted(twins)
    if look.viewer.person_id in (id, *same):
        return UnknownTarget(text, message=YOURSELF)
    everybody = await look.all_people([id, *same])
    if everybody[id].shared:
        return UnknownTarget(text, message=SHARED.format(text))
    return Target(everybody[id], tuple(everybody[twin] for twin in same))


async def _ambiguous(look: Look, humans: list[_Human]) -> AmbiguousTarget:
    everybody = await look.all_people(human.id for human in humans)
    return AmbiguousTarget(tuple(Candidate(everybody[human.id], human.last, human.sources) for human in humans))


OBJECTED = "This person objected to introductions."

Found = Target | AmbiguousTarget | UnknownTarget


def without_objectors(viewer: Viewer, found: Found) -> Found:
    """Return the match, or an unknown target for a person who objected to introductions."""
    if isinstance(found, Target) and not set(viewer.objectors).isdisjoint(found.ids):
        return UnknownTarget(found.person.name, message=OBJECTED)
    return found
