"""Suggests what to do about open invitations, and about names of people who want to connect.

Each suggestion has the rules that apply with their evidence. Of a note only its existence is known.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from graph.answers import Person
from graph.insights.contacts import Contact
from graph.insights.listed_people import ListedPerson
from graph.insights.review.fake_accounts import FakeAccountSign, account_signs
from graph.insights.rules import InsightRule, insight_rules
from graph.names.keys import company_key
from graph.records import Channel

MAX_MUTUAL_CONTACTS = 3
"""Maximum number of mutual contacts in an answer."""


class InvitationAdvice(StrEnum):
    """The advice for an invitation. WAIT and WITHDRAW: the viewer sent it. NOTHING_TO_DO: connected already."""

    ACCEPT = "accept"
    ASK_FIRST = "ask_first"
    LEAVE = "leave"
    WAIT = "wait"
    WITHDRAW = "withdraw"
    NOTHING_TO_DO = "nothing_to_do"


class InvitationRule(StrEnum):
    """The rules, the most important first. Each is a rule of rules.json."""

    SENT_LONG_AGO = "sent_long_ago"
    SENT_RECENTLY = "sent_recently"
    EARLIER_CONTACT = "earlier_contact"
    MUTUAL_CONTACTS = "mutual_contacts"
    COMPANY_IN_COMMON = "company_in_common"
    TAGGED = "tagged"
    NOTE = "note"
    COLLECTOR = "collector"
    NOTHING_IN_COMMON = "nothing_in_common"
    SEVERAL_PEOPLE = "several_people"
    UNKNOWN_NAME = "unknown_name"
    ALREADY_CONNECTED = "already_connected"

    @property
    def rule(self) -> InsightRule:
        """The thresholds and the sentence of the rule."""
        return insight_rules()[self.value]


@dataclass(frozen=True, slots=True)
class MutualContact:
    """A person who knows the viewer and the invited person. `strength` is that of the tie to the viewer.

    With `label_only` it is the lower bound of its label, because the viewer may see no number.
    """

    person: Person
    strength: float
    label_only: bool = False


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation without an answer, or a name that the viewer gave. `day` is None for a name.

    `covered_until` is the last day on which the sources could contain the answer; None if they state none.

    `name` is how the source or the viewer calls the person. `contact` is None for a person without any contact. `tags`
    are the names of the viewer's tags that contain the person.
    """

    name: str
    person: Person | None
    is_sent: bool = False
    day: int | None = None
    has_note: bool = False
    contact: ListedPerson | None = None
    mutual_contacts: tuple[MutualContact, ...] = ()
    is_ambiguous: bool = False
    covered_until: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitationReason:
    """A rule that applies. `day` and `count` are those of its sentence."""

    rule: InvitationRule
    day: int | None = None
    count: int = 0
    company: str | None = None
    people: tuple[Person, ...] = ()
    signs: tuple[FakeAccountSign, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitationReview:
    """An open invitation with the advice and its reasons, at least one."""

    invitation: OpenInvitation
    advice: InvitationAdvice
    reasons: tuple[InvitationReason, ...]


def review_invitation(invitation: OpenInvitation, *, companies: Collection[str], as_of: int) -> InvitationReview:
    """Return the advice about an invitation. `companies` are the keys of the viewer's employers."""
    reasons = tuple(_reasons(invitation, companies, as_of))
    return InvitationReview(invitation, _advice(invitation, reasons), reasons)


def _reasons(invitation: OpenInvitation, companies: Collection[str], as_of: int) -> Iterator[InvitationReason]:
    person, day = invitation.person, invitation.day
    if person is None:
        rule = InvitationRule.SEVERAL_PEOPLE if invitation.is_ambiguous else InvitationRule.UNKNOWN_NAME
        yield InvitationReason(rule)
        return
    if invitation.contact and invitation.contact.listed_by:
        yield InvitationReason(InvitationRule.ALREADY_CONNECTED)
        return
    if invitation.is_sent and day is not None:
        until = as_of if invitation.covered_until is None else min(as_of, invitation.covered_until)
        is_long_ago = until - day >= InvitationRule.SENT_LONG_AGO.rule.thresholds["days"]
        rule = InvitationRule.SENT_LONG_AGO if is_long_ago else InvitationRule.SENT_RECENTLY
        yield InvitationReason(rule, day=day, count=until - day)
    if (contact := _earlier_contact(invitation)) is not None:
        yield InvitationReason(InvitationRule.EARLIER_CONTACT, day=contact)
    if mutual := invitation.mutual_contacts:
        yield InvitationReason(
            InvitationRule.MUTUAL_CONTACTS, count=len(mutual), people=tuple(one.person for one in mutual)
        )
    if person.company and company_key(person.company) in companies:
        yield InvitationReason(InvitationRule.COMPANY_IN_COMMON, company=person.company)
    if invitation.tags:
        yield InvitationReason(InvitationRule.TAGGED, tags=invitation.tags)
    if invitation.is_sent:
        return
    if invitation.has_note:
        yield InvitationReason(InvitationRule.NOTE)
    signs = tuple(account_signs(person))
    if len(signs) >= InvitationRule.COLLECTOR.rule.thresholds["signs"]:
        yield InvitationReason(InvitationRule.COLLECTOR, count=len(signs), signs=signs)
    known = contact is not None or mutual or (person.company and company_key(person.company) in companies)
    if not known and not invitation.tags and not invitation.has_note:
        yield InvitationReason(InvitationRule.NOTHING_IN_COMMON)


_DECISIVE = {
    InvitationRule.ALREADY_CONNECTED: InvitationAdvice.NOTHING_TO_DO,
    InvitationRule.SENT_LONG_AGO: InvitationAdvice.WITHDRAW,
    InvitationRule.SENT_RECENTLY: InvitationAdvice.WAIT,
    InvitationRule.EARLIER_CONTACT: InvitationAdvice.ACCEPT,
    InvitationRule.COLLECTOR: InvitationAdvice.LEAVE,
    InvitationRule.UNKNOWN_NAME: InvitationAdvice.LEAVE,
    InvitationRule.NOTHING_IN_COMMON: InvitationAdvice.LEAVE,
}
"""The advice of the first of these rules that applies. Without one, mutual contacts decide."""


def _advice(invitation: OpenInvitation, reasons: Sequence[InvitationReason]) -> InvitationAdvice:
    rules = {reason.rule for reason in reasons}
    for rule, advice in _DECISIVE.items():
        if rule in rules:
            return advice
    least = InvitationRule.MUTUAL_CONTACTS.rule.thresholds
    close = sum(one.strength >= least["strength"] for one in invitation.mutual_contacts)
    has_more = not rules.isdisjoint((InvitationRule.COMPANY_IN_COMMON, InvitationRule.TAGGED, InvitationRule.NOTE))
    is_close = close >= least["people"] or (close and has_more)
    return InvitationAdvice.ACCEPT if is_close else InvitationAdvice.ASK_FIRST


def _earlier_contact(invitation: OpenInvitation) -> int | None:
    """The day of the last contact besides the invitation itself; None if there is none."""
    known = invitation.contact
    if known is None:
        return None
    days = (_days_without_invitation(contact, invitation.day) for contact in (known.outwards, known.inwards))
    return max(chain.from_iterable(days), default=None)


def _days_without_invitation(contact: Contact, day: int | None) -> Iterator[int]:
    if contact.counts.keys() > {Channel.INVITATION.value} or Channel.INVITATION.value not in contact.counts:
        yield from (one for one in contact.days if one != day)
