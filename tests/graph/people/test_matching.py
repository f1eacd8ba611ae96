"""Who may be one: measured on invented people whose truth is known, on worlds that the weights were not judged on."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from graph.ingest.collect import gather
from graph.names.keys import company_key, fold_name
from graph.people.clusters import Groups, Identity, Said
from graph.people.matching import WORTH, Case, human, judge, near
from graph.people.rules import comparable, join_sure, joined
from graph.strength.model import model
from sources import Export, find, read
from tests.graph.people.namesakes import SOURCES, World, world
from tests.sources.given_by_others import unpacked

HELD_OUT = (101, 102, 103)
OWNERS = dict.fromkeys(SOURCES, "member")


def _pairs(found: World, root: Callable[[str], str]) -> set[tuple[str, str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key in found.identities:
        groups[root(key)].append(key)
    return {pair for keys in groups.values() for pair in combinations(keys, 2)}


def _met(found: World, groups: Groups, cases: list[Case]) -> dict[str, set[str]]:
    return {
        one.id: {groups.root(key) for ours in one.keys for key in found.contacts.get(ours, ())}
        for case in cases
        for one in (case.one, case.other)
    }


def test_sure_pairs_are_right_ninety_nine_times_in_a_hundred_and_most_others_are_offered() -> None:
    right = joined_at_all = there = offered = 0
    for seed in HELD_OUT:
        found = world(seed)
        groups = joined(found.identities, OWNERS, [], SOURCES)
        cases = comparable(found.identities, groups, SOURCES)
        worth = {(p.one, p.other) for p in judge(cases, _met(found, groups, cases)) if p.score >= WORTH}
        before = {key: groups.root(key) for key in found.identities}
        join_sure(cases, groups, found.contacts, set())

        truth = _pairs(found, {key: str(whose) for key, whose in found.truth.items()}.__getitem__)
        merged = _pairs(found, groups.root)
        right += len(merged & truth)
        joined_at_all += len(merged)
        there += len(truth)
        for one, other in truth - merged:
            ends = sorted((before[one], before[other]))
            offered += (ends[0], ends[1]) in worth

    precision, recall, reached = right / joined_at_all, right / there, (right + offered) / there
    print(f"merged: precision {precision:.4f}, recall {recall:.3f}; merged or offered: {reached:.3f} of {there}")
    assert precision >= 0.99
    assert recall >= 0.38
    assert reached >= 0.85


def _identities(export: Export, found: dict[str, Identity]) -> None:
    """Add what an export of people says of them, as a source called after its file."""
    source = export.paths[0].stem
    for fact in sorted(gather(read(export), model(), today=date(2026, 11, 22)).facts, key=repr):
        firm = company_key(fact.company) if fact.company else None
        plain = fold_name(fact.name) if fact.name else None
        keys = list(fact.keys) if len(fact.keys) > 1 else None
        one = found.setdefault(fact.identity, Identity(fact.identity, [], []))
        row = (source, fact.name, plain, fact.title, fact.company, firm, None, None, 1, None, fact.part, None, keys)
        one.said.append(Said(*row))


def test_five_people_in_four_lists_that_others_made_are_merged_rightly_or_offered(tmp_path: Path) -> None:
    files = [file for kind in ("linkedin", "contacts_csv") for file in unpacked(kind, tmp_path / kind).rglob("*.csv")]
    exports = [find([file]).exports[0] for file in files if "agamm+rolomind" in file.parts]
    identities: dict[str, Identity] = {}
    for export in exports:
        _identities(export, identities)
    found = World(identities)
    whose = {key: next(s.folded for s in one.said if s.folded).split()[-1] for key, one in identities.items()}
    sources = {export.paths[0].stem for export in exports}

    groups = joined(identities, dict.fromkeys(sources, "member"), [], sources)
    cases = comparable(identities, groups, sources)
    worth = [(pair.one, pair.other) for pair in judge(cases, {}) if pair.score >= WORTH]
    join_sure(cases, groups, {}, set())

    truth, merged = _pairs(found, whose.__getitem__), _pairs(found, groups.root)
    assert (len(exports), len(truth), len(merged), merged <= truth) == (4, 13, 11, True)
    assert {one for pair in truth - merged for one in pair} == {"email:jane@example.com", *worth[-1]}


def _said(name: str, company: str | None = None) -> Said:
    return Said("s", name, fold_name(name), None, company, company, None, None, 1, None, "", None, None)


def _score(one: tuple[str, str], other: tuple[str, str], *, company: str | None = None, common: int = 0) -> float:
    ours, theirs = human("a", [one[0]], [_said(one[1], company)]), human("b", [other[0]], [_said(other[1])])
    assert ours
    assert theirs
    shared = {f"c{n}" for n in range(common)}
    pairs = judge(near([ours, theirs]), {"a": shared, "b": shared})
    return pairs[0].score if pairs else 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Okonkwo", "Okonkwo, Jane"),
        ("Robert Achterberg", "Bob Achterberg"),
        ("Сергей Щербаков", "Sergei Scherbakov"),
        ("Łukasz Müller", "Lukasz Muller"),
        ("Ana Maria Lopez", "Ana Lopez"),
        ("J. Thornbury", "Jane Thornbury"),
    ],
)
def test_names_match_in_any_order_and_script_and_by_nickname(one: str, other: str) -> None:
    assert _score(("email:a@one.example", one), ("email:b@two.example", other), common=6) > 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [("John A Smith", "John B Smith"), ("John Smith Sr.", "John Smith Jr."), ("Ana Lopez", "Ben Lopez")],
)
def test_what_tells_two_apart_keeps_them_apart(one: str, other: str) -> None:
    assert _score(("email:a@one.example", one), ("email:b@two.example", other)) < WORTH


def test_a_reason_is_told_in_plain_words() -> None:
    profile = human("a", ["linkedin:jane"], [_said("Jane Doe", "acme")])
    mail = human("b", ["email:jd@acme.example"], [_said("Doe, Jane")])
    assert profile
    assert mail
    shared = {"c", "d", "e", "f"}

    (pair,) = judge(near([profile, mail]), {"a": shared, "b": shared})

    assert pair.because == "the same name; Acme fits acme.example; 4 contacts in common"


def test_nobody_is_compared_by_a_mailbox_that_several_read() -> None:
    assert human("a", ["email:info@acme.example"], [_said("Jane Doe")]) is None
    assert human("a", ["email:doe@acme.example"], [_said("Jane and John Doe")]) is None


def test_pairs_grow_with_the_people_and_not_with_their_square() -> None:
    many = [human(f"p{n}", [f"email:p{n}@f{n % 7}.example"], [_said("John Smith")]) for n in range(1_000)]

    assert len(near(one for one in many if one)) < 10_000


def test_a_private_row_joins_nothing_that_shared_sources_hold_apart() -> None:
    def called(source: str, name: str, *keys: str) -> Said:
        return Said(source, name, fold_name(name), None, None, None, None, None, 1, None, "", None, list(keys) or None)

    one, other, private = "email:jane@one.example", "email:jane@two.example", "linkedin:jane"
    found = {
        one: Identity(one, [called("shared", "Jane")], []),
        other: Identity(other, [called("shared", "Jane")], []),
        private: Identity(private, [called("mine", "Jane", private, one, other)], []),
    }
    owners = {"shared": "her", "mine": "me"}

    apart = joined(found, owners, [], {"shared"})
    together = joined(found, owners, [], {"shared", "mine"})

    assert apart.root(private) == apart.root(one) != apart.root(other)
    assert len({together.root(key) for key in found}) == 1
