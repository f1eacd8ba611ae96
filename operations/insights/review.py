"""Use cases about connections to archive: suggestions, archiving, and the yearly review."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from graph.insights.listed_people import read_listed_people
from graph.insights.measures.goal_progress import people_of_goal
from graph.insights.review.archived_connections import (
    ArchivedConnection,
    ArchivedPerson,
    ArchiveOutcome,
    archive_connections,
    list_archived_connections,
    list_people_in_use,
    restore_connections,
)
from graph.insights.review.prune import PruneRule, PruneSuggestion, suggest_pruning
from graph.insights.rules import insight_rules
from graph.lookup.profiles import read_profiles
from graph.requests.states import OPEN_STATES
from operations.insights.connections import find_tagged_people, list_connections_of_viewer
from operations.insights.goals import assess_goal
from operations.session import Session

_ACCOUNT_KIND = "linkedin"


async def list_prune_suggestions(
    session: Session, only: PruneRule | None = None, *, tag: str | None = None
) -> Sequence[PruneSuggestion]:
    """Return the connections that the viewer could archive, with reasons; with `only` those to which a rule applies.

    With `tag` only those with a tag of this name. Never among them are members of the network, people on the route of
    an open introduction request, people of the viewer's goal, and the introducers on the best routes to these. Raises
    InvalidTag.
    """
    graph, state, viewer = session.graph, session.state, session.viewer
    tagged = await find_tagged_people(session, tag)
    listed, in_use, progress = await asyncio.gather(
        list_connections_of_viewer(session),
        list_people_in_use(graph, viewer, open_states=OPEN_STATES),
        assess_goal(session),
    )
    members = {state.people_by_member[member] for member in state.roles}
    accounts = {source.id for source in state.stored_sources if source.kind == _ACCOUNT_KIND}
    kept = {*in_use, *filter(None, members)}
    if progress is not None:
        kept |= people_of_goal(progress.goal, (one.person for one in listed))
        kept = kept.union(*(target.introducer_ids for target in progress.targets))
    # in a thread: it takes a fifth of a second for 30,000 people
    suggestions = await asyncio.to_thread(suggest_pruning, listed, account_sources=accounts, kept=kept)
    return [
        suggestion
        for suggestion in suggestions
        if (only is None or any(reason.rule is only for reason in suggestion.reasons))
        and (tagged is None or suggestion.listed.person.id in tagged)
    ]


async def archive_people(
    session: Session, ids: Sequence[str], *, today: date, rule: PruneRule | None = None
) -> ArchiveOutcome:
    """Archive people for the viewer. `rule` is the rule that suggested it. Repeating it changes nothing."""
    rules: dict[str, str | None] = dict.fromkeys(ids, None if rule is None else rule.value)
    return await archive_connections(session.graph, session.viewer, rules, today=today, open_states=OPEN_STATES)


async def restore_people(session: Session, ids: Sequence[str]) -> int:
    """Restore what the viewer archived, by the ids of ArchivedConnection. Returns how many were restored."""
    return await restore_connections(session.graph, session.viewer, ids)


async def review_archived_people(session: Session, *, tag: str | None = None) -> Sequence[ArchivedPerson]:
    """Return whom the viewer archived: who has come back first, then who is due for the review, then the newest.

    With `tag` only those with a tag of this name. Raises InvalidTag.
    """
    graph, viewer = session.graph, session.viewer.with_archived_people()
    among = await find_tagged_people(replace(session, viewer=viewer), tag)
    archived = [
        one for one in await list_archived_connections(graph, viewer) if among is None or one.person_id in among
    ]
    if not archived:
        return ()
    listed = {one.person.id: one for one in await read_listed_people(graph, session.state, viewer)}
    people = await read_profiles(graph, viewer, [one.person_id for one in archived if one.person_id])
    due_days = insight_rules()["archive_review"].thresholds["days"]

    def reviewed(one: ArchivedConnection) -> ArchivedPerson:
        known = listed.get(one.person_id or "")
        last = known.last_contact if known else None
        return ArchivedPerson(
            archived=one,
            person=people.get(one.person_id or ""),
            listed=known,
            has_come_back=last is not None and last > one.day,
            is_due=viewer.as_of - one.day >= due_days,
        )

    return sorted(map(reviewed, archived), key=lambda each: (not each.has_come_back, not each.is_due))
