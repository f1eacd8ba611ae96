"""The export of everything known about a person (GDPR Art. 15): each row with its source and its days.

A member receives what the sources in view hold, at the member's sharing level, and no more. An owner does not receive
what a colleague does not share either. For requests of the person concerned, see graph.privacy.subject_requests and
docs/decisions/0016-erasure.md.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import cypher
from graph.answers import AmbiguousTarget, UnknownTarget
from graph.database.client import Graph
from graph.days import date_of
from graph.introductions.introducer_consent import consent_answers
from graph.lookup.identities import list_identities
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import PersonReference, ResolvedTarget, resolve_reference
from graph.names.keys import fold_name
from graph.networks.members import find_member
from graph.networks.sources import PRIVATE_PART_SUFFIX
from graph.networks.state import NetworkState, read_state
from graph.sharing.exclusions import read_exclusion_rows
from graph.sharing.hidden_contacts import read_hidden_rows
from graph.sharing.visibility_requests import list_visibility_requests
from graph.strength.model import level
from graph.ties.evidence import read_ties
from graph.viewer import Viewer

_EXPORT_FACTS = cypher.load("privacy/export_facts")
_EXPORT_EVIDENCE = cypher.load("privacy/export_evidence")
_EXPORT_TIES = cypher.load("privacy/export_ties")

_DAY_COLUMNS = ("since", "until", "seen", "gone", "obtained")
_TEXT_COLUMNS = ("name", "title", "company", "sender_names")
_NO_END = date.max

SubjectExport = dict[str, Any]
"""The export as JSON-compatible keys and values. Days are ISO dates."""


async def export_person(
    graph: Graph, viewer: Viewer, asked: PersonReference
) -> SubjectExport | AmbiguousTarget | UnknownTarget:
    """Everything in the viewer's view about the person who matches `asked`."""
    target = await resolve_reference(graph, viewer, asked)
    return await export_person_by_id(graph, viewer, target.person.id) if isinstance(target, ResolvedTarget) else target


async def export_person_by_id(graph: Graph, viewer: Viewer, id: str) -> SubjectExport:
    """Everything in the viewer's view about the person with this id."""
    person = (await read_profiles(graph, viewer, [id]))[id]
    state = await read_state(graph, viewer.network)
    person_identities = (await list_identities(graph, viewer, [id]))[id]
    keys = [identity.key for identity in person_identities]
    rows = await export_source_rows(graph, state, keys, viewer.sources, viewer.evidence_sources)
    tie_rows = await graph.run(_EXPORT_TIES, network=viewer.network, id=id, audiences=viewer.visible_audiences)
    pairs = [(row["by"], row["towards"]) for row in tie_rows]
    ties = await read_ties(graph, viewer, pairs, barred=True)
    profiles = await read_profiles(graph, viewer, {end for pair in pairs for end in pair})
    return {
        "as_of": _iso(viewer.as_of),
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
                "level": level(tie.strength),
            }
            for (by, towards), tie in ties.items()
        ],
        **await _export_settings(graph, viewer, state, id, set(keys), rows["names"]),
    }


async def export_source_rows(
    graph: Graph,
    state: NetworkState,
    keys: Collection[str],
    sources: Collection[str],
    evidence_sources: Collection[str],
) -> SubjectExport:
    """What `sources` say about these identities, and the evidence of `evidence_sources` by day."""
    titles = {source.id: source.title for source in state.sources}
    scope = {"network": state.network, "keys": list(keys)}
    rows = await graph.run(_EXPORT_FACTS, **scope, sources=list(sources))
    evidence = await graph.run(_EXPORT_EVIDENCE, **scope, sources=list(evidence_sources))
    return {
        "names": [_export_fact(row, titles) for row in rows if row["kind"] == "NAMES"],
        "lists": [_export_fact(row, titles) for row in rows if row["kind"] == "LISTS"],
        "evidence": [_export_evidence(row, titles) for row in evidence],
    }


async def _export_settings(
    graph: Graph,
    viewer: Viewer,
    state: NetworkState,
    id: str,
    keys: set[str],
    name_rows: Collection[SubjectExport],
) -> SubjectExport:
    """What members stored about the person besides sources, as far as the viewer can list it."""
    folded_names = {fold_name(row["name"]) for row in name_rows if "name" in row}
    member = await find_member(graph, viewer.network, viewer.member)
    days_requested = {row["day"] for row in await consent_answers(graph, viewer, [id])}
    return {
        "hidden_contacts": [
            _label_and_day(row)
            for row in await read_hidden_rows(graph, viewer)
            if not keys.isdisjoint(row["keys"]) or not folded_names.isdisjoint(row["names"])
        ],
        "excluded_introducers": [
            {**_label_and_day(row), "for": "everybody" if row["for_everybody"] else "one member"}
            for row in await read_exclusion_rows(graph, state, viewer)
            if not keys.isdisjoint(row["keys"])
        ],
        "visibility_requests": [
            *({"by": member.display_name(viewer.member), "on": _iso(day)} for day in sorted(days_requested) if member),
            *(
                {"by": request.asker, "on": _iso(request.day), "consented": request.consented}
                for request in await list_visibility_requests(graph, viewer)
                if request.target.id == id
            ),
        ],
    }


def _label_and_day(row: Mapping[str, Any]) -> SubjectExport:
    return {"label": row["label"], "on": _iso(row["day"])}


def _iso(day: int) -> str:
    return date_of(day).isoformat()


def _export_fact(stored: Mapping[str, Any], titles: Mapping[str, str]) -> SubjectExport:
    row = stored["row"]
    texts = {name: row[name] for name in _TEXT_COLUMNS if name in row}
    days = {name: _iso(row[name]) for name in _DAY_COLUMNS if row.get(name, -1) >= 0}
    return {
        "source": titles[stored["source"]],
        "list": row.get("part") or None,
        "identity": display_text(stored["key"]),
        **texts,
        **days,
    }


def _export_evidence(row: Mapping[str, Any], titles: Mapping[str, str]) -> SubjectExport:
    exported = {
        "source": titles[row["source"].removesuffix(PRIVATE_PART_SUFFIX)],
        "channel": row["channel"],
        "by": display_text(row["by"]),
        "towards": display_text(row["towards"]),
        "days": {_iso(day): weight for day, weight in zip(row["days"], row["weights"], strict=True)},
    }
    ends = [date_of(day) for day in row["ends"] or ()]
    until = [None if end == _NO_END else end.isoformat() for end in ends]
    return {**exported, "until": until} if ends else exported


def display_text(key: str) -> str:
    """An identity's key as people write the identity."""
    kind, _, text = key.partition(":")
    return text.partition("/")[2] if kind == "name" else text
