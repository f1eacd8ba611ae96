"""The use case "whom can I reach at this company?"."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.database.client import Graph
from graph.introductions.companies import ReachablePeople, find_domain_contacts, reachable_people
from graph.lookup.company_jobs import count_people_at, matching_companies
from graph.lookup.possible_connectors import CompanyContacts, find_company_contacts
from graph.lookup.similar_names import find_similar_companies
from graph.privacy.audit_log import AuditAction
from graph.viewer import Viewer
from operations.ask import record_question_about
from operations.session import Session


@dataclass(frozen=True, slots=True)
class CompanyReply:
    """The people at a company, and the names of similar companies if none has the name."""

    name: str
    contacts: CompanyContacts
    reachable: ReachablePeople
    similar: Sequence[str]
    people_count: int | None
    """The number of people whom visible sources name there; None if they name no such company, or without a name."""


async def ask_about_company(
    session: Session,
    *,
    name: str = "",
    domain: str = "",
    team: bool = False,
    limit: int = 5,
    max_introducers: int = 2,
) -> CompanyReply:
    """Find people at a company, given by its name or by its domain, and write the audit entry before the answer."""
    graph, viewer = session.graph, session.viewer
    contacts = (
        await find_domain_contacts(graph, viewer, domain)
        if domain
        else await find_company_contacts(graph, viewer, name)
    )
    reachable = await reachable_people(
        graph,
        viewer,
        name=name,
        domain=domain,
        limit=limit,
        team=team,
        max_introducers=max_introducers,
        min_score=session.min_route_score,
    )
    ids = [person.row.target.id for person in reachable.people if person.row.target]
    await record_question_about(session, AuditAction.COMPANY, *ids)
    similar = () if domain else await find_similar_companies(graph, viewer, name)
    people_count = None if domain else await count_people(graph, viewer, name)
    return CompanyReply(name or domain, contacts, reachable, similar, people_count)


async def count_people(graph: Graph, viewer: Viewer, name: str) -> int | None:
    """Count the people whom visible sources name at a company, now or before; None if they name no such company."""
    keys = await matching_companies(graph, viewer, name)
    return await count_people_at(graph, viewer, keys) if keys else None
