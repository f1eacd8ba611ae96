"""The use case "which invitations do I accept, and which of my own do I withdraw?"."""

from collections.abc import Sequence
from dataclasses import replace

from graph.answers import AmbiguousTarget
from graph.insights.listed_people import PeopleSelection, read_listed_people
from graph.insights.measures.invitations import read_invitations
from graph.insights.review.invitations import (
    InvitationAdvice,
    InvitationReview,
    OpenInvitation,
    review_invitation,
)
from graph.insights.review.mutual_contacts import find_mutual_contacts
from graph.insights.tags import list_tags
from graph.lookup.index import Lookups
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import ResolvedTarget, hide_objector, resolve_references
from graph.names.keys import company_key
from graph.privacy.audit_log import AuditAction, record_audit_entry
from operations.insights.connections import find_tagged_people
from operations.session import Session
from operations.target_lists import person_reference
from sources.tables.target_list import TargetList


async def review_invitations(
    session: Session, names: TargetList | None = None, *, tag: str | None = None
) -> Sequence[InvitationReview]:
    """Return the open invitations of the viewer's own sources with advice, in the order of InvitationAdvice.

    An invitation is open if the newest archive contains it and no source of the viewer lists the other person. With
    `names` the result is about the people of this list instead, in its order, and the audit log records them. With
    `tag` it is about people with a tag of this name only. Raises InvalidTag.
    """
    graph, viewer = session.graph, session.viewer
    among = await find_tagged_people(session, tag)
    people = await read_listed_people(graph, session.state, viewer, selection=PeopleSelection.LISTED_OR_WITH_CONTACT)
    known = {one.person.id: one for one in people}
    if names is None:
        reviewed = await _open_invitations(session, {id for id, one in known.items() if one.listed_by})
    else:
        reviewed = await _named_people(session, names)
    if among is not None:
        reviewed = [each for each in reviewed if each.person and each.person.id in among]
    ids = list(dict.fromkeys(each.person.id for each in reviewed if each.person))
    mutual = await find_mutual_contacts(graph, viewer, ids)
    me = viewer.person_id
    own = (await read_profiles(graph, viewer, [me]))[me] if me else None
    companies = {company_key(own.company)} if own and own.company else set()
    # an invitation itself puts its person into a tag of all people in a kind of source
    tags = [
        tag for tag in await list_tags(graph, viewer) if tag.is_own and (tag.rule is None or tag.rule.is_about_people)
    ]

    def review(each: OpenInvitation) -> InvitationReview:
        if each.person is not None:
            id = each.person.id
            own_tags = tuple(tag.name for tag in tags if id in tag.people)
            each = replace(each, contact=known.get(id), mutual_contacts=mutual.get(id, ()), tags=own_tags)
        return review_invitation(each, companies=companies, as_of=viewer.as_of)

    reviews = [review(each) for each in reviewed]
    order = list(InvitationAdvice)
    return reviews if names is not None else sorted(reviews, key=lambda each: order.index(each.advice))


async def _open_invitations(session: Session, connected: set[str]) -> list[OpenInvitation]:
    """The newest open invitation of each person and direction, by name."""
    graph, viewer = session.graph, session.viewer
    newest = {
        (each.person_id, each.is_sent): each
        for each in await read_invitations(graph, viewer)
        if each.is_listed and each.person_id not in connected
    }
    people = await read_profiles(graph, viewer, list(dict.fromkeys(id for id, _ in newest)))
    invitations = []
    for (id, is_sent), each in newest.items():
        name = each.name or people[id].name
        person = replace(people[id], name=name)
        covered = each.covered_until
        invitations.append(OpenInvitation(name, person, is_sent, each.day, each.has_note, covered_until=covered))
    return sorted(invitations, key=lambda each: (each.name.casefold(), each.is_sent))


async def _named_people(session: Session, names: TargetList) -> list[OpenInvitation]:
    graph, viewer = session.graph, session.viewer
    asked = [person_reference(row) for row in names.rows]
    resolved = await resolve_references(Lookups(graph, viewer, suggests=False), asked, lambda _: None)
    matches = [match and hide_objector(viewer, match) for match in resolved]
    people = [match.person if isinstance(match, ResolvedTarget) else None for match in matches]
    if about := dict.fromkeys(person.id for person in people if person):
        await record_audit_entry(graph, session.state, viewer.member, AuditAction.TARGETS, about)
    return [
        OpenInvitation(
            row.name or (row.handles[0].text if row.handles else " ".join(row.cells)),
            person and replace(person, name=row.name or person.name),
            is_ambiguous=isinstance(match, AmbiguousTarget),
        )
        for row, person, match in zip(names.rows, people, matches, strict=True)
    ]
