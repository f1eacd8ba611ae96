"""`tertius people` and `tertius company`: who knows the viewer, by name and by company."""

from collections.abc import Sequence

from graph.lookup.possible_connectors import find_company_contacts
from graph.lookup.search import PersonMatch, Relation, search_people
from presentation.answer_json import company_data, match_data
from presentation.sentences import format_day, name_with_job
from tertius import console
from tertius.cli import rendering
from tertius.cli.exit_codes import UNKNOWN
from tertius.cli.person_argument import similar_names
from tertius.cli.tables import TerminalOrPlain, strength_cell, table
from tertius.console import ConsoleProgress
from tertius.runner import end, run
from tertius.session import OpenNetwork, up_to_day


def company_contacts(company: str, *, details: bool, as_json: bool) -> None:
    """Print the people at a company who know the viewer: present and former, the strongest tie first."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        network = await up_to_day(network, progress=progress)
        found = await find_company_contacts(network.graph, network.viewer, company)
        if as_json:
            console.echo_json(company_data(company, found, network.viewer))
            return
        for heading, connectors, count in (
            ("Work there now:", found.present, found.present_count),
            ("Worked there before:", found.former, found.former_count),
        ):
            if connectors:
                console.echo(heading)
                console.echo(rendering.render_connectors(connectors, network.viewer, details=details))
            if count > len(connectors):
                console.echo(f"The list shows the {len(connectors)} strongest of {count:,} ties.")
        if not found.present and not found.former:
            console.echo(f"Your sources show nobody at {company} who knows you.")

    run(do)


def people(search_for: str, limit: int, *, as_json: bool) -> None:
    """Print the people whom a search finds, and exit with UNKNOWN if there are none."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> int:
        found = await search_people(network.graph, network.viewer, search_for, limit)
        if as_json:
            console.echo_json([match_data(match) for match in found])
        elif found:
            console.echo(_people_table(found))
        else:
            suggestion = await similar_names(network, search_for)
            console.echo(f"No person matches “{search_for}”. {suggestion}".rstrip())
        return 0 if found else UNKNOWN

    end(run(do))


_RELATIONS = {Relation.SELF: "you", Relation.ONE_SIDED: "one-sided", Relation.LISTED: "only listed"}


def _relation_cell(match: PersonMatch) -> TerminalOrPlain | str:
    if match.person.shared:
        return "shared mailbox"
    return _RELATIONS.get(match.relation) or strength_cell(match.tie.strength if match.tie else None)


def _people_table(people: Sequence[PersonMatch]) -> TerminalOrPlain:
    return table(
        ("Person", "Knows you", "Last contact", "Id"),
        [
            (
                name_with_job(one.person),
                _relation_cell(one),
                "none" if one.last is None else format_day(one.last),
                one.person.id,
            )
            for one in people
        ],
        unbroken=("Id",),
    )
