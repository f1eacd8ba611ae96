"""The use case "who can introduce me to somebody?", for every surface."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.answers import AlreadyKnown, Answer, Introductions, Refusal, RouteStamp
from graph.days import day_of
from graph.errors import QueryTimeout
from graph.insights.tags import viewer_through_tag
from graph.introductions.answer import introductions
from graph.lookup.resolve import PersonReference
from graph.networks.sources import Source
from graph.privacy.audit_log import AuditAction, record_audit_entry
from graph.requests.stamps import read_stamps, stamp_routes
from graph.viewer import Viewer
from operations.metrics import ROUTE_SEARCH_TIMEOUTS
from operations.session import Session


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, the viewer on the day it is valid for, and the sources it is based on."""

    answer: Answer
    viewer: Viewer
    sources: Sequence[Source]


async def ask(
    session: Session,
    target: PersonReference,
    *,
    team: bool = False,
    limit: int = 5,
    max_introducers: int = 2,
    as_of: date | None = None,
    through_tag: str | None = None,
) -> Reply:
    """Resolve the target, search for routes, and write the audit entry before the answer is returned.

    The entry is written while the routes are read. So there may be one for a request that failed afterwards.

    `team` lets routes start at colleagues who share a source. `as_of` answers from the evidence up to that date; the
    caller checks it with graph.introductions.as_of. With `through_tag`, all whom the viewer could ask and who do not
    have this tag are no introducers, and colleagues whose name is withheld are not reported; it requires the present
    day. The metric ROUTE_SEARCH_TIMEOUTS counts searches that reach the time limit. Routes are stamped with earlier
    requests, and those whose introducer takes no requests now are last. A target who objected is answered with
    UnknownTarget.

    Raises InvalidTag, NoDataLoaded, QueryTimeout, and DatabaseUnavailable if the audit entry cannot be written.
    """
    session = replace(session, graph=session.graph.with_batches())
    state, viewer = session.state, session.viewer
    stamps: dict[str, RouteStamp] = {}
    recorded = ""

    async def read_with_routes(targets: Sequence[str], introducers: Sequence[str]) -> None:
        nonlocal stamps, recorded
        stamps, _ = await asyncio.gather(
            read_stamps(session.graph, viewer, [] if as_of else introducers, targets, session.request_rules),
            record_question_about(session, AuditAction.INTRODUCTIONS, targets[0]),
        )
        recorded = targets[0]

    if through_tag is not None:
        viewer = await viewer_through_tag(session.graph, viewer, through_tag)
    viewer_on_day = viewer.as_of_day(day_of(as_of)) if as_of else viewer
    try:
        answer = await introductions(
            session.graph,
            viewer_on_day,
            target,
            team=team,
            limit=limit,
            max_introducers=max_introducers,
            min_score=session.min_route_score,
            seconds=session.search_seconds,
            state_for_past=state if as_of else None,
            # the viewer chooses whom a tag contains, so its label would tell whose name is withheld
            reports_withheld=through_tag is None,
            read_with_routes=read_with_routes,
        )
    except QueryTimeout:
        ROUTE_SEARCH_TIMEOUTS.inc()
        raise
    if isinstance(answer, Introductions | AlreadyKnown) and not answer.is_complete:
        ROUTE_SEARCH_TIMEOUTS.inc()
    if isinstance(answer, Introductions | AlreadyKnown) and as_of is None:
        answer = replace(answer, routes=stamp_routes(answer.routes, stamps))
    # routes may have been read for a shared mailbox before the answer for a person with the name asked for
    if isinstance(answer, Introductions | AlreadyKnown | Refusal) and recorded != answer.target.id:
        await record_question_about(session, AuditAction.INTRODUCTIONS, answer.target.id)
    return Reply(answer, viewer_on_day, state.visible_sources(viewer.member))


async def record_question_about(session: Session, action: AuditAction, *ids: str | None) -> None:
    """Write an audit entry about these people, without the viewer's own person. Call it before you answer.

    Raises DatabaseUnavailable if the entry cannot be written.
    """
    viewer = session.viewer
    others = [id for id in ids if id != (viewer.person_id or "")]
    if others:
        await record_audit_entry(session.graph, session.state, viewer.member, action, others)
