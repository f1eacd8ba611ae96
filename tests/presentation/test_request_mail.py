"""The message of an introduction request goes to whom its introducer knows."""

import pytest

from graph.answers import Person
from graph.requests.requests import IntroductionRequest, RequestTexts
from graph.requests.states import RequestRole, RequestStatus
from presentation.request_mail import next_message

BEN, DAN, JANE = (Person(name.lower(), name) for name in ("Ben", "Dan", "Jane"))


def request(*route: Person) -> IntroductionRequest:
    """A request of Ana, who may mention the name of the first person of the route."""
    return IntroductionRequest(
        id="r",
        role=RequestRole.ASKER,
        asker_id="ana",
        asker_name="Ana",
        introducer_member="ben",
        introducer=route[0],
        contact=route[1],
        target=route[-1],
        introducers=route[:-1],
        texts=RequestTexts("", "", "The note."),
        status=RequestStatus.MENTION_ONLY,
        outcome=None,
        redirected_to=None,
        created_at=0,
        changed_at=0,
        expires_at=None,
        transitions=(),
    )


@pytest.mark.parametrize(
    ("route", "recipient", "text"),
    [
        ((BEN, JANE), "jane", "Hi Jane,\n\nBen said that I may mention their name.\n\nThe note.\n"),
        (
            (BEN, DAN, JANE),
            "dan",
            "Hi Dan,\n\nBen said that I may mention their name. Could you forward this note to Jane?\n\nThe note.\n",
        ),
    ],
)
def test_a_name_is_mentioned_to_the_person_whom_the_introducer_knows(
    route: tuple[Person, ...], recipient: str, text: str
) -> None:
    message = next_message(request(*route))

    assert message
    assert (message.recipient, message.text) == (recipient, text)
