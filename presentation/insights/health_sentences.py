"""Sentences about the health of a network."""

from collections.abc import Iterable

from graph.insights.health import ConnectionClass, ConnectionGroup, ContactConcentration, HealthDimension, NetworkHealth
from graph.insights.listed_people import ListedPerson
from graph.insights.measures.origins import ConnectionOrigin, InvitationAcceptance
from graph.insights.rules import insight_rules
from presentation.sentences import format_count, format_day, format_percent, people_who_know

CLASS_NAMES = {
    ConnectionClass.STRONG: "mutual and strong",
    ConnectionClass.MUTUAL: "mutual",
    ConnectionClass.THEY_REACH_OUT: "they reach out",
    ConnectionClass.YOU_REACH_OUT: "you reach out",
    ConnectionClass.GONE_COLD: "gone cold",
    ConnectionClass.NEVER: "never in contact",
}
"""The name of each class in answers."""
_ORIGIN_NAMES = {
    ConnectionOrigin.SENT_WITH_NOTE: "you invited them with a note",
    ConnectionOrigin.SENT: "you invited them without a note",
    ConnectionOrigin.RECEIVED_WITH_NOTE: "they invited you with a note",
    ConnectionOrigin.RECEIVED: "they invited you without a note",
    ConnectionOrigin.SHARED_EMPLOYER: "you had the same employer",
    ConnectionOrigin.SHARED_SCHOOL: "you studied at the same school",
    ConnectionOrigin.UNKNOWN: "unknown",
}


def group_name(group: ConnectionGroup) -> str:
    """Return the name of a group in answers."""
    return _ORIGIN_NAMES[ConnectionOrigin(group.name)] if group.dimension is HealthDimension.ORIGIN else group.name


def acceptance_message(acceptance: InvitationAcceptance) -> str:
    """Return how many invitations of one kind were accepted."""
    sender = "You sent" if acceptance.is_sent else "You received"
    note = "with" if acceptance.has_note else "without"
    return f"{sender} {format_count(acceptance.count, 'invitation')} {note} a note. Accepted: {acceptance.accepted:,}."


def class_reason(person: ListedPerson, known: ConnectionClass) -> str:
    """Return the sentence that says why a person is in a class."""
    last = person.last_contact
    if known is ConnectionClass.GONE_COLD and person.unreachable:
        return person.unreachable.describe(person.person.name)
    if person.duplicate:
        name, day = person.duplicate.person.name, format_day(person.duplicate.last_contact)
        return insight_rules()["never_with_duplicate"].explain(name=name, last_contact=day)
    return known.rule.explain(last_contact="" if last is None else format_day(last))


def concentration_message(concentration: ContactConcentration) -> str:
    """Return how few people the contact of the last year is spread over."""
    if concentration.top_share is None:
        return "No connection had contact with you in the last 365 days."
    people = format_count(concentration.people, "connection")
    verbs = ["was" if concentration.people == 1 else "were", "has" if concentration.people_for_half == 1 else "have"]
    return (
        f"{people} {verbs[0]} in contact with you in the last 365 days. {concentration.people_for_half:,} of them "
        f"{verbs[1]} half of the contact."
    )


def reach_message(counts: Iterable[int]) -> str:
    """Return how many people know the viewer, and how many can be reached with 1, 2 and 3 introducers."""
    known, one, two, three = counts
    more = f"You can reach {one:,} more with one introducer, {two:,} with two and {three:,} with three."
    return f"{people_who_know(known)} you. {more}"


def noise_message(health: NetworkHealth) -> str:
    """Return what the share of connections without contact means."""
    ratio, duplicates = health.counts.noise_ratio, health.duplicates_in_contact
    if ratio is None:
        return "Your sources list no connection."
    message = f"No source shows any contact with {format_percent(ratio)} of your connections."
    if not duplicates:
        return message
    some = "One of these may be a duplicate" if duplicates == 1 else f"{duplicates:,} of these may be duplicates"
    return f"{message} {some} of people with whom you had contact."
