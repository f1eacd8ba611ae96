"""Measures refusals and possible connectors for a member with very many connections and correspondents."""

from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta

from benchmarks.figures import Figure, spread, timed
from benchmarks.loading import NEWEST, OWNER, TODAY
from graph.answers import Refusal
from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.introductions.answer import introductions
from graph.lookup.possible_connectors import find_company_contacts
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from graph.records import Channel, Connection, Handle, HandleKind, Interaction, Job, Owner, Part, PersonMention, Record

COMPANY = "Large Works"


def connections(listed: int, there: int) -> Iterator[Record]:
    """A list of connections: `there` of them at one company, the others at companies of ten."""
    yield Owner(OWNER)
    yield Part("connections")
    for number in range(listed):
        handles = (
            Handle(HandleKind.LINKEDIN, profile(number)),
            Handle(HandleKind.EMAIL, f"c{number}@work{number // 10}.example"),
        )
        person = PersonMention(handles, f"Connection {number} Nr{number % 5000}")
        company = COMPANY if number < there else f"Works {number // 10}"
        yield Connection(person, date(2020, 1, 1), "connections")
        yield Job(person, company, "Engineer", None, None, "connections")


def messages(correspondents: int, there: int) -> Iterator[Record]:
    """One unanswered message to each correspondent. Every tenth person at the large company answered."""
    yield Owner(OWNER)
    for number in range(correspondents):
        person = PersonMention(
            (Handle(HandleKind.EMAIL, f"s{number}@far{number // 10}.example"),), f"Stranger {number}"
        )
        yield Interaction(OWNER, (person,), NEWEST - timedelta(days=number % 2_000), Channel.MAIL, f"s{number}")
    for number in range(0, there, 10):
        person = PersonMention((Handle(HandleKind.EMAIL, f"c{number}@work{number // 10}.example"),))
        for turn in range(3):
            asked = NEWEST - timedelta(days=10 * turn + number % 300)
            yield Interaction(OWNER, (person,), asked, Channel.MAIL, f"c{number}.{turn}")
            yield Interaction(person, (OWNER,), asked + timedelta(hours=2), Channel.MAIL, f"c{number}.{turn}.back")


def profile(number: int) -> str:
    """The URL of a connection's profile."""
    return f"https://www.linkedin.com/in/connection-{number}"


async def load_listed(graph: Graph, network: str, *, listed: int, correspondents: int, there: int) -> None:
    """Load `listed` connections, `there` of them at one company, and messages to `correspondents`."""
    home, member = await find_or_create_network(graph, network, today=TODAY)
    for kind, records in (("mailbox", messages(correspondents, there)), ("linkedin", connections(listed, there))):
        await load_records(
            graph, home, member, kind=kind, records=records, today=TODAY, stated_owner="ana@home.example"
        )


async def refusals(
    graph: Graph,
    network: str,
    return_1: float,
    *,
    listed: int,
    correspondents: int,
    there: int,
    requests: int,
    company_searches: int,
) -> AsyncIterator[Figure]:
    """Measure refusals of silent and of listed people, and the search for known people at a company."""
    home, member = await find_or_create_network(graph, network, today=TODAY, create=False)
    viewer = build_viewer(await read_state(graph, home), member)

    async def refuse(text: str) -> None:
        answer = await introductions(graph, viewer, text, max_introducers=3)
        if not isinstance(answer, Refusal):
            raise TypeError(f"{text} is answered by {type(answer).__name__}, not refused")

    async def find_contacts(company: str) -> None:
        await find_company_contacts(graph, viewer, company)

    scale = f"{listed:,} listed, {correspondents:,} correspondents"
    spaced = range(0, requests * (correspondents // requests), correspondents // requests)
    silent = [f"s{number}@far{number // 10}.example" for number in spaced]
    only_listed = [profile(listed - 1 - number) for number in range(requests)]
    for what, texts in (("who never answered", silent), ("whom a list alone shows", only_listed)):
        await timed(refuse, texts[: requests // 10])
        yield spread(f"refusal of somebody {what}, {scale}", await timed(refuse, texts), return_1)
    for company, people in ((COMPANY, there), (f"Works {listed // 10 - 1}", 10)):
        durations = await timed(find_contacts, [company] * company_searches)
        yield spread(f"whom one knows at a company of {people:,}, {scale}", durations, return_1)
