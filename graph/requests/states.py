"""The state machine of introduction requests, who may take which action, and what an operator sets."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.days import MILLISECONDS_PER_DAY


class RequestStatus(StrEnum):
    """The state of a request."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    MENTION_ONLY = "mention_only"
    REDIRECTED = "redirected"
    DECLINED = "declined"
    TARGET_ASKED = "target_asked"
    TARGET_AGREED = "target_agreed"
    TARGET_DECLINED = "target_declined"
    INTRODUCED = "introduced"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class RequestAction(StrEnum):
    """An action of a party on a request. The service itself takes EXPIRE when the time of a state is over."""

    SEND = "send"
    ACCEPT = "accept"
    ALLOW_MENTION = "allow_mention"
    REDIRECT = "redirect"
    DECLINE = "decline"
    RECORD_TARGET_ASKED = "record_target_asked"
    RECORD_TARGET_AGREED = "record_target_agreed"
    RECORD_TARGET_DECLINED = "record_target_declined"
    RECORD_INTRODUCTION = "record_introduction"
    RECORD_OUTCOME = "record_outcome"
    THANK = "thank"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class RequestRole(StrEnum):
    """The role of a member in a request."""

    ASKER = "asker"
    INTRODUCER = "introducer"


class Outcome(StrEnum):
    """The outcome of an introduction. ANSWERED: the target responded. NO_ANSWER: they did not."""

    ANSWERED = "answered"
    MET = "met"
    HIRED = "hired"
    DEAL = "deal"
    NO_ANSWER = "no_answer"
    NOT_USEFUL = "not_useful"


_S, _A = RequestStatus, RequestAction
ALLOWED: Mapping[tuple[RequestStatus, RequestAction], RequestStatus] = {
    (_S.DRAFT, _A.SEND): _S.SENT,
    (_S.DRAFT, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.SENT, _A.ACCEPT): _S.ACCEPTED,
    (_S.SENT, _A.ALLOW_MENTION): _S.MENTION_ONLY,
    (_S.SENT, _A.REDIRECT): _S.REDIRECTED,
    (_S.SENT, _A.DECLINE): _S.DECLINED,
    (_S.SENT, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.SENT, _A.EXPIRE): _S.EXPIRED,
    (_S.ACCEPTED, _A.RECORD_TARGET_ASKED): _S.TARGET_ASKED,
    (_S.ACCEPTED, _A.DECLINE): _S.DECLINED,
    (_S.ACCEPTED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.ACCEPTED, _A.EXPIRE): _S.EXPIRED,
    (_S.MENTION_ONLY, _A.RECORD_OUTCOME): _S.CLOSED,
    (_S.MENTION_ONLY, _A.THANK): _S.MENTION_ONLY,
    (_S.MENTION_ONLY, _A.DECLINE): _S.DECLINED,
    (_S.MENTION_ONLY, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.MENTION_ONLY, _A.EXPIRE): _S.EXPIRED,
    (_S.TARGET_ASKED, _A.RECORD_TARGET_AGREED): _S.TARGET_AGREED,
    (_S.TARGET_ASKED, _A.RECORD_TARGET_DECLINED): _S.TARGET_DECLINED,
    (_S.TARGET_ASKED, _A.DECLINE): _S.DECLINED,
    (_S.TARGET_ASKED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.TARGET_ASKED, _A.EXPIRE): _S.EXPIRED,
    (_S.TARGET_AGREED, _A.RECORD_INTRODUCTION): _S.INTRODUCED,
    (_S.TARGET_AGREED, _A.DECLINE): _S.DECLINED,
    (_S.TARGET_AGREED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.TARGET_AGREED, _A.EXPIRE): _S.EXPIRED,
    (_S.TARGET_DECLINED, _A.THANK): _S.TARGET_DECLINED,
    (_S.INTRODUCED, _A.RECORD_OUTCOME): _S.CLOSED,
    (_S.INTRODUCED, _A.THANK): _S.INTRODUCED,
    (_S.INTRODUCED, _A.EXPIRE): _S.EXPIRED,
    (_S.CLOSED, _A.RECORD_OUTCOME): _S.CLOSED,
    (_S.CLOSED, _A.THANK): _S.CLOSED,
}
"""The state after an action in a state. Every other action in a state is impossible."""

INTRODUCER_ACTIONS = {_A.ACCEPT, _A.ALLOW_MENTION, _A.REDIRECT, _A.DECLINE}
"""The answers of an introducer. The asker records those of an introducer who is no member."""
_ASKER_ONLY = {_A.SEND, _A.WITHDRAW, _A.RECORD_OUTCOME, _A.THANK}
OUTCOME_DAYS = 90
"""Days after an introduction, or a permission to mention a name, within which an outcome can be recorded."""
STATES_BEFORE_OUTCOME = {_S.INTRODUCED, _S.MENTION_ONLY}
"""States in which the asker acts next: they record the outcome."""
_EXPIRING = {status for status, action in ALLOWED if action is _A.EXPIRE}
OPEN_STATES = frozenset({_S.DRAFT, *_EXPIRING})
"""States of a request that is not over."""


def may_act(role: RequestRole, action: RequestAction, *, introducer_is_member: bool) -> bool:
    """Whether a member in this role may take the action. The asker records the answers of an introducer who is none."""
    if action is _A.EXPIRE:
        return False
    if action in _ASKER_ONLY:
        return role is RequestRole.ASKER
    if action in INTRODUCER_ACTIONS:
        return role is RequestRole.INTRODUCER or not introducer_is_member
    return True


def lifetime_days(status: RequestStatus, expiry_days: int) -> int | None:
    """Days after which a request in this state expires; None if it does not expire."""
    if status not in _EXPIRING:
        return None
    return OUTCOME_DAYS if status in STATES_BEFORE_OUTCOME else expiry_days


MONTH_MS = 30 * MILLISECONDS_PER_DAY
"""Milliseconds for which a sent request counts against the caps of its introducer."""


@dataclass(frozen=True, slots=True)
class RequestRules:
    """The settings TERTIUS_REQUESTS__…

    A request expires after `expiry_days`; the party who must act is reminded `reminder_days` before. An introducer who
    chose no caps receives at most `monthly_cap` requests in 30 days, and `monthly_cap_per_asker` from one asker.
    """

    expiry_days: int = 7
    reminder_days: int = 2
    monthly_cap: int = 6
    monthly_cap_per_asker: int = 2


DEFAULT_RULES = RequestRules()
