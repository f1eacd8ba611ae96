"""The export of everything known about a person (GDPR Art. 15): each row with its source and its days.

A member receives what the sources in view hold, at their sharing levels, and no more: of a source that shares only
strengths, names and jobs without days. A colleague who has not consented to be named is not named, as in any other
answer. An owner does not receive what a colleague does not share either. For requests of the person concerned, see
graph.privacy.subject_requests and docs/decisions/0016-erasure.md.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import cypher
from graph.answers import AmbiguousTarget, UnknownTarget
from graph.database.client import Graph
from graph.days import date_of
from graph.insights.contact_plans import ContactPlan, list_contact_plans
from graph.insights.measures.goals import Goal, read_goal
from graph.insights.review.archived_connections import list_archived_connections
from graph.insights.tag_rules import TagRule
from graph.insights.tags import Tag, list_tags
from graph.introductions.introducer_consent import (
    COLLEAGUES_SOURCE,
    pairs_from_own_sources,
    source_titles,
    unnamed_colleagues,
)
from graph.lookup.identities import list_stated_identities, list_stated_people
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import PersonReference, ResolvedTarget, resolve_reference
from graph.names.keys import fold_name, key_text
from graph.networks.sources import PRIVATE_PART_SUFFIX
from graph.networks.state import NetworkState, read_state
from graph.privacy.export_requests import export_requests_of_member
from graph.sharing.exclusions import read_exclusion_rows
from graph.sharing.hidden_contacts import read_hidden_rows
from graph.strength.model import label_index
from graph.ties.evidence import Pair, Tie, read_ties
from graph.ties.past import read_past
from graph.viewer import Viewer

_EXPORT_FACTS = cypher.load("privacy/export_facts")
_EXPORT_EVIDENCE = cypher.load("privacy/export_evidence")
_EXPORT_TIES = cypher.load("privacy/export_ties")

_DAY_COLUMNS = {
    "since": "since",
    "until": "until",
    "seen": "firstListed",
    "gone": "lastListed",
    "obtained": "knownSince",
    "unreachable_on": "unreachableOn",
}
"""The stored day columns with their keys in the export."""
_TEXT_COLUMNS = {
    "name": "name",
    "title": "title",
    "company": "company",
    "school": "school",
    "sender_names": "senderNames",
    "unreachable_reason": "unreachableReason",
    "group": "group",
}
_TEXT_COLUMNS_WITHOUT_EVIDENCE = ("name", "title", "company", "school")
_NO_END = date.max

SubjectExport = dict[str, Any]
"""The export as JSON-compatible keys and values. Days are ISO dates."""


async def export_person(
    graph: Graph, viewer: Viewer, asked: PersonReference
) -> SubjectExport | AmbiguousTarget | UnknownTarget:
    """Everything in the viewer's view about the person who matches `asked`."""
    target = await resolve_reference(graph, viewer.with_archived_people(), asked)
    return await export_person_by_id(graph, viewer, target.person.id) if isinstance(target, ResolvedTarget) else target


async def export_person_by_id(graph: Graph, viewer: Viewer, id: str) -> SubjectExport:
    """Everything in the viewer's view about the person with this id, and about those stated to be the same one."""
    person = (await read_profiles(graph, viewer, [id]))[id]
    state = await read_state(graph, viewer.network)
    ids = await list_stated_people(graph, viewer, id)
    person_identities = await list_stated_identities(graph, viewer, ids)
    keys = [identity.key for identity in person_identities]
    unnamed = await unnamed_colleagues(graph, viewer, id)
    own_sources = [
        source.id for source in state.visible_stored_sources(viewer.member) if source.member == viewer.member
    ]
    titles = source_titles(state, unnamed)
    without_evidence = {source for source, title in titles.items() if title == COLLEAGUES_SOURCE}
    evidence_sources = [source for source in viewer.evidence_sources if source not in without_evidence]
    rows = {
        **await _export_facts(graph, state.network, keys, viewer.sources, evidence_sources, own_sources, titles),
        "evidence": await _export_evidence(graph, state.network, keys, evidence_sources, titles, own_sources, unnamed),
    }
    ties = await _read_visible_ties(graph, viewer, state, ids)
    profiles = await read_profiles(graph, viewer, {end for pair in ties for end in pair})
    return {
        "asOf": _iso(viewer.as_of),
        "person": {"id": person.id, "name": person.name},
        "identities": [
            {"kind": identity.kind, "text": identity.text, "because": identity.because}
            for identity in person_identities
        ],
        **rows,
        "ties": [
            {
                "by": profiles[by].name,
                "knows": profiles[towards].name,
                "strength": tie.exact_strength,
                "level": label_index(tie.strength),
            }
            for (by, towards), tie in ties.items()
        ],
        **await _export_settings(graph, viewer, state, set(ids), set(keys), rows["names"]),
    }


async def export_member_rows(
    graph: Graph, state: NetworkState, keys: Collection[str], sources: Collection[str]
) -> SubjectExport:
    """Everything that these sources say about these identities, for the person concerned."""
    titles = source_titles(state, unnamed=())
    return {
        **await _export_facts(graph, state.network, keys, sources, sources, sources, titles),
        "evidence": await _export_evidence(graph, state.network, keys, sources, titles),
    }


async def _export_facts(
    graph: Graph,
    network: str,
    keys: Collection[str],
    sources: Collection[str],
    evidence_sources: Collection[str],
    group_sources: Collection[str],
    titles: Mapping[str, str],
) -> SubjectExport:
    """The names and list entries in these sources; of those that are no evidence source, names and jobs only.

    The groups in which the owner of a source has the person are those of `group_sources` only.
    """
    rows = await graph.run(_EXPORT_FACTS, network=network, keys=list(keys), sources=list(sources))
    names: list[SubjectExport] = []
    lists: list[SubjectExport] = []
    for row in rows:
        if "group" in row["row"] and row["source"] not in group_sources:
            continue
        has_evidence = row["source"] in evidence_sources
        if row["kind"] == "LISTS":
            lists += [_export_fact(row, titles)] if has_evidence else []
        elif (fact := _export_fact(row, titles) if has_evidence else _fact_without_evidence(row, titles)) not in names:
            names.append(fact)
    return {"names": names, "lists": lists}


async def _export_evidence(
    graph: Graph,
    network: str,
    keys: Collection[str],
    sources: Collection[str],
    titles: Mapping[str, str],
    own_sources: Collection[str] = (),
    unnamed: Collection[str] = (),
) -> list[SubjectExport]:
    """The evidence of these sources by day. Evidence of the people `unnamed` is taken from `own_sources` only."""
    rows = await graph.run(
        _EXPORT_EVIDENCE,
        network=network,
        keys=list(keys),
        sources=list(sources),
        own_sources=list(own_sources),
        unnamed=list(unnamed),
    )
    return [_evidence_row(row, titles) for row in rows]


async def _read_visible_ties(
    graph: Graph, viewer: Viewer, state: NetworkState, ids: Collection[str]
) -> dict[Pair, Tie]:
    """The ties of the person in both directions, as the query `tie` shows them."""
    rows = await graph.run(_EXPORT_TIES, network=viewer.network, ids=list(ids), audiences=viewer.visible_audiences)
    pairs = [(row["by"], row["towards"]) for row in rows]
    own_pairs = await pairs_from_own_sources(graph, viewer, pairs)
    ties = await read_ties(graph, viewer, [pair for pair in pairs if pair not in own_pairs], unroutable=True)
    own_past = await read_past(graph, state.only_sources_of(viewer.member), viewer.member, sorted(own_pairs))
    own_strengths = {pair: own_past.tie_strength(*pair, on=viewer.as_of) for pair in sorted(own_pairs)}
    return ties | {pair: Tie(strength, 0.0) for pair, strength in own_strengths.items() if strength is not None}


async def _export_settings(
    graph: Graph,
    viewer: Viewer,
    state: NetworkState,
    ids: set[str],
    keys: set[str],
    name_rows: Collection[SubjectExport],
) -> SubjectExport:
    """Return what members stored about the person besides sources, as far as the viewer can list it."""
    folded_names = {fold_name(row["name"]) for row in name_rows if "name" in row}
    tags = await list_tags(graph, viewer.with_archived_people())
    return {
        "hiddenContacts": [
            _label_and_day(row)
            for row in await read_hidden_rows(graph, viewer)
            if not keys.isdisjoint(row["keys"]) or not folded_names.isdisjoint(row["names"])
        ],
        "excludedIntroducers": [
            {**_label_and_day(row), "for": "everybody" if row["for_everybody"] else "one member"}
            for row in await read_exclusion_rows(graph, state, viewer)
            if not keys.isdisjoint(row["keys"])
        ],
        "archivedConnections": [
            {"on": _iso(archived.day)}
            for archived in await list_archived_connections(graph, viewer)
            if not keys.isdisjoint(archived.keys)
        ],
        "tags": [tag.name for tag in tags if not ids.isdisjoint(tag.people)],
        **(await _export_own_choices(graph, viewer, tags) if viewer.person_id in ids else {}),
        "introductionRequests": await export_requests_of_member(graph, viewer, ids),
        "contactPlans": [
            _contact_plan(plan)
            for plan in await list_contact_plans(graph, viewer.with_archived_people())
            if viewer.person_id in ids or not ids.isdisjoint(one.id for one in (plan.person, plan.other) if one)
        ],
    }


async def _export_own_choices(graph: Graph, viewer: Viewer, tags: Iterable[Tag]) -> SubjectExport:
    """Return the viewer's choices about their network: tags, archived people and the goal."""
    goal = await read_goal(graph, viewer)
    return {
        "ownTags": [
            {
                "name": tag.name,
                "isShared": tag.is_shared,
                "peopleCount": len(tag.people),
                "rule": tag.rule and _set_values(tag.rule),
            }
            for tag in tags
            if tag.is_own
        ],
        "ownArchivedConnections": [
            {"identities": list(one.keys), "on": _iso(one.day)}
            for one in await list_archived_connections(graph, viewer)
        ],
        "goal": goal and _set_values(goal),
    }


def _set_values(choice: TagRule | Goal) -> SubjectExport:
    """The values that are set, in the forms of JSON."""
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(choice).items()}
    return {name: value for name, value in values.items() if value}


def _contact_plan(plan: ContactPlan) -> SubjectExport:
    people = [plan.person, plan.other] if plan.is_about_two else [plan.person]
    content = plan.content
    days = {
        "snoozedUntil": content.snoozed_until,
        "doneOn": content.done_on,
        "neverSince": content.never_on,
    }
    return {
        "about": [person.name if person else None for person in people],
        "everyDays": content.every_days,
        "note": content.note,
        **{name: None if day is None else _iso(day) for name, day in days.items()},
    }


def _label_and_day(row: Mapping[str, Any]) -> SubjectExport:
    return {"label": row["label"], "on": _iso(row["day"])}


def _iso(day: int) -> str:
    return date_of(day).isoformat()


def _export_fact(stored: Mapping[str, Any], titles: Mapping[str, str]) -> SubjectExport:
    row = stored["row"]
    texts = {key: row[name] for name, key in _TEXT_COLUMNS.items() if name in row}
    days = {key: _iso(row[name]) for name, key in _DAY_COLUMNS.items() if row.get(name, -1) >= 0}
    all_days = {"unreachableDays": [_iso(day) for day in row["unreachable_days"]]} if "unreachable_days" in row else {}
    return {
        "source": titles[stored["source"]],
        "list": row.get("part") or None,
        "identity": key_text(stored["key"]),
        **texts,
        **days,
        **all_days,
    }


def _fact_without_evidence(stored: Mapping[str, Any], titles: Mapping[str, str]) -> SubjectExport:
    row = stored["row"]
    texts = {name: row[name] for name in _TEXT_COLUMNS_WITHOUT_EVIDENCE if name in row}
    return {"source": titles[stored["source"]], "identity": key_text(stored["key"]), **texts}


def _evidence_row(row: Mapping[str, Any], titles: Mapping[str, str]) -> SubjectExport:
    exported = {
        "source": titles[row["source"].removesuffix(PRIVATE_PART_SUFFIX)],
        "channel": row["channel"],
        "by": key_text(row["by"]),
        "towards": key_text(row["towards"]),
        "days": {_iso(day): weight for day, weight in zip(row["days"], row["weights"], strict=True)},
    }
    ends = [date_of(day) for day in row["ends"] or ()]
    until = [None if end == _NO_END else end.isoformat() for end in ends]
    return {**exported, "until": until} if ends else exported
