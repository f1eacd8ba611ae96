"""Converts answers to the form of the dump, without ids, sentences or code names."""

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
from graph.strength.model import label_index
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
class StoredView:
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


async def open_view(graph: Graph, driver: neo4j.AsyncDriver, network: str, member: str) -> StoredView:
    """The member of this name in the network of this name; with no name, the network's only member."""
    rows, _, _ = await driver.execute_query(MEMBERS, network=network, member=member)
    (row,) = rows
    state = await read_state(graph, row["network"])
    viewer = build_viewer(state, row["member"])
    rows_in_view, _, _ = await driver.execute_query(PEOPLE, network=row["network"], sources=list(viewer.sources))
    profiles = await read_profiles(graph, viewer, [person["id"] for person in rows_in_view])
    names = Counter(profiles[person["id"]].name for person in rows_in_view)
    labels, people = {}, []
    for person in rows_in_view:
        profile, identities = profiles[person["id"]], sorted(map(_identity, person["keys"]))
        name = profile.name
        labels[person["id"]] = name if names[name] == 1 else f"{name} <{identities[0]}>"
        people.append(
            {"id": person["id"], "identities": identities, "title": profile.title, "company": profile.company}
        )
    return StoredView(graph, driver, state, viewer, labels, people)


async def answer(view: StoredView, question: dict[str, Any]) -> Any:
    """Answer one question of the dump, such as `introductions` or `ties`."""
    match question["ask"]:
        case "introductions" | "introductions_as_of":
            return await _introductions(view, question)
        case "people":
            return [
                {"person": view.label(row["id"]), **{key: row[key] for key in ("identities", "title", "company")}}
                for row in view.people
            ]
        case "ties":
            return await _ties(view)
        case "sources":
            return [
                {
                    "kind": row.kind,
                    "account": row.account,
                    "sharing_level": row.sharing_level.value,
                    "others": row.shares_third_party_ties,
                    "status": row.status,
                    "coverage_until": _date(row.coverage_until),
                    "own": row.member == view.viewer.member,
                    "has_private_half": row.private_part is not None,
                }
                for row in view.state.listed_sources(view.viewer.member)
            ]
        case "statements":
            return [
                {
                    "from": view.label(row.by[0]),
                    "to": view.label(row.towards[0]),
                    "kind": row.kind.name.lower(),
                    "on": _date(row.day),
                    "until": _date(row.until),
                    "both_ways": row.is_mutual,
                }
                for row in await list_statements(view.graph, view.viewer)
            ]
    raise ValueError(question["ask"])


async def _ties(view: StoredView) -> list[dict[str, Any]]:
    viewer = view.viewer
    audiences = {NETWORK_AUDIENCE: "everybody", viewer.member: "member"}
    audiences |= {unroutable_audience(audience): f"{name}_set_aside" for audience, name in audiences.items()}
    visible = [*viewer.visible_audiences, unroutable_audience(NETWORK_AUDIENCE)]
    rows, _, _ = await view.driver.execute_query(TIES, network=viewer.network, audiences=visible)
    return [
        {
            "from": view.label(row["by"]),
            "to": view.label(row["towards"]),
            "audience": audiences[row["audience"]],
            "strength": round(row["strength"], 9),
            "mutual_strength": round(row["mutual_strength"], 9),
            "last": _date(row["last_day"]),
            "mutual": row["is_mutual"],
        }
        for row in rows
    ]


async def _introductions(view: StoredView, question: dict[str, Any]) -> dict[str, Any]:
    viewer, past = view.viewer, None
    if as_of := question.get("as_of"):
        viewer, past = viewer.as_of_day(day_of(date.fromisoformat(as_of))), view.state
    result = await introductions(
        view.graph,
        viewer,
        question["target"],
        max_introducers=question["max"],
        team=question.get("team", False),
        state_for_past=past,
    )
    match result:
        case answers.Introductions() | answers.AlreadyKnown():
            known = isinstance(result, answers.AlreadyKnown)
            return {
                "kind": "already_known" if known else "routes",
                "routes": [_route(view, route) for route in result.routes],
                "same": [view.label(person.id) for person in result.possible_duplicates],
                "complete": result.is_complete,
                "team_strength_label": None if result.withheld_strength is None else _label(result.withheld_strength),
            } | ({"strength": _round(result.tie.exact_strength)} if isinstance(result, answers.AlreadyKnown) else {})
        case answers.Refusal():
            miss = result.nearest_miss
            return {
                "kind": "refusal",
                "reason": result.reason.value.lower(),
                "nearest": [] if miss is None else [view.label(person.id) for person in miss.people],
                "missing": miss and {"from": view.label(miss.from_person.id), "to": view.label(miss.to_person.id)},
                "same": [view.label(person.id) for person in result.possible_duplicates],
                "team": result.searched_team,
            }
        case answers.AmbiguousTarget():
            return {
                "kind": "ambiguous",
                "candidates": [
                    {
                        "person": view.label(candidate.person.id),
                        "last": _date(candidate.last_contact),
                        "sources": sorted(candidate.sources),
                    }
                    for candidate in result.candidates
                ],
            }
        case answers.UnknownTarget():
            return {"kind": "unknown"}


def _route(view: StoredView, route: answers.Route) -> dict[str, Any]:
    colleague = route.colleague
    return {
        "path": [view.label(person.id) for person in route.people],
        "score": _round(route.score),
        "steps": [_round(step.exact_strength) for step in route.steps],
        "labels": [_label(step.strength) for step in route.steps],
        "independent": route.shares_nobody,
        "colleague": colleague and {"strength": _round(colleague.exact_strength), "label": _label(colleague.strength)},
    }


def _label(strength: float) -> str:
    return LABELS[label_index(strength)]


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 9)


def _date(day: int | None) -> str | None:
    return None if day is None else date_of(day).isoformat()


def _identity(key: str) -> str:
    kind, _, text = key.partition(":")
    return f"name:{text.partition('/')[2]}" if kind == "name" else key
