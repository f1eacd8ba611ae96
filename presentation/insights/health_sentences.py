"""Sentences about the health of a network."""

from graph.insights.health import ConnectionClass, ContactConcentration
from graph.insights.listed_people import ListedPerson
from presentation.sentences import format_count, format_day, format_percent

CLASS_NAMES = {
    ConnectionClass.STRONG: "mutual and strong",
    ConnectionClass.MUTUAL: "mutual",
    ConnectionClass.THEY_REACH_OUT: "they reach out",
    ConnectionClass.YOU_REACH_OUT: "you reach out",
    ConnectionClass.GONE_COLD: "gone cold",
    ConnectionClass.NEVER: "never in contact",
}
"""The name of each class in answers."""


def class_reason(person: ListedPerson, known: ConnectionClass) -> str:
    """Return the sentence that says why a person is in a class."""
    last = person.last_contact
    return known.rule.explain(last_contact="" if last is None else format_day(last))


def concentration_message(concentration: ContactConcentration) -> str:
    """Return how few people the contact of the last year is spread over."""
    if concentration.top_share is None:
        return "No connection had contact with you in the last 365 days."
    people = format_count(concentration.people_for_half, "connection")
    verb = "has" if concentration.people_for_half == 1 else "have"
    return f"{people} {verb} half of the contact of the last 365 days, in which {concentration.people} had any."


def noise_message(noise_ratio: float | None) -> str:
    """Return what the share of connections without contact means."""
    if noise_ratio is None:
        return "Your sources list no connection."
    return f"No source shows any contact with {format_percent(noise_ratio)} of your connections."
