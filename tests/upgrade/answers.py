"""Answers in a form without ids, sentences or code names, as the dump has them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import neo4j

from graph import answers
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.introductions.answer import introductions
from graph.lookup.profiles import read_profiles
from graph.networks.state import NetworkState, build_viewer, read_state
from graph.statements.tie_statements import list_statements
from graph.strength.model import level
from graph.viewer import NETWORK_AUDIENCE, Viewer, unroutable_audience

LABELS = ("weak", "fair", "good", "strong")
MEMBERS = """
MATCH (n:Network {name: $network})-[:HAS]->(m:Member)
WHERE m.role IS NOT NULL AND (m.name = $member OR $member = '')
RETURN n.id AS network, m.id AS member
"""
PEOPLE = """
MATCH (p:Person {network: $network})<-[:OF]-(i:Identity)<-[:NAMES]-(s:Source)
WHERE s.id IN $sources
RETURN p.id AS id, collect(DISTINCT i.key) AS keys
"""
TIES = """
MATCH (p:Person {network: $network})-[k:KNOWS]->(q:Person)
WHERE k.audience IN $audiences
RETURN p.id AS by, q.id AS towards, k.audience AS audience, k.strength AS strength, k.last_day AS last_day,
  k.mutual_strength AS mutual_strength, k.is_mutual AS is_mutual
"""


@dataclass(frozen=True, slots=True)
class Asker:
    """A member, and the label of each person in view: the name, with an address where several share it."""

    graph: Graph
    driver: neo4j.AsyncDriver
    state: NetworkState
    viewer: Viewer
    labels: dict[str, str]
    people: list[dict[str, Any]]

    def label(self, id: str) -> str:
        """The label of a person; people out of view have none."""
        return self.labels.get(id, "(unnamed)")


async def asker(graph: Graph, driver: neo4j.AsyncDriver, network: str, member: str) -> Asker:
    """The member of this name in the network of this name; with no name, the network's only member."""
    rows, _, _ = await driver.execute_query(MEMBERS, network=network, member=member)
    (row,) = rows
    state = await read_state(graph, row["network"])
    viewer = build_viewer(state, row["member"])
    found, _, _ = await driver.execute_query(PEOPLE, network=row["network"], sources=list(viewer.sources))
    profiles = await read_profiles(graph, viewer, [one["id"] for one in found])
    names = Counter(profiles[one["id"]].name for one in found)
    labels, people = {}, []
    for one in found:
        profile, identities = profiles[one["id"]], sorted(map(_identity, one["keys"]))
        name = profile.name
        labels[one["id"]] = name if names[name] == 1 else f"{name} <{identities[0]}>"
        people.append({"id": one["id"], "identities": identities, "title": profile.title, "company": profile.company})
    return Asker(graph, driver, state, viewer, labels, people)


async def answer(asker: Asker, question: dict[str, Any]) -> Any:
    """The answer to one question of the dump; `introductions`, `people`, `ties`, `sources` and `statements`."""
    match question["ask"]:
        case "introductions" | "introductions_as_of":
            return await _introductions(asker, question)
        case "people":
            return [
                {"person": asker.label(one["id"]), **{key: one[key] for key in ("identities", "title", "company")}}
                for one in asker.people
            ]
        case "ties":
            return await _ties(asker)
        case "sources":
            return [
                {
                    "kind": one.kind,
                    "account": one.account,
                    "sharing_level": one.sharing_level.value,
                    "others": one.shares_third_party_ties,
                    "status": one.status,
                    "coverage_until": _date(one.coverage_until),
                    "own": one.member == asker.viewer.member,
                    "has_private_half": one.private_part is not None,
                }
                for one in asker.state.listed_sources(asker.viewer.member)
            ]
        case "statements":
            return [
                {
                    "from": asker.label(one.by[0]),
                    "to": asker.label(one.towards[0]),
                    "kind": one.kind.name.lower(),
                    "on": _date(one.day),
                    "until": _date(one.until),
                    "both_ways": one.is_mutual,
                }
                for one in await list_statements(asker.graph, asker.viewer)
            ]
    raise ValueError(question["ask"])


async def _ties(asker: Asker) -> list[dict[str, Any]]:
    viewer = asker.viewer
    audiences = {NETWORK_AUDIENCE: "everybody", viewer.member: "member"}
    audiences |= {unroutable_audience(one): f"{name}_set_aside" for one, name in audiences.items()}
    visible = [*viewer.visible_audiences, unroutable_audience(NETWORK_AUDIENCE)]
    rows, _, _ = await asker.driver.execute_query(TIES, network=viewer.network, audiences=visible)
    return [
        {
            "from": asker.label(row["by"]),
            "to": asker.label(row["towards"]),
            "audience": audiences[row["audience"]],
            "strength": round(row["strength"], 9),
            "mutual_strength": round(row["mutual_strength"], 9),
            "last": _date(row["last_day"]),
            "mutual": row["is_mutual"],
        }
        for row in rows
    ]


async def _introductions(asker: Asker, question: dict[str, Any]) -> dict[str, Any]:
    viewer, past = asker.viewer, None
    if as_of := question.get("as_of"):
        viewer, past = viewer.as_of_day(day_of(date.fromisoformat(as_of))), asker.state
    found = await introductions(
        asker.graph,
        viewer,
        question["target"],
        max_introducers=question["max"],
        team=question.get("team", False),
        state_for_past=past,
    )
    match found:
        case answers.Introductions() | answers.AlreadyKnown():
            known = isinstance(found, answers.AlreadyKnown)
            return {
                "kind": "already_known" if known else "routes",
                "routes": [_route(asker, route) for route in found.routes],
                "same": [asker.label(one.id) for one in found.possible_duplicates],
                "complete": found.is_complete,
                "team_strength_label": None if found.withheld_strength is None else _label(found.withheld_strength),
            } | ({"strength": _round(found.tie.exact_strength)} if isinstance(found, answers.AlreadyKnown) else {})
        case answers.Refusal():
            miss = found.nearest_miss
            return {
                "kind": "refusal",
                "reason": found.reason.value.lower(),
                "nearest": [] if miss is None else [asker.label(one.id) for one in miss.people],
                "missing": miss and {"from": asker.label(miss.from_person.id), "to": asker.label(miss.to_person.id)},
                "same": [asker.label(one.id) for one in found.possible_duplicates],
                "team": found.searched_team,
            }
        case answers.AmbiguousTarget():
            return {
                "kind": "ambiguous",
                "candidates": [
                    {
                        "person": asker.label(one.person.id),
                        "last": _date(one.last_contact),
                        "sources": sorted(one.sources),
                    }
                    for one in found.candidates
                ],
            }
        case answers.UnknownTarget():
            return {"kind": "unknown"}


def _route(asker: Asker, route: answers.Route) -> dict[str, Any]:
    colleague = route.colleague
    return {
        "path": [asker.label(one.id) for one in route.people],
        "score": _round(route.score),
        "steps": [_round(step.exact_strength) for step in route.steps],
        "labels": [_label(step.strength) for step in route.steps],
        "independent": route.shares_nobody,
        "colleague": colleague and {"strength": _round(colleague.exact_strength), "label": _label(colleague.strength)},
    }


def _label(strength: float) -> str:
    return LABELS[level(strength)]


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 9)


def _date(day: int | None) -> str | None:
    return None if day is None else date_of(day).isoformat()


def _identity(key: str) -> str:
    kind, _, text = key.partition(":")
    return f"name:{text.partition('/')[2]}" if kind == "name" else key
