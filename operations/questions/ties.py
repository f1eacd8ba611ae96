"""The use case "how well does one person know another?"."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.answers import YOURSELF_MESSAGE, AmbiguousTarget, Evidence, Person, Step, UnknownTarget, Unreachable
from graph.days import day_of
from graph.introductions.introducer_consent import pairs_from_own_sources
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import (
    ExactReference,
    PersonReference,
    ResolvedTarget,
    resolve_reference,
)
from graph.privacy.audit_log import AuditAction
from graph.ties.evidence import Pair, Tie, read_evidence, read_ties
from graph.ties.history import History, Month, history, months
from graph.ties.past import Past, read_past
from graph.ties.reachability import find_unreachable_people
from operations.ask import record_question_about
from operations.session import Session

_VIEWER_UNKNOWN = "No loaded source identifies you yet."
_ONE_PERSON = "Both references name one person. Name two."


@dataclass(frozen=True, slots=True)
class TieWithEvidence:
    """The tie of one person to another, None for strangers, and the evidence of both directions.

    `unreachable` is the evidence that one of the two cannot be reached today, if the tie is stored as such.
    """

    tie: Tie | None
    outbound: Evidence
    inbound: Evidence
    unreachable: Unreachable | None = None


@dataclass(frozen=True, slots=True)
class TieReply:
    """The tie of one person to another, and how it developed. `knows` says whether there is a tie."""

    step: Step
    knows: bool
    history: History
    months: Sequence[Month]


async def resolve_ends(
    session: Session, *references: PersonReference | None
) -> list[str] | AmbiguousTarget | UnknownTarget:
    """The ids of people; None stands for the viewer. If a reference is not a single person, the reason."""
    me = session.viewer.person_id or ""
    ends: list[str] = []
    for reference in references:
        if reference is None or reference == ExactReference(me):
            if not me:
                return UnknownTarget("", _VIEWER_UNKNOWN)
            ends.append(me)
            continue
        resolved = await resolve_reference(session.graph, session.viewer, reference)
        if isinstance(resolved, ResolvedTarget):
            ends.append(resolved.person.id)
        elif me and isinstance(resolved, UnknownTarget) and resolved.message == YOURSELF_MESSAGE:
            ends.append(me)
        else:
            return resolved
    return UnknownTarget("", _ONE_PERSON) if len(set(ends)) < len(ends) else ends


async def explain_ties(
    session: Session, pairs: Sequence[Pair], *, as_of: date | None = None, month_count: int = 12
) -> list[TieReply]:
    """Read the tie of the first person of each pair to the second and its history.

    The audit entry is written before the answer is returned. `as_of` derives the ties from the evidence up to that
    date; otherwise the stored ties are read. The caller checks the date with graph.introductions.as_of.
    """
    ids = list(dict.fromkeys(id for pair in pairs for id in pair))
    await record_question_about(session, AuditAction.TIE, *ids)
    day = session.viewer.as_of if as_of is None else day_of(as_of)
    people = await read_profiles(session.graph, session.viewer, ids)
    own_pairs, own_past = await _read_own_past(session, pairs)
    pasts = await _pasts(session, pairs, own_pairs, own_past)
    if as_of is None:
        ties = dict(zip(pairs, await _ties(session, pairs, own_pairs, own_past), strict=True))
    else:
        ties = {pair: await asyncio.to_thread(tie_in_past, pasts[pair], pair, day) for pair in pairs}
    # in a thread: a tie of decades is derived for about forty dates
    return [await asyncio.to_thread(_reply, people, pair, ties[pair], pasts[pair], day, month_count) for pair in pairs]


def _reply(
    people: Mapping[str, Person], pair: Pair, tie: TieWithEvidence, past: Past, day: int, month_count: int
) -> TieReply:
    from_id, to_id = pair
    step = Step(
        from_person=people[from_id],
        to_person=people[to_id],
        strength=tie.tie.strength if tie.tie else 0.0,
        outbound=tie.outbound,
        inbound=tie.inbound,
        label_only=tie.tie is not None and tie.tie.label_only,
        is_asleep=tie.tie is not None and tie.tie.is_asleep,
        is_unreachable=tie.tie is not None and tie.tie.is_unreachable,
        unreachable=tie.unreachable,
    )
    tie_history = history(past, from_id, to_id, on=day)
    listed = months(past, from_id, to_id, on=day, count=month_count)
    return TieReply(step, tie.tie is not None, tie_history, listed)


async def read_ties_with_evidence(session: Session, pairs: Sequence[Pair]) -> list[TieWithEvidence]:
    """The tie of the first person of each pair to the second, as the viewer may see it."""
    return await _ties(session, pairs, *await _read_own_past(session, pairs))


async def read_pasts(session: Session, pairs: Sequence[Pair]) -> dict[Pair, Past]:
    """The evidence of each pair by day, from which a tie is derived as of any day."""
    return await _pasts(session, pairs, *await _read_own_past(session, pairs))


async def _read_own_past(session: Session, pairs: Sequence[Pair]) -> tuple[Collection[Pair], Past | None]:
    """The pairs of which the viewer sees their own evidence only, and this evidence; None if there is no such pair."""
    own_pairs = await pairs_from_own_sources(session.graph, session.viewer, pairs)
    return own_pairs, await _read_past(session, own_pairs, only_own=True) if own_pairs else None


async def _ties(
    session: Session, pairs: Sequence[Pair], own_pairs: Collection[Pair], own_past: Past | None
) -> list[TieWithEvidence]:
    graph, viewer = session.graph, session.viewer
    ties = await read_ties(graph, viewer, pairs, unroutable=True)
    evidence = await read_evidence(graph, viewer, pairs)
    ids = {id for pair, tie in ties.items() if tie.is_unreachable for id in pair}
    unreachable = await find_unreachable_people(graph, viewer, ids) if ids else {}
    by_pair = {
        (a, b): TieWithEvidence(
            tie := ties.get((a, b)),
            evidence[a, b],
            evidence[b, a],
            (unreachable.get(a) or unreachable.get(b)) if tie and tie.is_unreachable else None,
        )
        for a, b in pairs
    }
    if own_past:
        # in a thread, so that other requests are answered meanwhile
        by_pair |= await asyncio.to_thread(_ties_in, own_past, own_pairs, viewer.as_of)
    return [by_pair[pair] for pair in pairs]


async def _pasts(
    session: Session, pairs: Sequence[Pair], own_pairs: Collection[Pair], own_past: Past | None
) -> dict[Pair, Past]:
    visible_past = await _read_past(session, {*pairs}.difference(own_pairs), only_own=False)
    return {pair: own_past if own_past and pair in own_pairs else visible_past for pair in pairs}


async def _read_past(session: Session, pairs: Iterable[Pair], *, only_own: bool) -> Past:
    member = session.viewer.member
    state = session.state.only_sources_of(member) if only_own else session.state
    return await read_past(session.graph, state, member, list(pairs))


def _ties_in(past: Past, pairs: Iterable[Pair], on: int) -> dict[Pair, TieWithEvidence]:
    return {pair: tie_in_past(past, pair, on) for pair in pairs}


def tie_in_past(past: Past, pair: Pair, on: int) -> TieWithEvidence:
    """The tie of a pair as of a day, from its evidence."""
    tie = past.tie(*pair, on=on, unroutable=True)
    outbound, inbound = past.evidence(*pair, on=on)
    at_day = None if tie is None else Tie(tie.strength, 0.0, is_asleep=tie.is_asleep, is_unreachable=tie.is_unreachable)
    return TieWithEvidence(at_day, outbound, inbound)
