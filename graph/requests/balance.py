"""The balance of a member with each person they ask or are asked by: requests, introductions and recorded outcomes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.answers import Person
from graph.requests.requests import HIDDEN_INTRODUCER, IntroductionRequest
from graph.requests.states import RequestAction, RequestRole


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts of requests between the viewer and another party.

    Of the viewer's requests to them: how many were sent, led to an introduction, had an outcome recorded for them to
    see, and were thanked for. `received`, `given`, `closed_for_viewer` and `thanked_viewer` are the same of their
    requests to the viewer. `key` is the id of the other party: a member, or a person who is no member.
    """

    key: str
    name: str
    asked: int = 0
    introduced: int = 0
    closed: int = 0
    thanked: int = 0
    received: int = 0
    given: int = 0
    closed_for_viewer: int = 0
    thanked_viewer: int = 0


@dataclass(frozen=True, slots=True)
class Favours:
    """The favours of one person for another.

    Questions that they answered, introductions that they made, recommendations and endorsements that they wrote, and
    introductions of the other for which they thanked them.
    """

    answered: int = 0
    introduced: int = 0
    recommended: int = 0
    endorsed: int = 0
    thanked: int = 0


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """The favours of a person for the viewer (`received`) and of the viewer for them (`given`), in all and lately.

    `person` is None for the other party of a request of whom no source in view contains an identity. `recent_balance`
    is the goodwill on which the viewer has drawn lately: what they received less what they gave, in answers.
    """

    id: str
    name: str
    person: Person | None
    received: Favours
    given: Favours
    recently_received: Favours
    recently_given: Favours
    recent_balance: int


def balances(requests: Iterable[IntroductionRequest]) -> list[Balance]:
    """The balance with each other party, the most requests first."""
    by_person: dict[str, Balance] = {}
    for request in requests:
        actions = {each.action for each in request.transitions}
        if RequestAction.SEND not in actions:
            continue
        introduced = int(RequestAction.RECORD_INTRODUCTION in actions)
        closed = int(RequestAction.RECORD_OUTCOME in actions)
        thanked = int(request.is_thanked)
        if request.role is RequestRole.ASKER:
            # all introducers whom the viewer does not see are one entry
            id = HIDDEN_INTRODUCER if request.is_introducer_hidden else request.introducer.id
            key, name = request.introducer_member or id, request.introducer.name
        else:
            key, name = request.asker_id, request.asker_name
        before = by_person.get(key, Balance(key, name))
        if request.role is RequestRole.ASKER:
            by_person[key] = replace(
                before,
                asked=before.asked + 1,
                introduced=before.introduced + introduced,
                closed=before.closed + closed,
                thanked=before.thanked + thanked,
            )
        else:
            by_person[key] = replace(
                before,
                received=before.received + 1,
                given=before.given + introduced,
                closed_for_viewer=before.closed_for_viewer + closed,
                thanked_viewer=before.thanked_viewer + thanked,
            )
    return sorted(by_person.values(), key=lambda each: (-(each.asked + each.received), each.name))
