"""The questions that commands ask a server, with the objects that they get.

A text needs fewer fields than `--json`. The documents for text are called `…_shown`; they cost fewer points.
"""

from dataclasses import dataclass
from datetime import date

from api.paths import TARGETS
from graph.answers import YOURSELF_MESSAGE, Person
from graph.errors import InvalidStatement
from presentation.answer_json import Data
from tertius.answer_reading.answers import AnswerFrame, day_number, read_person
from tertius.arguments.no_single_person import nobody, several_people
from tertius.remote.client import ServerClient


@dataclass(frozen=True, slots=True)
class Question:
    """The question of `tertius who`."""

    target: str
    limit: int = 5
    max_introducers: int = 2
    as_of: date | None = None
    team: bool = False
    through_tag: str | None = None


def ask_introductions(
    client: ServerClient, question: Question, *, as_json: bool
) -> tuple[Data, list[Data] | None, AnswerFrame]:
    """Return the answer, the ties of colleagues to the target if routes may start at them, and the context."""
    reply = client.query(
        "introductions" if as_json else "introductions_shown",
        to={"text": question.target},
        start="TEAM" if question.team else "ME",
        limit=question.limit,
        maxIntroducers=question.max_introducers,
        asOf=question.as_of and question.as_of.isoformat(),
        throughTag=question.through_tag,
    )
    answer = reply["introductions"]
    colleagues = None
    if question.team:
        target = answer.get("target")
        colleagues = _colleagues(client, target["id"]) if target else []
    return answer, colleagues, frame_of(reply, question.as_of)


def _colleagues(client: ServerClient, person: str) -> list[Data]:
    """The ties of colleagues as steps, which have no date of their own."""
    colleagues = client.query("colleagues", person={"id": person})["colleagues"]
    return [{**tie, "__typename": "Step"} for tie in colleagues.get("ties", ())]


def frame_of(reply: Data, as_of: date | None = None) -> AnswerFrame:
    """Return the context of an answer, from a response with the fields `viewer` and `sources`."""
    day = day_number(as_of.isoformat() if as_of else reply["viewer"]["asOf"])
    assert day is not None
    complete = ("MERGING", "READY")
    sources = [source for source in reply["sources"]["nodes"] if source["status"] in complete]
    return AnswerFrame(reply["viewer"], sources, day)


MAX_REACHABLE = 5
"""The maximum number of people in the answer about a company."""


def ask_company(client: ServerClient, name: str, *, as_json: bool) -> Data:
    """The company, as presentation.answer_json.company_data writes it."""
    company: Data = client.query("company" if as_json else "company_shown", name=name, first=MAX_REACHABLE)["company"]
    for person in company["introductions"]:
        if person["route"]:
            # null for a company, and each object of a document costs points
            person["route"] |= {
                "introducerAvailability": None,
                "dominatedRouteCount": None,
                "dominatedRoutesNote": None,
            }
    return company


def ask_people(client: ServerClient, search: str, limit: int, tag: str | None) -> tuple[list[Data], list[Data]]:
    """The people whom a search finds, or else people with a similar name."""
    edges = client.query("people", search=search, first=limit, tag=tag)["people"]["edges"]
    if edges:
        return edges, []
    person = client.query("similar_people", ref={"name": {"name": search}})["person"]
    return [], person.get("similarPeople", [])


def ask_targets(
    client: ServerClient, body: bytes, *, team: bool, max_introducers: int, needs_csv: bool
) -> tuple[Data, str]:
    """The answers to a list of targets as JSON, and as CSV if needed, which costs the same again."""
    options = {"content": body, "params": {"start": "TEAM" if team else "ME", "maxIntroducers": max_introducers}}
    answered = client.read(client.send("POST", TARGETS, headers={"accept": "application/json"}, **options))
    if not needs_csv:
        return answered, ""
    csv = client.send("POST", TARGETS, headers={"accept": "text/csv"}, **options).content
    return answered, csv.decode("utf-8")


SAME_PERSON_TWICE = "Both arguments are the same person. Give two people."
TIE_MONTHS = 12
"""The number of months in the history of a tie."""


def ask_tie(client: ServerClient, one: str, other: str, *, as_of: date | None) -> tuple[list[Data], AnswerFrame]:
    """Return both directions of the tie between two people whom the user named, and the context."""
    first, second = resolve_on_server(client, one), resolve_on_server(client, other)
    if first == second:
        raise InvalidStatement(SAME_PERSON_TWICE)
    reply = client.query(
        "tie",
        first={"id": first},
        second={"id": second},
        asOf=as_of and as_of.isoformat(),
        months=TIE_MONTHS,
    )
    return [reply["there"], reply["back"]], frame_of(reply, as_of)


def resolve_on_server(client: ServerClient, text: str) -> str:
    """The id of a person; `me` is the viewer. Raises InvalidStatement unless the text matches one person."""
    return str(person_on_server(client, text)["id"])


def person_on_server(client: ServerClient, text: str, *, accepts_mailbox: bool = False) -> Data:
    """The person whom `resolve_on_server` means. With `accepts_mailbox` an address or id may be a shared mailbox."""
    match = find_on_server(client, text)
    person: Data = match["person"]
    viewer: Data | None = match["viewer"]["person"]
    if "id" in person:
        return person
    if person["__typename"] == "AmbiguousTarget":
        raise InvalidStatement(several_people(text))
    if person["message"] == YOURSELF_MESSAGE and viewer:
        return viewer
    if accepts_mailbox and (mailbox := _mailbox(client, text)):
        return mailbox
    raise InvalidStatement(nobody(text, person["message"], similar_people_of(person)))


def _mailbox(client: ServerClient, text: str) -> Data | None:
    """The shared mailbox with this address or id, None if it is no exact match."""
    people = ask_people(client, text, 1, None)[0] if " " not in text.strip() else ()
    return next((each["node"] for each in people if each["node"]["isSharedMailbox"]), None)


def find_on_server(client: ServerClient, text: str) -> Data:
    """The fields `person` and `viewer`: the person with this text, or why there is no single one."""
    return client.query("person", ref={"text": text})


def similar_people_of(person: Data) -> list[Person]:
    """The people whom an answer without a single person suggests."""
    return [read_person(each) for each in person["similarPeople"]]


MAX_FADING = 50
"""The maximum number of fading ties that a server lists."""


def ask_fading(client: ServerClient, within: int, *, tag: str | None, as_json: bool) -> tuple[list[Data], str | None]:
    """The ties that weaken within so many days, and the date of the answer."""
    reply = client.query("fading" if as_json else "fading_shown", within=within, first=MAX_FADING, tag=tag)
    return reply["fadingTies"], reply["viewer"]["asOf"]
