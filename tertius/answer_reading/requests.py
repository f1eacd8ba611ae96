"""Reads introduction requests in JSON, as presentation.request_json and GraphQL write them."""

from graph.requests.requests import IntroductionRequest, RequestTexts, Transition
from graph.requests.states import Outcome, RequestAction, RequestRole, RequestStatus
from presentation.answer_json import Data
from tertius.answer_reading.answers import read_person
from tertius.answer_reading.times import milliseconds


def read_request_data(data: Data) -> IntroductionRequest:
    """The request, with the first introducer only and without keys of transitions."""
    introducer = read_person(data["introducer"])
    return IntroductionRequest(
        id=data["id"],
        role=RequestRole[data["role"]],
        asker_id=data["askerId"],
        asker_name=data["askerName"],
        introducer_member="" if data["isIntroducerMember"] else None,
        is_introducer_hidden=data["isIntroducerHidden"],
        introducer=introducer,
        contact=read_person(data["contact"]),
        target=read_person(data["target"]),
        introducers=(introducer,),
        texts=RequestTexts(data["reasonForIntroducer"], data["benefitForTarget"], data["forwardableNote"]),
        status=RequestStatus[data["status"]],
        outcome=Outcome[data["outcome"]] if data["outcome"] else None,
        redirected_to=data["redirectedTo"],
        created_at=milliseconds(data["createdAt"]),
        changed_at=milliseconds(data["updatedAt"]),
        expires_at=milliseconds(data["expiresAt"]) if data["expiresAt"] else None,
        transitions=tuple(_transition(each) for each in data["transitions"]),
    )


def _transition(data: Data) -> Transition:
    role = RequestRole[data["role"]] if data["role"] else None
    at = milliseconds(data["occurredAt"])
    return Transition(RequestAction[data["action"]], RequestStatus[data["status"]], role, at, key="")
