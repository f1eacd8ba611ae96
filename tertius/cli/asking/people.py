"""People."""

from graph.lookup.possible_connectors import find_company_contacts as at_company
from graph.lookup.search import search_people as search
from presentation.sentences import format_day, name_with_job, strength_label
from tertius import console
from tertius.cli import rendering
from tertius.cli.exit_codes import UNKNOWN
from tertius.console import ConsoleProgress
from tertius.runner import end, run
from tertius.session import OpenNetwork, up_to_day


def company_contacts(company: str, *, details: bool, as_json: bool) -> None:
    """Print the people at a company who know the viewer: present and former, the strongest tie first."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        network = await up_to_day(network, progress=progress)
        found = await at_company(network.graph, network.viewer, company)
        if as_json:
            console.echo_json(
                {
                    when: [
                        {"id": lead.person.id, "name": lead.person.name, "title": lead.title, "company": lead.company}
                        | {"odds": lead.tie.exact_strength, "word": strength_label(lead.tie.strength)}
                        for lead in leads
                    ]
                    for when, leads in (("now", found.present), ("once", found.former))
                }
            )
            return
        for says, leads in (("Work there now:", found.present), ("Worked there before:", found.former)):
            if leads:
                console.echo(says)
                for lead in leads:
                    console.echo_lines(rendering.connector(lead, network.viewer, details=details))
        if not found.present and not found.former:
            console.echo("Your sources show nobody there who knows you.")

    run(do)


def people(search_for: str, limit: int, *, as_json: bool) -> None:
    """Print the people whom a search finds, and exit with UNKNOWN if there are none."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> int:
        found = await search(network.graph, network.viewer, search_for, limit)
        if as_json:
            console.echo_json(
                [
                    {"id": one.person.id, "name": one.person.name, "title": one.person.title}
                    | {"company": one.person.company, "odds": one.tie and one.tie.exact_strength}
                    | {"word": one.tie and strength_label(one.tie.strength), "shared": one.person.shared}
                    for one in found
                ]
            )
        for one in found if not as_json else ():
            tie = f"knows you: {strength_label(one.tie.strength)}" if one.tie else "a stranger"
            tie = "a shared mailbox" if one.person.shared else tie
            last = f", last contact {format_day(one.last)}" if one.last is not None else ""
            console.echo(f"{name_with_job(one.person)}: {tie}{last}  [{one.person.id}]")
        if not found and not as_json:
            console.echo(f"No person matches “{search_for}”.")
        return 0 if found else UNKNOWN

    end(run(do))
