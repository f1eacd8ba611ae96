"""Open invitations with advice, as sentences, JSON and CSV."""

from collections.abc import Iterable, Iterator, Sequence

from graph.insights.review.invitations import (
    InvitationAdvice,
    InvitationReason,
    InvitationReview,
    InvitationRule,
)
from graph.names.name_order import given_name
from presentation.answer_json import Data, day_text, label, person_data
from presentation.csv_cells import csv_lines
from presentation.insights.review import reasons_text
from presentation.sentences import format_day

INVITATION_COLUMNS = ("name", "title", "company", "sent by you", "invited on", "advice", "reason", "question")
"""Columns of the review as CSV."""
ADVICE_NAMES = {
    InvitationAdvice.ACCEPT: "accept",
    InvitationAdvice.ASK_FIRST: "ask first",
    InvitationAdvice.LEAVE: "leave",
    InvitationAdvice.WAIT: "wait",
    InvitationAdvice.WITHDRAW: "withdraw",
    InvitationAdvice.NOTHING_TO_DO: "nothing to do",
}


def invitation_sentence(reason: InvitationReason) -> str:
    """Why a rule applies to an invitation."""
    return reason.rule.rule.explain(
        day="" if reason.day is None else format_day(reason.day),
        count=reason.count,
        company=reason.company,
        people=", ".join(person.name for person in reason.people),
        signs=", ".join(reason.signs),
        tags=", ".join(reason.tags),
    )


def question_to_ask(review: InvitationReview) -> str | None:
    """Return a question to the person before you accept; None unless the advice is ASK_FIRST."""
    if review.advice is not InvitationAdvice.ASK_FIRST or review.invitation.person is None:
        return None
    rules = {reason.rule for reason in review.reasons}
    mutual = review.invitation.mutual_contacts
    if mutual:
        context = f"I see that we both know {mutual[0].person.name}. How do you know each other?"
    elif InvitationRule.COMPANY_IN_COMMON in rules:
        context = f"I see that you work at {review.invitation.person.company} too. Have we worked together?"
    else:
        context = "What would you like to talk about?"
    thanks = "Thank you for your note." if review.invitation.has_note else "Thank you for the invitation."
    return f"Hi {given_name(review.invitation.person.name)}, {thanks[0].lower()}{thanks[1:]} {context}"


def invitation_data(review: InvitationReview) -> Data:
    """An invitation with advice, as the query `invitationReview` returns it."""
    invitation = review.invitation
    return {
        "__typename": "InvitationReview",
        "name": invitation.name,
        "person": invitation.person and person_data(invitation.person),
        "isSent": invitation.is_sent,
        "invitedOn": day_text(invitation.day),
        "hasNote": invitation.has_note,
        "advice": review.advice.name,
        "reasons": [
            {"__typename": "InvitationReason", "rule": reason.rule.name, "sentence": invitation_sentence(reason)}
            for reason in review.reasons
        ],
        "mutualContacts": [
            {
                "__typename": "MutualContact",
                "person": person_data(one.person),
                "strength": None if one.label_only else one.strength,
                "strengthLabel": label(one.strength),
            }
            for one in invitation.mutual_contacts
        ],
        "question": question_to_ask(review),
    }


def invitation_csv(reviews: Iterable[Data]) -> Iterator[str]:
    """Yield the review, as `invitation_data` returns it, as lines of CSV."""
    return csv_lines(_rows(reviews))


def _rows(reviews: Iterable[Data]) -> Iterator[Sequence[object]]:
    yield INVITATION_COLUMNS
    for review in reviews:
        person = review["person"]
        yield (
            review["name"],
            person and person["title"],
            person and person["company"],
            "yes" if review["isSent"] else "no",
            review["invitedOn"],
            ADVICE_NAMES[InvitationAdvice[review["advice"]]],
            reasons_text(review),
            review["question"],
        )
