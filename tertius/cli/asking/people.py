"""`tertius people` and `tertius company`: who knows the viewer, by name and by company."""

from collections.abc import Sequence

from graph.insights.tags import find_tag
from graph.lookup.search import Relation, search_people
from graph.lookup.similar_names import find_similar_people
from operations.questions.companies import ask_about_company
from presentation.answer_json import Data, company_data, match_data, person_data
from presentation.sentences import did_you_mean
from tertius import console
from tertius.answer_reading.answers import label_text, name_and_job, read_person
from tertius.cli import rendering
from tertius.cli.exit_codes import REFUSED, ROUTES, UNKNOWN
from tertius.cli.tables import TerminalOrPlain, label_cell, table
from tertius.console import ConsoleProgress
from tertius.remote.client import connect_to
from tertius.remote.questions import MAX_REACHABLE, ask_company, ask_people
from tertius.remote.servers import selected_server
from tertius.runner import end, run
from tertius.session import OpenNetwork, advance_to_today


def company_contacts(company: str, *, details: bool, as_json: bool) -> None:
    """Print the people at a company who know the viewer or to whom a route leads. Exit with the code of the answer."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> Data:
        network = await advance_to_today(network, progress=progress)
        reply = await ask_about_company(network.session, name=company, limit=MAX_REACHABLE)
        return company_data(
            reply.name, reply.contacts, reply.reachable, reply.similar, reply.people_count, network.viewer
        )

    if server := selected_server():
        with connect_to(server) as client:
            contacts = ask_company(client, company, as_json=as_json)
    else:
        contacts = run(do)
    end(_show_company(contacts, details=details, as_json=as_json))


def _show_company(reply: Data, *, details: bool, as_json: bool) -> int:
    """Print a company, and return the exit code."""
    company, is_named = reply["name"], reply["peopleCount"] is not None
    present, former = reply["currentContacts"], reply["formerContacts"]
    code = ROUTES if present or former or reply["introductions"] else REFUSED if is_named else UNKNOWN
    if as_json:
        console.echo_json(reply)
        return code
    for heading, connectors, count in (
        ("Work there now:", present, reply["currentContactCount"]),
        ("Worked there before:", former, reply["formerContactCount"]),
    ):
        if connectors:
            console.echo(heading)
            console.echo(rendering.render_connectors(connectors, details=details))
        if count > len(connectors):
            console.echo(f"The list shows the {len(connectors)} strongest of {count:,} ties.")
    if not present and not former and is_named:
        console.echo(f"Your sources show nobody at {company} who knows you.")
    reachable = [one for one in reply["introductions"] if one["route"]]
    for heading, is_current in (("Reachable through others:", True), ("Left, and reachable through others:", False)):
        if some := [one for one in reachable if one["isCurrent"] is is_current]:
            console.echo(heading)
            console.echo(_reachable_table(some))
    if low := reply["lowScoreIntroductionCount"]:
        console.echo(f"Only routes with a low score lead to {_people_count(low)} there.")
    if code == REFUSED:
        console.echo(f"They name {_people_count(reply['peopleCount'])} there, and no genuine route leads to them.")
    if code == UNKNOWN:
        question = did_you_mean(reply["similarCompanies"])
        console.echo(f"No company in your sources matches “{company}”. {question}".rstrip())
    return code


def _people_count(number: int) -> str:
    return f"{number:,} {'person' if number == 1 else 'people'}"


def _reachable_table(reachable: Sequence[Data]) -> TerminalOrPlain:
    rows = [(name_and_job(one["person"]), one["route"]["summary"]) for one in reachable]
    return table(("Person", "Route"), rows)


def people(search_for: str, limit: int, *, tag: str | None, as_json: bool) -> None:
    """Print the people whom a search finds, and exit with UNKNOWN if there are none."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> tuple[list[Data], list[Data]]:
        among = None if tag is None else (await find_tag(network.graph, network.viewer, tag)).people
        matches = await search_people(network.graph, network.viewer, search_for, limit, among=among)
        similar = () if matches else await find_similar_people(network.graph, network.viewer, search_for)
        return [match_data(match) for match in matches], [person_data(person) for person in similar]

    if server := selected_server():
        with connect_to(server) as client:
            matches, similar = ask_people(client, search_for, limit, tag)
    else:
        matches, similar = run(do)
    if as_json:
        console.echo_json(matches)
    elif matches:
        console.echo(_people_table(matches))
    else:
        question = did_you_mean([read_person(each) for each in similar])
        console.echo(f"No person matches “{search_for}”. {question}".rstrip())
    end(0 if matches else UNKNOWN)


_RELATIONS = {Relation.SELF.name: "you", Relation.ONE_SIDED.name: "one-sided", Relation.LISTED.name: "only listed"}


def _relation_cell(match: Data) -> TerminalOrPlain | str:
    if match["node"]["isSharedMailbox"]:
        return "shared mailbox"
    return _RELATIONS.get(match["relation"]) or label_cell(label_text(match["node"]["tie"]["strengthLabel"]))


def _people_table(people: Sequence[Data]) -> TerminalOrPlain:
    return table(
        ("Person", "Knows you", "Last contact", "Id"),
        [
            (
                name_and_job(one["node"]),
                _relation_cell(one),
                rendering.format_date(one["lastContact"]),
                one["node"]["id"],
            )
            for one in people
        ],
        unbroken=("Id",),
    )
