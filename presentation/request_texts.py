"""Drafts the three texts of an introduction request (docs/requests.md).

A sentence about evidence is about a tie of its reader, the introducer, and claims no more than what the asker's sources
show. The note to forward contains no evidence: only what the asker writes.
"""

from dataclasses import dataclass

from graph.answers import Route, Step
from graph.days import date_of
from graph.requests.requests import RequestTexts
from presentation.sentences import format_count, last_contact, meeting_counts, message_count


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """The asker's facts: why they want to meet the target, who they are, and what the target gains."""

    purpose: str
    about: str = ""
    benefit: str = ""


def draft_texts(route: Route, asker: str, facts: RequestFacts) -> RequestTexts:
    """Draft the texts for the first introducer of the route. `asker` is the asker's name, empty if unknown."""
    return RequestTexts(
        reason=reason_for_introducer(route),
        benefit=_sentence(facts.benefit),
        note=note_to_forward(route.people[-1].name, asker, facts),
    )


def draft_texts_for_hidden_introducer(target: str, asker: str, facts: RequestFacts) -> RequestTexts:
    """Draft the texts for a colleague whom the asker does not see: without evidence, which would reveal who it is."""
    reason = (
        f"Tertius ranks you as the best introducer to {target} among colleagues whose names I do not see. Could you "
        f"introduce me to {target}? I see your name only if you accept. Please decline if you would rather not."
    )
    return RequestTexts(reason, _sentence(facts.benefit), note_to_forward(target, asker, facts))


def reason_for_introducer(route: Route) -> str:
    """Say why the first introducer is asked: their ties to the next person of the route and to the asker."""
    introducer, contact, target = route.people[0], route.people[1], route.people[-1]
    with_asker = route.colleague or route.steps[0]
    with_contact = route.steps[0 if route.colleague else 1]
    sentences = [_tie_sentence(with_contact, introducer.id, contact.name) or f"You may know {contact.name}."]
    if not route.colleague and (tie := _tie_sentence(with_asker, introducer.id, "I", is_asker=True)):
        sentences.append(tie)
    if len(route.people) > 2:
        sentences.append(f"Could you ask {contact.name} whether an introduction to {target.name} is welcome?")
    else:
        sentences.append(f"Could you introduce me to {target.name}?")
    return " ".join((*sentences, "Please decline if you would rather not."))


def note_to_forward(target: str, asker: str, facts: RequestFacts) -> str:
    """Write the note that the target may read: who asks, why, and what the target gains."""
    sentences = (
        f"My name is {asker}." if asker else "",
        _sentence(facts.about),
        f"I would like to be introduced to {target}.",
        _sentence(facts.purpose),
        _sentence(facts.benefit),
    )
    return " ".join(filter(None, sentences))


def _tie_sentence(step: Step, reader: str, other: str, *, is_asker: bool = False) -> str:
    """Say what the asker's sources show between the reader and somebody else; empty if they show no contact."""
    if step.label_only:
        return ""
    sent, received = (step.outbound, step.inbound) if step.from_person.id == reader else (step.inbound, step.outbound)
    outbound, inbound = message_count(sent), message_count(received)
    them = "me" if is_asker else other
    clauses = []
    if outbound and inbound:
        clauses.append(f"you and {other} exchanged {format_count(outbound + inbound, 'message')}")
    elif outbound:
        clauses.append(f"you sent {them} {format_count(outbound, 'message')}")
    elif inbound:
        clauses.append(f"{other} sent you {format_count(inbound, 'message')}")
    if meetings := meeting_counts(sent, received):
        clauses.append(f"you and {other} had {' and '.join(meetings)}")
    if not clauses:
        return ""
    last = last_contact(step)
    month = "" if last is None else f", the last contact in {date_of(last):%B %Y}"
    return f"My sources show that {' and '.join(clauses)}{month}."


def _sentence(text: str) -> str:
    """The text with a full stop at its end if it ends with a letter or a number."""
    stripped = " ".join(text.split())
    return f"{stripped}." if stripped and stripped[-1].isalnum() else stripped
