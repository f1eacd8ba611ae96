"""Compares people who may be one human being: how likely it is, with the reasons.

Only people whose names share a block key (`_block_keys`) are compared, so that the work grows with the number of
people and not with its square. Each observation about a pair adds to or subtracts from its log-odds. The weights were
judged and the thresholds measured on invented people (docs/decisions/0009-duplicates.md,
tests/graph/people/test_matching.py).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from math import exp, log, log2

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from graph.database.gc_tuning import large_cache
from graph.names.keys import company_owns_domain, fold_name, work_domain
from graph.names.role_mailboxes import is_role_address
from graph.people.clusters import StoredFact
from graph.records import HandleKind

JOIN_THRESHOLD = 0.9
"""Pairs of at least this probability are joined without a question: measured, see the decision."""
OFFER_THRESHOLD = 0.3
"""Pairs of at least this probability are offered as possible duplicates."""
_MIN_LOG_ODDS = -3.0
"""Log-odds by names and employers below which no contacts in common can make a pair worth offering."""
_SHARED_MAILBOX_NAMES = 3
"""A mailbox from which at least this many people write belongs to no single person."""
_MAX_BLOCK = 24
"""In a larger block only people of one employer are compared: dozens of namesakes cannot be told apart."""
_NO_MATCH = -9.0
_MIN_JOINED_RATIO = 90
_MIN_SAME_NAME = -2.5
"""Weight of two names from which they can be one person's: less is a common given name only."""

NameWords = tuple[str, ...]

_TITLES = frozenset(["dr", "mr", "mrs", "ms", "miss", "prof", "professor", "sir", "dipl", "ing", "herr", "frau"])
_GENERATIONS = frozenset(["jr", "sr", "junior", "senior", "ii", "iii", "iv"])
_VOWELS = re.compile(r"[aeiouyjhw]")
_SIMILAR_CONSONANTS = str.maketrans(
    {"c": "k", "q": "k", "v": "f", "w": "f", "z": "s", "x": "s", "d": "t", "b": "p", "g": "k"}
)
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class ComparablePerson:
    """The properties by which a person is compared.

    `is_member`: a member of the network, whose contacts are not compared because everybody is one. `names` are without
    titles and generations; `mailboxes` are local parts of at least six characters; `has_profile`: has a LinkedIn
    profile.
    """

    id: str
    names: frozenset[NameWords]
    generations: frozenset[str]
    companies: frozenset[str]
    domains: frozenset[str]
    mailboxes: frozenset[str]
    has_profile: bool
    is_member: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Ids of two people who may be one, in ascending order. `reasons` are clauses joined by `; `."""

    first: str
    second: str
    probability: float
    reasons: str


@dataclass(slots=True)
class Comparison:
    """The log-odds and reasons of a pair by names and employers. `is_namesake`: the names alone would allow a match."""

    first: ComparablePerson
    second: ComparablePerson
    log_odds: float
    is_namesake: bool
    reasons: list[str]

    def add(self, weight: float, reason: str = "") -> None:
        """Add an observation: its weight to the log-odds, and its reason unless that is empty."""
        self.log_odds += weight
        if reason:
            self.reasons.append(reason)


def comparable_person(id: str, keys: Sequence[str], facts: Sequence[StoredFact]) -> ComparablePerson | None:
    """The person as they can be compared; None if no name is known or if several people read the mailbox."""
    addresses = [key.partition(":")[2] for key in keys if key.startswith(f"{HandleKind.EMAIL}:")]
    mailboxes = {address.rpartition("@")[0] for address in addresses}
    names_given = [fact.name for fact in facts if fact.name]
    if any(is_role_address(key, names_given) for key in keys) or any(fact.is_list for fact in facts):
        return None
    if has_several_writers((name for fact in facts for name in fact.sender_names or ()), mailboxes):
        return None
    spellings = [words for fact in facts if fact.name and (words := _name_words(fact.name))]
    if not spellings:
        texts = (re.sub(r"[._\-\d]+", " ", mailbox) for mailbox in sorted(mailboxes))
        spellings = [words for text in texts if (words := _name_words(text))]
    names = frozenset(tuple(word for word in words if word not in _GENERATIONS) for words in spellings)
    names = frozenset(words for words in names if len(words) > 1 and "and" not in words)
    if not names:
        return None
    return ComparablePerson(
        id=id,
        names=names,
        generations=frozenset(word for words in spellings for word in words if word in _GENERATIONS),
        companies=frozenset(fact.company_key for fact in facts if fact.company_key),
        domains=frozenset(domain for key in keys if (domain := work_domain(key))),
        mailboxes=frozenset(mailbox for mailbox in mailboxes if len(mailbox) >= 6),
        has_profile=any(key.startswith(f"{HandleKind.LINKEDIN}:") for key in keys),
        is_member=any(fact.is_owner for fact in facts),
        keys=tuple(keys),
    )


@large_cache(maxsize=100_000)
def _name_words(name: str) -> NameWords:
    """A name's words in Latin letters, without titles."""
    if "@" in name:
        return ()
    text = fold_name(anyascii(name) if not name.isascii() else name)
    return tuple(word for word in text.split() if word not in _TITLES)


def has_several_writers(names: Iterable[str], mailboxes: Iterable[str]) -> bool:
    """Whether several people write from these mailboxes, judged by the full names under which mail was sent.

    True if _SHARED_MAILBOX_NAMES of the names are pairwise without a common word and cannot be one person's. A mailbox
    named after one of them belongs to that person: then False.
    """
    all_words = map(_name_words, sorted(set(names)))
    full_names = [words for words in all_words if sum(len(word) > 1 for word in words) > 1]
    return any(
        all(not {*one} & {*other} and not _compare_names(one, other)[1] for one, other in combinations(some, 2))
        for some in combinations(full_names, _SHARED_MAILBOX_NAMES)
    ) and not any(_is_named_after(mailbox, full_names) for mailbox in mailboxes)


def compare_people(people: Iterable[ComparablePerson]) -> list[Comparison]:
    """The pairs that contacts in common could make worth offering, each once, sorted by their ids."""
    blocks: dict[tuple[str, ...], list[ComparablePerson]] = defaultdict(list)
    for person in sorted(people, key=lambda person: person.id):
        for key in _block_keys(person):
            blocks[key].append(person)
    comparisons: dict[tuple[str, str], Comparison | None] = {}
    for block in blocks.values():
        for part in _split_block(block):
            for first, second in combinations(part, 2):
                if (first.id, second.id) not in comparisons:
                    comparisons[first.id, second.id] = _compare(first, second)
    return [comparison for _, comparison in sorted(comparisons.items()) if comparison is not None]


def _split_block(block: list[ComparablePerson]) -> Iterator[list[ComparablePerson]]:
    """The block itself, or, if it is too large, its people by employer."""
    if len(block) <= _MAX_BLOCK:
        yield block
        return
    by_employer: dict[str, list[ComparablePerson]] = defaultdict(list)
    for person in block:
        labels = {domain.partition(".")[0] for domain in person.domains}
        for company in person.companies:
            labels |= {company.replace(" ", ""), company.partition(" ")[0]}
        for label in labels:
            by_employer[label].append(person)
    yield from (people for people in by_employer.values() if len(people) <= _MAX_BLOCK)


def _block_keys(person: ComparablePerson) -> set[tuple[str, ...]]:
    keys: set[tuple[str, ...]] = {
        ("mailbox", mailbox) for mailbox in person.mailboxes if not _is_named_after(mailbox, person.names)
    }
    for words in person.names:
        ends = (words[0], words[-1])
        keys.add(("ends", *sorted(min(_full_given_names(word)) for word in ends)))
        keys.add(("sound", *sorted(_phonetic(word) for word in ends)))
        for full, short in (ends, ends[::-1]):
            keys.add(("initial", full, short[0]))
            if len(full) > 1:
                keys.update(("employer", full, domain.partition(".")[0]) for domain in person.domains)
                keys.update(("employer", full, company.replace(" ", "")) for company in person.companies)
    return keys


@cache
def _phonetic(word: str) -> str:
    """A word's first letter and consonants, equal for different transliterations of one name."""
    plain = (
        word.replace("ph", "f")
        .replace("shch", "sh")
        .replace("sch", "sh")
        .replace("kh", "k")
        .replace("ch", "k")
        .translate(_SIMILAR_CONSONANTS)
    )
    return plain[:1] + _DOUBLED.sub(r"\1", _VOWELS.sub("", plain[1:]))


def _is_named_after(mailbox: str, names: Iterable[NameWords]) -> bool:
    """Whether the local part contains a word of one of these names, so that a namesake's could be the same."""
    return any(word in mailbox for words in names for word in words if len(word) > 2)


def score_pairs(comparisons: Iterable[Comparison], contacts: Mapping[str, AbstractSet[str]]) -> list[ScoredPair]:
    """Score pairs, the most probable first. `contacts` maps a person's id to the ids of those they exchanged with."""
    comparisons = list(comparisons)
    rivals = Counter(
        id for comparison in comparisons if comparison.is_namesake for id in (comparison.first.id, comparison.second.id)
    )
    pairs = []
    for comparison in comparisons:
        first, second, reasons = comparison.first, comparison.second, comparison.reasons
        log_odds = comparison.log_odds - log(max(1, rivals[first.id], rivals[second.id]))
        if not first.is_member and not second.is_member:
            weight, more_reasons = _compare_contacts(first.id, second.id, contacts)
            log_odds, reasons = log_odds + weight, reasons + more_reasons
        pairs.append(ScoredPair(first.id, second.id, round(1 / (1 + exp(-log_odds)), 4), "; ".join(reasons)))
    return sorted(pairs, key=lambda pair: (-pair.probability, pair.first, pair.second))


def _compare(first: ComparablePerson, second: ComparablePerson) -> Comparison | None:
    matches = [
        match
        for name in sorted(first.names)
        for other_name in sorted(second.names)
        if (match := _compare_names(name, other_name))[1]
    ]
    if not matches:
        return None
    weight, reason = max(matches, key=lambda match: match[0])
    comparison = Comparison(first, second, weight, weight >= 0, [reason])
    _compare_employers(comparison)
    if first.generations != second.generations and first.generations and second.generations:
        comparison.add(-6, "but of different generations")
    if first.has_profile and second.has_profile:
        comparison.add(-4, "but both have a LinkedIn profile")
    return comparison if comparison.log_odds >= _MIN_LOG_ODDS else None


def may_be_one_person(name: str, other_name: str) -> bool:
    """Whether two names can be one person's: in another spelling, order or script, short, or as a nickname."""
    one, other = _name_words(name), _name_words(other_name)
    if not one or not other:
        return False
    weight, reason = _compare_names(one, other)
    if reason and weight >= _MIN_SAME_NAME:
        return True
    if len(one) == len(other) or 1 not in (len(one), len(other)):
        return False
    # a name without spaces, as in Chinese
    short, long = sorted((one, other), key=len)
    return any(ratio(short[0], "".join(words)) >= _MIN_JOINED_RATIO for words in (long, long[::-1]))


def are_two_people(name: str, other_name: str) -> bool:
    """Whether two full names cannot be one person's, who may have changed the family name."""
    one, other = _name_words(name), _name_words(other_name)
    return min(len(one), len(other)) > 1 and not _compare_names(one, other)[1]


def name_words_in(mailbox: str, names: Iterable[str]) -> set[str]:
    """The words of these names that the part of an address before the @ contains."""
    return {word for name in names for word in _name_words(name) if len(word) > 2 and word in mailbox}


@large_cache(maxsize=200_000)
def _compare_names(one: NameWords, other: NameWords) -> tuple[float, str]:
    """The weight of two names for being one person's, and the reason; an empty reason means that they cannot be."""
    if sorted(one) == sorted(other):
        return 1.0, "the same name"
    short, long = sorted((one, other), key=len)
    unmatched = list(long)
    weight, reason = (1.0, "") if len(short) == len(long) else (0.5, "one name contains the other")
    full_matches = 0
    for word in sorted(short, key=len, reverse=True):
        candidates = ((_compare_words(word, candidate), candidate) for candidate in unmatched)
        (loss, word_reason), chosen = max(candidates, key=lambda candidate: candidate[0][0])
        if loss <= _NO_MATCH:
            break
        unmatched.remove(chosen)
        full_matches += loss == 0 or (word_reason.startswith("nearly") and len(word) > 3)
        weight, reason = weight + loss, reason or word_reason
    else:
        if full_matches:
            return weight, reason or "the same name"
    shares_given_name = one[0] == other[0] and len(one[0]) > 2
    return (-4.0, "the same given name only") if shares_given_name else (_NO_MATCH, "")


def _compare_words(one: str, other: str) -> tuple[float, str]:
    if one == other:
        return 0.0, ""
    if _full_given_names(one) & _full_given_names(other):
        return -0.7, "the same name, once as a nickname"
    if 1 in (len(one), len(other)) and one[0] == other[0]:
        return -1.7, "the same name, once with an initial"
    if min(len(one), len(other)) > 3 and (ratio(one, other) >= 84 or _phonetic(one) == _phonetic(other)):
        return -0.8, "nearly the same name"
    return _NO_MATCH, ""


def _compare_employers(comparison: Comparison) -> None:
    first, second = comparison.first, comparison.second
    common_domains = first.domains & second.domains
    matches = sorted(
        (company, domain)
        for employee, correspondent in ((first, second), (second, first))
        for company in employee.companies
        for domain in correspondent.domains
        if company_owns_domain(company, domain)
    )
    if common_domains:
        comparison.add(-0.5, f"two addresses at {min(common_domains)}")
    elif matches:
        company, domain = matches[0]
        comparison.add(3.2, f"{company.title()} matches {domain}")
    elif first.companies & second.companies:
        comparison.add(1.5, f"both at {min(first.companies & second.companies).title()}")
    elif (first.domains or first.companies) and (second.domains or second.companies):
        comparison.add(-0.7)
    names = first.names | second.names
    mailboxes = sorted(mailbox for mailbox in first.mailboxes & second.mailboxes if not _is_named_after(mailbox, names))
    if mailboxes:
        comparison.add(4, f"“{mailboxes[0]}” before the @ of both addresses")


def _compare_contacts(first: str, second: str, contacts: Mapping[str, AbstractSet[str]]) -> tuple[float, list[str]]:
    first_contacts, second_contacts = contacts.get(first, frozenset()), contacts.get(second, frozenset())
    common = len(first_contacts & second_contacts)
    weight, reasons = 0.0, []
    if second in first_contacts or first in second_contacts:
        weight -= 3
        reasons.append("but they write to each other")
    if common:
        share = common / min(len(first_contacts), len(second_contacts))
        weight += min(4.5, 1.5 * log2(1 + common)) * min(1.0, 0.4 + share)
        reasons.append(f"{common} contact{'' if common == 1 else 's'} in common")
    elif min(len(first_contacts), len(second_contacts)) >= 5:
        weight -= 1.5
        reasons.append("but no contact in common")
    return weight, reasons


def pairs_to_join(pairs: Sequence[ScoredPair]) -> Iterator[ScoredPair]:
    """The pairs to join without a question: those of at least JOIN_THRESHOLD.

    Left out are pairs where a third person is a likely duplicate of one of the two and not of the other.
    """
    likely: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.probability >= OFFER_THRESHOLD:
            likely[pair.first].add(pair.second)
            likely[pair.second].add(pair.first)
    for pair in pairs:
        third_parties_agree = likely[pair.first] - {pair.second} == likely[pair.second] - {pair.first}
        if pair.probability >= JOIN_THRESHOLD and third_parties_agree:
            yield pair


@cache
def _full_given_names(word: str) -> frozenset[str]:
    """The given names that a nickname may stand for: the first name of each of its groups; else the word itself."""
    return _nicknames().get(word) or frozenset((word,))


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    full_names: dict[str, set[str]] = defaultdict(set)
    text = files("graph.names").joinpath("nicknames.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            first, *others = line.split()
            for name in (first, *others):
                full_names[name].add(first)
    return {name: frozenset(firsts) for name, firsts in full_names.items()}
