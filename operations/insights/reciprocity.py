"""The use case "what did each of us do for the other?": the balance of goodwill between the viewer and each person."""

from graph.days import day_at
from graph.insights.contacts import NO_CONTACT, Contact
from graph.insights.listed_people import ListedPerson, PeopleSelection, read_listed_people
from graph.insights.rules import insight_rules
from graph.insights.tags import find_tag
from graph.requests.balance import Balance, Favours, Reciprocity, balances
from graph.requests.requests import IntroductionRequest, read_requests
from graph.requests.states import RequestAction
from operations.session import Session


async def list_reciprocity(session: Session, *, tag: str | None = None) -> list[Reciprocity]:
    """The balance with each person who did anything for the viewer, or for whom the viewer did, except archived people.

    The largest `recent_balance` is first. With `tag` only those with a tag of this name. Raises InvalidTag.
    """
    among = None if tag is None else (await find_tag(session.graph, session.viewer, tag)).people
    people = await read_listed_people(
        session.graph, session.state, session.viewer, selection=PeopleSelection.WITH_CONTACT
    )
    requests = await read_requests(session.graph, session.viewer)
    since = session.viewer.as_of - int(insight_rules()["goodwill"].thresholds["days"])
    recent = [request for request in requests if _introduced_on(request) > since]
    listed = {one.person.id: one for one in people}
    owners = session.state.people_by_member
    parties = {(owners.get(each.key) or each.key): each for each in balances(requests)}
    lately = {(owners.get(each.key) or each.key): each for each in balances(recent)}
    rows = (
        _reciprocity(id, listed.get(id), parties.get(id), lately.get(id), since)
        for id in dict.fromkeys([*listed, *parties])
        if id not in session.viewer.archived_people and (among is None or id in among)
    )
    nothing = Favours()
    some = [each for each in rows if (each.received, each.given) != (nothing, nothing)]
    return sorted(
        some,
        key=lambda each: (
            -each.recent_balance,
            _goodwill(each.given) - _goodwill(each.received),
            each.name.casefold(),
            each.id,
        ),
    )


def _reciprocity(
    id: str, one: ListedPerson | None, requests: Balance | None, lately: Balance | None, since: int
) -> Reciprocity:
    total, recent = (each or Balance(id, "") for each in (requests, lately))
    theirs, own = (one.inwards, one.outwards) if one else (NO_CONTACT, NO_CONTACT)
    received = Favours(sum(day > since for day in own.answered), recent.introduced)
    given = Favours(sum(day > since for day in theirs.answered), recent.given)
    return Reciprocity(
        id=id,
        name=one.person.name if one else total.name,
        person=one.person if one else None,
        received=_favours(theirs, len(own.answered), total.introduced, total.thanked_viewer),
        given=_favours(own, len(theirs.answered), total.given, total.thanked),
        recently_received=received,
        recently_given=given,
        recent_balance=_goodwill(received) - _goodwill(given),
    )


def _goodwill(favours: Favours) -> int:
    """The answers, with each introduction counted as several."""
    return favours.answered + int(insight_rules()["goodwill"].thresholds["introduction"]) * favours.introduced


def _favours(contact: Contact, answered: int, introduced: int, thanked: int) -> Favours:
    counts = contact.counts
    return Favours(answered, introduced, counts.get("recommendation", 0), counts.get("endorsement", 0), thanked)


def _introduced_on(request: IntroductionRequest) -> int:
    """The day of the introduction; 0 if there is none."""
    times = [each.at for each in request.transitions if each.action is RequestAction.RECORD_INTRODUCTION]
    return day_at(max(times, default=0))
