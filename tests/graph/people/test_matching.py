"""Tests of duplicate detection, on invented people who were not used to set its weights."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from graph.ingest.collect import collect_records
from graph.names.keys import company_key, fold_name
from graph.people.clusters import Clusters, Identity, StoredFact
from graph.people.matching import OFFER_THRESHOLD, Comparison, comparable_person, compare_people, score_pairs
from graph.people.rules import (
    cluster_identities,
    compare_clusters,
    find_probable_duplicates,
    join_confident_pairs,
)
from graph.strength.model import model
from sources import Export, find_exports, read_export
from tests.graph.people.namesakes import SOURCES, World, make_world
from tests.sources.shared_exports import unpacked

HELD_OUT = (101, 102, 103)
OWNERS = dict.fromkeys(SOURCES, "member")


def _pairs(world: World, root: Callable[[str], str]) -> set[tuple[str, str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key in world.identities:
        groups[root(key)].append(key)
    return {pair for keys in groups.values() for pair in combinations(keys, 2)}


def _contacts(world: World, clusters: Clusters, comparisons: list[Comparison]) -> dict[str, set[str]]:
    return {
        person.id: {clusters.root(contact) for key in person.keys for contact in world.contacts.get(key, ())}
        for comparison in comparisons
        for person in (comparison.first, comparison.second)
    }


def test_merged_pairs_are_ninety_nine_percent_correct() -> None:
    right_count = joined_count = true_count = offered_count = 0
    for seed in HELD_OUT:
        world = make_world(seed)
        clusters = cluster_identities(world.identities, OWNERS, [], SOURCES)
        comparisons = compare_clusters(world.identities, clusters, SOURCES)
        scored = score_pairs(comparisons, _contacts(world, clusters, comparisons))
        offered = {(pair.first, pair.second) for pair in scored if pair.probability >= OFFER_THRESHOLD}
        before = {key: clusters.root(key) for key in world.identities}
        join_confident_pairs(comparisons, clusters, world.contacts, set())

        truth = _pairs(world, {key: str(whose) for key, whose in world.truth.items()}.__getitem__)
        joined = _pairs(world, clusters.root)
        right_count += len(joined & truth)
        joined_count += len(joined)
        true_count += len(truth)
        for one, other in truth - joined:
            ends = sorted((before[one], before[other]))
            offered_count += (ends[0], ends[1]) in offered

    precision, recall = right_count / joined_count, right_count / true_count
    reached = (right_count + offered_count) / true_count
    print(f"joined: precision {precision:.4f}, recall {recall:.3f}; joined or offered: {reached:.3f} of {true_count}")
    assert precision >= 0.99
    assert recall >= 0.38
    assert reached >= 0.85


def _add_identities(export: Export, identities: dict[str, Identity]) -> None:
    """Add the facts of an export of people, under a source named after its file."""
    source = export.paths[0].stem
    for fact in sorted(collect_records(read_export(export), model(), today=date(2026, 11, 22)).facts, key=repr):
        company = company_key(fact.company) if fact.company else None
        name = fold_name(fact.name) if fact.name else None
        keys = list(fact.keys) if len(fact.keys) > 1 else None
        identity = identities.setdefault(fact.identity, Identity(fact.identity, [], []))
        row = (source, fact.name, name, fact.title, fact.company, company, None, None, 1, None, fact.part, None, keys)
        identity.facts.append(StoredFact(*row))


def test_five_people_in_four_real_lists_are_merged_or_suggested(tmp_path: Path) -> None:
    files = [file for kind in ("linkedin", "contacts_csv") for file in unpacked(kind, tmp_path / kind).rglob("*.csv")]
    exports = [find_exports([file]).exports[0] for file in files if "agamm+rolomind" in file.parts]
    identities: dict[str, Identity] = {}
    for export in exports:
        _add_identities(export, identities)
    world = World(identities)
    surnames = {
        key: next(fact.folded for fact in identity.facts if fact.folded).split()[-1]
        for key, identity in identities.items()
    }
    sources = {export.paths[0].stem for export in exports}

    clusters = cluster_identities(identities, dict.fromkeys(sources, "member"), [], sources)
    comparisons = compare_clusters(identities, clusters, sources)
    scored = score_pairs(comparisons, {})
    offered = [(pair.first, pair.second) for pair in scored if pair.probability >= OFFER_THRESHOLD]
    join_confident_pairs(comparisons, clusters, {}, set())

    truth, joined = _pairs(world, surnames.__getitem__), _pairs(world, clusters.root)
    assert (len(exports), len(truth), len(joined), joined <= truth) == (4, 13, 11, True)
    assert {one for pair in truth - joined for one in pair} == {"email:jane@example.com", *offered[-1]}


def _fact(name: str, company: str | None = None) -> StoredFact:
    return StoredFact("s", name, fold_name(name), None, company, company, None, None, 1, None, "", None, None)


def _probability(one: tuple[str, str], other: tuple[str, str], *, company: str | None = None, common: int = 0) -> float:
    first = comparable_person("a", [one[0]], [_fact(one[1], company)])
    second = comparable_person("b", [other[0]], [_fact(other[1])])
    assert first
    assert second
    contacts = {f"c{n}" for n in range(common)}
    pairs = score_pairs(compare_people([first, second]), {"a": contacts, "b": contacts})
    return pairs[0].probability if pairs else 0.0


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
    assert _probability(("email:a@one.example", one), ("email:b@two.example", other), common=6) > 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [("John A Smith", "John B Smith"), ("John Smith Sr.", "John Smith Jr."), ("Ana Lopez", "Ben Lopez")],
)
def test_different_initials_generations_or_given_names_prevent_a_match(one: str, other: str) -> None:
    assert _probability(("email:a@one.example", one), ("email:b@two.example", other)) < OFFER_THRESHOLD


def test_a_pair_lists_its_reasons_in_plain_clauses() -> None:
    profile = comparable_person("a", ["linkedin:jane"], [_fact("Jane Doe", "acme")])
    mail = comparable_person("b", ["email:jd@acme.example"], [_fact("Doe, Jane")])
    assert profile
    assert mail
    shared = {"c", "d", "e", "f"}

    (pair,) = score_pairs(compare_people([profile, mail]), {"a": shared, "b": shared})

    assert pair.reasons == "the same name; Acme matches acme.example; 4 contacts in common"


def test_mailboxes_of_several_people_are_not_compared() -> None:
    assert comparable_person("a", ["email:info@acme.example"], [_fact("Acme Support")]) is None
    assert comparable_person("a", ["email:info@acme.example"], [_fact("Jane Doe")]) is not None
    assert comparable_person("a", ["email:doe@acme.example"], [_fact("Jane and John Doe")]) is None


def test_the_number_of_comparisons_grows_linearly() -> None:
    people = [comparable_person(f"p{n}", [f"email:p{n}@f{n % 7}.example"], [_fact("John Smith")]) for n in range(1_000)]

    assert len(compare_people(person for person in people if person)) < 10_000


def test_a_private_row_merges_nobody_and_states_duplicates_to_its_owner() -> None:
    def fact(source: str, name: str, *keys: str) -> StoredFact:
        row = (source, name, fold_name(name), None, None, None, None, None, 1, None, "", None, list(keys) or None)
        return StoredFact(*row)

    one, other, private = "email:jane@one.example", "email:jane@two.example", "linkedin:jane"
    mine = fact("mine", "Jane", one, other, private)
    identities = {
        one: Identity(one, [fact("shared", "Jane"), mine], []),
        other: Identity(other, [fact("shared", "Jane"), mine], []),
        private: Identity(private, [mine], []),
    }
    owners = {"shared": "her", "mine": "me"}

    apart = cluster_identities(identities, owners, [], {"shared"})
    together = cluster_identities(identities, owners, [], {"shared", "mine"})

    assert len({apart.root(key) for key in identities}) == 3
    pairs = list(find_probable_duplicates(identities, owners, apart, {key: key for key in identities}, {"shared"}))
    stated = {(pair["first"], pair["second"]) for pair in pairs if pair["is_stated"]}
    assert stated == {(one, other), (private, one), (private, other)}
    assert {pair["audience"] for pair in pairs} == {"me"}
    assert len({together.root(key) for key in identities}) == 1
