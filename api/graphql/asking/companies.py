"""The query `company`."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.asking.introductions import MaxIntroducers
from api.graphql.audit import record_in_audit_log
from api.graphql.field import query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.types.evidence import Step
from api.graphql.types.introductions import Route
from api.graphql.types.person import Person
from api.graphql.types.target import PossibleConnector
from api.request_limits import MAX_INTRODUCERS, MAX_ROUTES, Start
from graph.introductions import companies
from graph.lookup.possible_connectors import MAX_CONTACTS, find_company_contacts
from graph.lookup.similar_names import MAX_SIMILAR, find_similar_companies
from graph.privacy.audit_log import AuditAction
from graph.viewer import Viewer
from operations.questions.companies import count_people
from presentation.dates import to_date


@strawberry.type(description="A person at a company whom the viewer can reach.")
class ReachablePerson:
    person: Person = strawberry.field(description="The person.")
    is_current: bool = strawberry.field(description="Whether visible sources say that the person works there now.")
    title: str | None = strawberry.field(description="The person's job title there. Null if no source gives one.")
    since: date | None = strawberry.field(description="The date on which the job began. Null if unknown.")
    until: date | None = strawberry.field(description="The date on which the job ended. Null if current or unknown.")
    step: Step | None = strawberry.field(
        description="The person's tie to the viewer. Null if the person does not know the viewer."
    )
    route: Route | None = strawberry.field(
        description="The best route to the person. Null if the person knows the viewer well enough."
    )

    @classmethod
    def from_reachable_person(cls, reachable_person: companies.ReachablePerson, viewer: Viewer) -> Self:
        assert reachable_person.row.target is not None
        return cls(
            person=Person.from_person(reachable_person.row.target),
            is_current=reachable_person.now,
            title=reachable_person.title,
            since=to_date(reachable_person.since),
            until=to_date(reachable_person.until),
            step=Step.from_step(reachable_person.row.tie, viewer) if reachable_person.row.tie else None,
            route=Route.from_route(reachable_person.row.route, viewer) if reachable_person.row.route else None,
        )


@strawberry.type(description="A company, and the people there whom the viewer knows or can reach.")
class Company:
    name: str = strawberry.field(description="The name or domain from the request.")
    current_contacts: list[PossibleConnector] = strawberry.field(
        description=f"People who know the viewer and work there, the strongest tie first, {MAX_CONTACTS} at most."
    )
    former_contacts: list[PossibleConnector] = strawberry.field(
        description=f"People who know the viewer and worked there, the strongest tie first, {MAX_CONTACTS} at most."
    )
    current_contact_count: int = strawberry.field(
        description="The number of people who know the viewer and work there, also those above the maximum of the list."
    )
    former_contact_count: int = strawberry.field(
        description="The number of people who know the viewer and worked there, also those above the maximum of the "
        "list."
    )
    domain: strawberry.Private[str | None]

    @query(
        description="People at the company whom the viewer can reach. Current staff comes first, then people who know "
        "the viewer, then the highest route score.",
        cost=50,
    )
    async def introductions(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description=f"The maximum number of people, 1 to {MAX_ROUTES}.")] = 5,
        start: Annotated[Start, strawberry.argument(description="Where routes may start.")] = Start.ME,
        max_introducers: MaxIntroducers = 2,
    ) -> list[ReachablePerson]:
        if not 1 <= first <= MAX_ROUTES:
            raise InvalidArgument(f"`first` is 1 to {MAX_ROUTES}.")
        rows = (await self._reachable(info, first, start, max_introducers)).people
        await record_in_audit_log(info, AuditAction.COMPANY, *(each.row.target.id for each in rows if each.row.target))
        return [ReachablePerson.from_reachable_person(each, info.context.viewer) for each in rows]

    @query(
        description="The number of people at the company to whom only routes with a score below the minimum that the "
        "operator sets lead. `introductions` does not list them.",
        cost=50,
    )
    async def low_score_introduction_count(
        self,
        info: Info,
        start: Annotated[Start, strawberry.argument(description="Where routes may start.")] = Start.ME,
        max_introducers: MaxIntroducers = 2,
    ) -> int:
        return (await self._reachable(info, 1, start, max_introducers)).low_score_count

    @query(
        description=f"Companies in view with a similar name, the most similar first, {MAX_SIMILAR} at most. Empty if a "
        "company has this name, or if the request has a domain.",
        cost=5,
    )
    async def similar_companies(self, info: Info) -> list[str]:
        if self.domain:
            return []
        return list(await find_similar_companies(info.context.graph, info.context.viewer, self.name))

    @query(
        description="The number of people whom visible sources name there, now or before. Null if they name no "
        "such company, or if the request has a domain.",
        cost=5,
    )
    async def people_count(self, info: Info) -> int | None:
        return None if self.domain else await count_people(info.context.graph, info.context.viewer, self.name)

    async def _reachable(self, info: Info, first: int, start: Start, max_introducers: int) -> companies.ReachablePeople:
        if not 1 <= max_introducers <= MAX_INTRODUCERS:
            raise InvalidArgument(f"`maxIntroducers` is 1 to {MAX_INTRODUCERS}.")
        session = info.context.session
        return await companies.reachable_people(
            session.graph,
            session.viewer,
            name="" if self.domain else self.name,
            domain=self.domain or "",
            limit=first,
            team=start is Start.TEAM,
            max_introducers=max_introducers,
            min_score=session.min_route_score,
        )


@strawberry.type
class CompaniesQuery:
    @query(
        description="Get a company by name or by domain. Set exactly one of `name` and `domain`. The lists are empty "
        "if no source names the company.",
        cost=20,
    )
    async def company(
        self,
        info: Info,
        name: Annotated[
            str | None, strawberry.argument(description="The name of the company or the beginning of it.")
        ] = None,
        domain: Annotated[
            str | None, strawberry.argument(description="The domain of the company's e-mail addresses.")
        ] = None,
    ) -> Company:
        if bool(name) is bool(domain):
            raise InvalidArgument("Set either `name` or `domain`.")
        context, viewer = info.context, info.context.viewer
        contacts = (
            await find_company_contacts(context.graph, viewer, name)
            if name
            else await companies.find_domain_contacts(context.graph, viewer, domain or "")
        )
        return Company(
            name=name or domain or "",
            current_contacts=[PossibleConnector.from_connector(contact, viewer) for contact in contacts.present],
            former_contacts=[PossibleConnector.from_connector(contact, viewer) for contact in contacts.former],
            current_contact_count=contacts.present_count,
            former_contact_count=contacts.former_count,
            domain=domain,
        )
