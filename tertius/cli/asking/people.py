"""`tertius people` and `tertius company`: who knows the viewer, by name and by company."""

from collections.abc import Sequence

from graph.introductions.companies import ReachablePerson
from graph.lookup.company_jobs import jobs_at_companies, matching_companies
from graph.lookup.search import PersonMatch, Relation, search_people
from graph.lookup.similar_names import find_similar_people
from operations.questions.companies import ask_about_company
from presentation.answer_json import company_data, match_data
from presentation.sentences import did_you_mean, format_day, format_percent, name_with_job, route_summary
from tertius import console
from tertius.cli import rendering
from tertius.cli.exit_codes import REFUSED, ROUTES, UNKNOWN
from tertius.cli.tables import TerminalOrPlain, strength_cell, table
from tertius.console import ConsoleProgress
from tertius.runner import end, run
from tertius.session import OpenNetwork, advance_to_today

_MOST_REACHABLE = 5


def company_contacts(company: str, *, details: bool, as_json: bool) -> None:
    """Print the people at a company who know the viewer or to whom a route leads. Exit with the code of the answer."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        network = await advance_to_today(network, progress=progress)
        graph, viewer = network.graph, network.viewer
        reply = await ask_about_company(network.session, name=company, limit=_MOST_REACHABLE)
        found, reachable = reply.contacts, reply.reachable
        keys = await matching_companies(graph, viewer, company)
        code = ROUTES if found.present or found.former or reachable.people else REFUSED if keys else UNKNOWN
        if as_json:
            console.echo_json(company_data(company, found, reachable, reply.similar, viewer))
            return code
        for heading, connectors, count in (
            ("Work there now:", found.present, found.present_count),
            ("Worked there before:", found.former, found.former_count),
        ):
            if connectors:
                console.echo(heading)
                console.echo(rendering.render_connectors(connectors, network.viewer, details=details))
            if count > len(connectors):
                console.echo(f"The list shows the {len(connectors)} strongest of {count:,} ties.")
        if not found.present and not found.former and keys:
            console.echo(f"Your sources show nobody at {company} who knows you.")
        if through_others := [one for one in reachable.people if one.row.route]:
            console.echo("Reachable through others:")
            console.echo(_reachable_table(through_others))
        if reachable.low_score_count:
            noun = "person" if reachable.low_score_count == 1 else "people"
            least = format_percent(network.min_route_score)
            console.echo(f"To {reachable.low_score_count:,} {noun} there, only routes with a score below {least} lead.")
        if code == REFUSED:
            people = {job.person_id for job in await jobs_at_companies(graph, viewer, keys)}
            noun = "person" if len(people) == 1 else "people"
            console.echo(f"They name {len(people):,} {noun} there, and no genuine route leads to them.")
        if code == UNKNOWN:
            console.echo(f"No company in your sources matches “{company}”. {did_you_mean(reply.similar)}".rstrip())
        return code

    end(run(do))


def _reachable_table(reachable: Sequence[ReachablePerson]) -> TerminalOrPlain:
    return table(
        ("Person", "Route"),
        [
            (name_with_job(one.row.target), route_summary(one.row.route))
            for one in reachable
            if one.row.target and one.row.route
        ],
    )


def people(search_for: str, limit: int, *, as_json: bool) -> None:
    """Print the people whom a search finds, and exit with UNKNOWN if there are none."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> int:
        found = await search_people(network.graph, network.viewer, search_for, limit)
        if as_json:
            console.echo_json([match_data(match) for match in found])
        elif found:
            console.echo(_people_table(found))
        else:
            suggestion = did_you_mean(await find_similar_people(network.graph, network.viewer, search_for))
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
