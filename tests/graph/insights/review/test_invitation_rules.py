"""Tests of the advice about invitations."""

import pytest

from graph.answers import Person
from graph.insights.contacts import Contact
from graph.insights.listed_people import ListedPerson
from graph.insights.review.invitations import (
    InvitationAdvice,
    InvitationRule,
    MutualContact,
    OpenInvitation,
    review_invitation,
)
from presentation.insights.invitations import invitation_sentence, question_to_ask

TODAY = 20_000
JANE = Person("jane", "Jane Far", "CTO", "Far Ltd")
BEN, CLEO = MutualContact(Person("ben", "Ben Ek"), 0.8), MutualContact(Person("cleo", "Cleo Ray"), 0.6)
WEAK = MutualContact(Person("dan", "Dan Near"), 0.2)
R, A = InvitationRule, InvitationAdvice


def contact(**counts: int) -> ListedPerson:
    return ListedPerson(JANE, None, (), inwards=Contact(days=(TODAY - 9,), counts=counts))


@pytest.mark.parametrize(
    ("invitation", "advice", "rules"),
    [
        (OpenInvitation("Jane", JANE, contact=contact(mail=1)), A.ACCEPT, [R.EARLIER_CONTACT]),
        (OpenInvitation("Jane", JANE, mutual_contacts=(BEN, CLEO)), A.ACCEPT, [R.MUTUAL_CONTACTS]),
        (OpenInvitation("Jane", JANE, mutual_contacts=(BEN,), has_note=True), A.ACCEPT, [R.MUTUAL_CONTACTS, R.NOTE]),
        (OpenInvitation("Jane", JANE, mutual_contacts=(BEN, WEAK)), A.ASK_FIRST, [R.MUTUAL_CONTACTS]),
        # the evidence of a note is the invitation itself
        (
            OpenInvitation("Jane", JANE, day=TODAY - 9, has_note=True, contact=contact(invitation=1)),
            A.ASK_FIRST,
            [R.NOTE],
        ),
        (OpenInvitation("Jane", JANE, tags=("alumni",)), A.ASK_FIRST, [R.TAGGED]),
        (
            OpenInvitation("Jane", JANE, mutual_contacts=(BEN,), tags=("alumni",)),
            A.ACCEPT,
            [R.MUTUAL_CONTACTS, R.TAGGED],
        ),
        (OpenInvitation("Jane", JANE), A.LEAVE, [R.NOTHING_IN_COMMON]),
        (OpenInvitation("x1", Person("x", "x1")), A.LEAVE, [R.COLLECTOR, R.NOTHING_IN_COMMON]),
        (OpenInvitation("Jane", JANE, is_sent=True, day=TODAY - 30), A.WITHDRAW, [R.SENT_LONG_AGO]),
        (OpenInvitation("Jane", JANE, is_sent=True, day=TODAY - 29), A.WAIT, [R.SENT_RECENTLY]),
        (OpenInvitation("Nobody", None), A.LEAVE, [R.UNKNOWN_NAME]),
        (OpenInvitation("Bo", None, is_ambiguous=True), A.ASK_FIRST, [R.SEVERAL_PEOPLE]),
        (
            OpenInvitation("Jane", JANE, contact=ListedPerson(JANE, None, ("s",))),
            A.NOTHING_TO_DO,
            [R.ALREADY_CONNECTED],
        ),
        # days after the end of the coverage are no silence
        (
            OpenInvitation("Jane", JANE, is_sent=True, day=TODAY - 90, covered_until=TODAY - 61),
            A.WAIT,
            [R.SENT_RECENTLY],
        ),
        (
            OpenInvitation("Jane", JANE, is_sent=True, day=TODAY - 90, covered_until=TODAY - 60),
            A.WITHDRAW,
            [R.SENT_LONG_AGO],
        ),
    ],
)
def test_each_invitation_has_advice_and_reasons(
    invitation: OpenInvitation, advice: InvitationAdvice, rules: list[InvitationRule]
) -> None:
    review = review_invitation(invitation, companies=(), as_of=TODAY)

    assert (review.advice, [reason.rule for reason in review.reasons]) == (advice, rules)
    assert all(invitation_sentence(reason).endswith(".") for reason in review.reasons)
    assert (question_to_ask(review) is not None) == (advice is A.ASK_FIRST and invitation.person is not None)


def test_the_question_names_what_both_have_in_common() -> None:
    mutual = review_invitation(OpenInvitation("Jane", JANE, mutual_contacts=(WEAK,)), companies=(), as_of=TODAY)
    employer = review_invitation(OpenInvitation("Jane", JANE, has_note=True), companies={"far"}, as_of=TODAY)

    assert question_to_ask(mutual) == (
        "Hi Jane, thank you for the invitation. I see that we both know Dan Near. How do you know each other?"
    )
    assert question_to_ask(employer) == (
        "Hi Jane, thank you for your note. I see that you work at Far Ltd too. Have we worked together?"
    )
