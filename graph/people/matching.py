"""Whether two may be one human being: how likely, and why, in plain words.

Pairs are looked for among people whose names share a key (`_blocks`), so that the work grows with the people and not
with their square. Each thing seen of a pair adds to or takes from the logarithm of its odds; the weights were judged
and the thresholds measured on invented people (docs/decisions/0009-duplicates.md, tests/graph/people/test_matching.py).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from math import exp, log, log2

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from graph.names.keys import company_owns_domain, fold_name, work_domain
from graph.names.role_mailboxes import is_role_address
from graph.people.clusters import Said
from graph.records import HandleKind

SURE = 0.9
"""From here on two are joined without being asked about: measured, see the decision."""
WORTH = 0.3
"""From here on two are offered."""
FAR = -3.0
"""Odds, as a logarithm, below which names and companies leave nothing for contacts to mend."""
SEVERAL = 3
"""So many people write from a mailbox that is nobody's own."""
CROWDED = 24
"""Of more bearers of one key only those of one company are compared: nobody can tell namesakes by the dozen apart."""

Words = tuple[str, ...]

_TITLES = frozenset(["dr", "mr", "mrs", "ms", "miss", "prof", "professor", "sir", "dipl", "ing", "herr", "frau"])
_GENERATIONS = frozenset(["jr", "sr", "junior", "senior", "ii", "iii", "iv"])
_VOWELS = re.compile(r"[aeiouyjhw]")
_SOUNDS = str.maketrans({"c": "k", "q": "k", "v": "f", "w": "f", "z": "s", "x": "s", "d": "t", "b": "p", "g": "k"})
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Human:
    """What can be compared of somebody. `own` says that they are a member: then everybody is their contact."""

    id: str
    names: frozenset[Words]
    generations: frozenset[str]
    companies: frozenset[str]
    domains: frozenset[str]
    mailboxes: frozenset[str]
    profile: bool
    own: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one, `one` before `other` by id. `because` is told as `; `-joined clauses."""

    one: str
    other: str
    score: float
    because: str


@dataclass(slots=True)
class Case:
    """What speaks for and against a pair by names and companies; `namesakes` where the names alone would do."""

    one: Human
    other: Human
    odds: float
    namesakes: bool
    reasons: list[str]

    def add(self, weight: float, reason: str = "") -> None:
        self.odds += weight
        if reason:
            self.reasons.append(reason)


def human(id: str, keys: Sequence[str], said: Sequence[Said]) -> Human | None:
    """Somebody as they can be compared; None where nothing gives a name, or where several people read the mail."""
    mails = [key.partition(":")[2] for key in keys if key.startswith(f"{HandleKind.EMAIL}:")]
    boxes = {mail.rpartition("@")[0] for mail in mails}
    if any(map(is_role_address, keys)) or several((name for one in said for name in one.wrote_as or ()), boxes):
        return None
    spelt = [words for one in said if one.name and (words := _words(one.name))]
    if not spelt:
        spelt = [words for box in sorted(boxes) if (words := _words(re.sub(r"[._\-\d]+", " ", box)))]
    names = frozenset(tuple(w for w in words if w not in _GENERATIONS) for words in spelt)
    names = frozenset(words for words in names if len(words) > 1 and "and" not in words)
    if not names:
        return None
    return Human(
        id=id,
        names=names,
        generations=frozenset(w for words in spelt for w in words if w in _GENERATIONS),
        companies=frozenset(one.company_key for one in said if one.company_key),
        domains=frozenset(domain for key in keys if (domain := work_domain(key))),
        mailboxes=frozenset(box for box in boxes if len(box) >= 6),
        profile=any(key.startswith(f"{HandleKind.LINKEDIN}:") for key in keys),
        own=any(one.own for one in said),
        keys=tuple(keys),
    )


@lru_cache(maxsize=100_000)
def _words(name: str) -> Words:
    """A name's words in Latin letters, however it was written."""
    if "@" in name:
        return ()
    text = fold_name(anyascii(name) if not name.isascii() else name)
    return tuple(word for word in text.split() if word not in _TITLES)


def several(names: Iterable[str], boxes: Iterable[str]) -> bool:
    """Whether several people write from these mailboxes: under so many names that no two of them can be one person's.

    Each must be a whole name and share no word with another; a mailbox that is called after one of them is that one's.
    """
    told = [words for words in map(_words, sorted(set(names))) if sum(len(word) > 1 for word in words) > 1]
    return any(
        all(not {*one} & {*other} and not _alike(one, other)[1] for one, other in combinations(some, 2))
        for some in combinations(told, SEVERAL)
    ) and not any(_spells(box, told) for box in boxes)


def near(humans: Iterable[Human]) -> list[Case]:
    """The pairs that contacts could make worth offering, each once, in a steady order."""
    blocks: dict[tuple[str, ...], list[Human]] = defaultdict(list)
    for one in sorted(humans, key=lambda one: one.id):
        for key in _blocks(one):
            blocks[key].append(one)
    found: dict[tuple[str, str], Case | None] = {}
    for block in blocks.values():
        for some in _small(block):
            for one, other in combinations(some, 2):
                if (one.id, other.id) not in found:
                    found[one.id, other.id] = _case(one, other)
    return [case for _, case in sorted(found.items()) if case is not None]


def _small(block: list[Human]) -> Iterator[list[Human]]:
    if len(block) <= CROWDED:
        yield block
        return
    firms: dict[str, list[Human]] = defaultdict(list)
    for one in block:
        for label in {domain.partition(".")[0] for domain in one.domains} | {
            label for company in one.companies for label in (company.replace(" ", ""), company.partition(" ")[0])
        }:
            firms[label].append(one)
    yield from (some for some in firms.values() if len(some) <= CROWDED)


def _blocks(one: Human) -> set[tuple[str, ...]]:
    keys: set[tuple[str, ...]] = {("mailbox", box) for box in one.mailboxes if not _spells(box, one.names)}
    for words in one.names:
        ends = (words[0], words[-1])
        keys.add(("ends", *sorted(min(_given(word)) for word in ends)))
        keys.add(("sound", *sorted(_sound(word) for word in ends)))
        for full, short in (ends, ends[::-1]):
            keys.add(("initial", full, short[0]))
            if len(full) > 1:
                keys.update(("firm", full, domain.partition(".")[0]) for domain in one.domains)
                keys.update(("firm", full, company.replace(" ", "")) for company in one.companies)
    return keys


@cache
def _sound(word: str) -> str:
    """What is left of a word however it was put into Latin letters: its first sound and its consonants."""
    plain = (
        word.replace("ph", "f")
        .replace("shch", "sh")
        .replace("sch", "sh")
        .replace("kh", "k")
        .replace("ch", "k")
        .translate(_SOUNDS)
    )
    return plain[:1] + _TWICE.sub(r"\1", _VOWELS.sub("", plain[1:]))


def _spells(box: str, names: Iterable[Words]) -> bool:
    """Whether a mailbox is called after one of these names, so that a namesake's would be too."""
    return any(word in box for words in names for word in words if len(word) > 2)


def judge(cases: Iterable[Case], contacts: Mapping[str, AbstractSet[str]]) -> list[Pair]:
    """Score pairs, the likeliest first. `contacts` holds, by human, whom they exchange with."""
    cases = list(cases)
    rivals = Counter(id for case in cases if case.namesakes for id in (case.one.id, case.other.id))
    found = []
    for case in cases:
        one, other = case.one, case.other
        odds, reasons = case.odds - log(max(1, rivals[one.id], rivals[other.id])), case.reasons
        if not one.own and not other.own:
            weight, more = _by_contacts(one.id, other.id, contacts)
            odds, reasons = odds + weight, reasons + more
        found.append(Pair(one.id, other.id, round(1 / (1 + exp(-odds)), 4), "; ".join(reasons)))
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


def _case(one: Human, other: Human) -> Case | None:
    named = [found for a in sorted(one.names) for b in sorted(other.names) if (found := _alike(a, b))[1]]
    if not named:
        return None
    weight, reason = max(named, key=lambda found: found[0])
    case = Case(one, other, weight, weight >= 0, [reason])
    _by_firm(case)
    if one.generations != other.generations and one.generations and other.generations:
        case.add(-6, "but of two generations")
    if one.profile and other.profile:
        case.add(-4, "but each with a profile")
    return case if case.odds >= FAR else None


@lru_cache(maxsize=200_000)
def _alike(one: Words, other: Words) -> tuple[float, str]:
    """How far two names may be one person's; without a reason they are not."""
    if sorted(one) == sorted(other):
        return 1.0, "the same name"
    short, long = sorted((one, other), key=len)
    left = list(long)
    weight, reason = (1.0, "") if len(short) == len(long) else (0.5, "one name within the other")
    full = 0
    for word in sorted(short, key=len, reverse=True):
        match = max(((_word(word, w), w) for w in left), key=lambda found: found[0][0])
        (loss, why), chosen = match
        if loss <= -9:
            break
        left.remove(chosen)
        full += loss == 0 or (why.startswith("nearly") and len(word) > 3)
        weight, reason = weight + loss, reason or why
    else:
        if full:
            return weight, reason or "the same name"
    same = one[0] == other[0] and len(one[0]) > 2
    return (-4.0, "one given name") if same else (-9.0, "")


def _word(one: str, other: str) -> tuple[float, str]:
    if one == other:
        return 0.0, ""
    if _given(one) & _given(other):
        return -0.7, "the same name, once as a nickname"
    if 1 in (len(one), len(other)) and one[0] == other[0]:
        return -1.7, "the same name, once with an initial"
    if min(len(one), len(other)) > 3 and (ratio(one, other) >= 84 or _sound(one) == _sound(other)):
        return -0.8, "nearly the same name"
    return -9.0, ""


def _by_firm(case: Case) -> None:
    one, other = case.one, case.other
    both = one.domains & other.domains
    fitting = sorted(
        (company, domain)
        for a, b in ((one, other), (other, one))
        for company in a.companies
        for domain in b.domains
        if company_owns_domain(company, domain)
    )
    if both:
        case.add(-0.5, f"two addresses at {min(both)}")
    elif fitting:
        company, domain = fitting[0]
        case.add(3.2, f"{company.title()} fits {domain}")
    elif one.companies & other.companies:
        case.add(1.5, f"both at {min(one.companies & other.companies).title()}")
    elif (one.domains or one.companies) and (other.domains or other.companies):
        case.add(-0.7)
    if boxes := sorted(box for box in one.mailboxes & other.mailboxes if not _spells(box, one.names | other.names)):
        case.add(4, f"“{boxes[0]}” before the @ of both")


def _by_contacts(one: str, other: str, contacts: Mapping[str, AbstractSet[str]]) -> tuple[float, list[str]]:
    ours, theirs = contacts.get(one, frozenset()), contacts.get(other, frozenset())
    common = len(ours & theirs)
    weight, reasons = 0.0, []
    if other in ours or one in theirs:
        weight -= 3
        reasons.append("but they write to one another")
    if common:
        share = common / min(len(ours), len(theirs))
        weight += min(4.5, 1.5 * log2(1 + common)) * min(1.0, 0.4 + share)
        reasons.append(f"{common} contact{'' if common == 1 else 's'} in common")
    elif min(len(ours), len(theirs)) >= 5:
        weight -= 1.5
        reasons.append("but no contact in common")
    return weight, reasons


def sure(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs to join without asking: those likely enough, where no third is likely for the one and not the other."""
    likely: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.score >= WORTH:
            likely[pair.one].add(pair.other)
            likely[pair.other].add(pair.one)
    for pair in pairs:
        if pair.score >= SURE and likely[pair.one] - {pair.other} == likely[pair.other] - {pair.one}:
            yield pair


@cache
def _given(word: str) -> frozenset[str]:
    """What a given name may be short for, by the first name of each family of names; else itself."""
    return _nicknames().get(word) or frozenset((word,))


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in _lines("nicknames.txt"):
        first, *others = line.split()
        for name in (first, *others):
            found[name].add(first)
    return {name: frozenset(firsts) for name, firsts in found.items()}


def _listed(name: str) -> list[str]:
    return [word for line in _lines(name) for word in line.split()]


def _lines(name: str) -> list[str]:
    text = files("graph.names").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
