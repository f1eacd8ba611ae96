"""The days of jobs are evidence: a source that shares only strengths shows jobs without them."""

from datetime import date

import neo4j
import pytest

from graph.answers import PossibleConnector
from graph.database.client import Graph
from graph.introductions.companies import reachable_people
from graph.lookup.possible_connectors import find_company_contacts
from graph.networks.sources import SharingLevel
from graph.records import Job
from presentation.dates import to_date
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import by_mail, own, talk

ANA, BEN = "ana@home.example", "ben@home.example"
EVA, FAY = "eva@near.example", "fay@near.example"


def years(contacts: tuple[PossibleConnector, ...]) -> list[tuple[str, list[int | None]]]:
    days = [(contact.person.name, to_date(contact.since), to_date(contact.until)) for contact in contacts]
    return [(name, [one.year if one else None for one in (since, until)]) for name, since, until in days]


@pytest.mark.parametrize("level", [SharingLevel.STRENGTH, SharingLevel.EVIDENCE])
async def test_a_job_has_days_only_where_a_source_shares_evidence(
    driver: neo4j.AsyncDriver, graph: Graph, level: SharingLevel
) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, EVA), *talk(ANA, FAY)])
    jobs = [
        Job(by_mail(EVA, "Eva Lind"), "Near Ltd", "CTO", date(2019, 3, 1), None, "contacts"),
        Job(by_mail(FAY, "Fay Moss"), "Near Ltd", "CEO", date(2015, 5, 1), date(2018, 2, 1), "contacts"),
    ]
    await load_for(graph, "ben", [own(BEN, "Ben"), *jobs], level, kind="contacts")
    ana = await viewer_of(graph, "ana")

    contacts = await find_company_contacts(graph, ana, "Near Ltd")
    reached = {
        one.row.tie.from_person.name: one
        for one in (await reachable_people(graph, ana, name="Near Ltd")).people
        if one.row.tie
    }

    shown = level is SharingLevel.EVIDENCE
    assert years(contacts.present) == [("Eva", [2019, None] if shown else [None, None])]
    assert years(contacts.former) == [("Fay", [2015, 2018] if shown else [None, None])]
    assert (contacts.present_count, contacts.former_count) == (1, 1)
    assert {name: (one.now, one.since is None, one.until is None) for name, one in reached.items()} == {
        "Eva": (True, not shown, True),
        "Fay": (False, not shown, not shown),
    }
