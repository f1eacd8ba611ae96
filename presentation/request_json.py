"""Introduction requests as JSON, with the fields of the GraphQL schema."""

from typing import Any

from graph.requests.notifications import Notification
from graph.requests.requests import IntroductionRequest
from graph.requests.suggestions import SuggestedOutcome
from presentation.answer_json import person_data
from presentation.dates import time_text
from presentation.request_mail import MailDraft
from presentation.request_sentences import notification_text, suggestion_sentence

MAX_TRANSITIONS = 20
"""Maximum number of transitions in an answer, the newest ones."""


def request_data(
    request: IntroductionRequest, next_message: MailDraft | None, suggestion: SuggestedOutcome | None = None
) -> dict[str, Any]:
    """A request, as the query `introductionRequest` returns it."""
    return {
        "__typename": "IntroductionRequest",
        "id": request.id,
        "role": request.role.name,
        "status": request.status.name,
        "askerName": request.asker_name,
        "askerId": request.asker_id,
        "introducer": person_data(request.introducer),
        "isIntroducerMember": request.is_introducer_member,
        "isIntroducerHidden": request.is_introducer_hidden,
        "contact": person_data(request.contact),
        "target": person_data(request.target),
        "reasonForIntroducer": request.texts.reason,
        "benefitForTarget": request.texts.benefit,
        "forwardableNote": request.texts.note,
        "outcome": request.outcome and request.outcome.name,
        "redirectedTo": request.redirected_to,
        "createdAt": time_text(request.created_at),
        "updatedAt": time_text(request.changed_at),
        "expiresAt": time_text(request.expires_at),
        "availableActions": [action.name for action in request.available_actions],
        "transitions": [
            {
                "__typename": "RequestTransition",
                "action": each.action.name,
                "status": each.status.name,
                "role": each.role and each.role.name,
                "occurredAt": time_text(each.at),
            }
            for each in request.transitions[-MAX_TRANSITIONS:]
        ],
        "suggestedOutcome": suggestion
        and {
            "__typename": "SuggestedOutcome",
            "outcome": suggestion.outcome.name,
            "evidence": suggestion_sentence(suggestion, request),
        },
        "nextMessage": next_message and mail_data(next_message),
    }


def notification_data(
    notification: Notification, next_message: MailDraft | None, suggestion: SuggestedOutcome | None = None
) -> dict[str, Any]:
    """An entry of the inbox, as the query `notifications` returns it. `next_message` is that of its request."""
    return {
        "__typename": "Notification",
        "id": notification.id,
        "text": notification_text(notification),
        "occurredAt": time_text(notification.at),
        "isRead": notification.is_read,
        "isReminder": notification.is_reminder,
        "isSuggestion": notification.is_suggestion,
        "request": request_data(notification.request, next_message, suggestion),
    }


def mail_data(message: MailDraft) -> dict[str, Any]:
    """A message to send from a mail program."""
    return {
        "__typename": "MailDraft",
        "recipientAddress": message.to or None,
        "subject": message.subject,
        "text": message.text,
        "mailtoUrl": message.mailto,
        "eml": message.eml,
    }
