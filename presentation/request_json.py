"""Introduction requests as JSON, with the fields of the GraphQL schema."""

from typing import Any

from graph.requests.notifications import Notification
from graph.requests.requests import IntroductionRequest
from presentation.answer_json import person_data
from presentation.dates import time_text
from presentation.request_mail import MailDraft
from presentation.request_sentences import notification_text

MAX_TRANSITIONS = 20
"""Maximum number of transitions in an answer, the newest ones."""


def request_data(request: IntroductionRequest, next_message: MailDraft | None) -> dict[str, Any]:
    """A request, as the query `introductionRequest` returns it."""
    return {
        "__typename": "IntroductionRequest",
        "id": request.id,
        "role": request.role.name,
        "status": request.status.name,
        "askerName": request.asker_name,
        "askerId": request.asker_id,
        "introducer": person_data(request.introducer),
        "isIntroducerMember": request.introducer_member is not None,
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
        "nextMessage": next_message and mail_data(next_message),
    }


def notification_data(notification: Notification, next_message: MailDraft | None) -> dict[str, Any]:
    """An entry of the inbox, as the query `notifications` returns it. `next_message` is that of its request."""
    return {
        "__typename": "Notification",
        "id": notification.id,
        "text": notification_text(notification),
        "occurredAt": time_text(notification.at),
        "isRead": notification.is_read,
        "isReminder": notification.transition is None,
        "request": request_data(notification.request, next_message),
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
