"""`company(name:)`, or by its domain: whom the viewer knows there, now and once, and whom they can reach."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.audit_note import noted
from api.graphql.bad_argument import Unfit
from api.graphql.types.enums import DEEPEST, MOST
from api.graphql.types.evidence import Act
from api.graphql.types.introductions import Route
from api.graphql.types.person import Person
from api.graphql.types.target import Lead
from api.request_limits import Start
from graph.introductions import companies
from graph.lookup.possible_connectors import find_company_contacts
from graph.privacy.audit_log import AuditAction
from graph.viewer import Viewer
from presentation.dates import day


@strawberry.type(description="Somebody at a company whom the viewer can reach.")
class Reached:
    person: Person = strawberry.field(description="Who.")
    now: bool = strawberry.field(description="Whether they work there now, as far as sources in view say; else once.")
    title: str | None = strawberry.field(description="What they do or did there.")
    since: date | None = strawberry.field(description="Since when.")
    until: date | None = strawberry.field(description="Until when.")
    act: Act | None = strawberry.field(
        description="How surely they act for the viewer, where they know them: ask directly."
    )
    route: Route | None = strawberry.field(description="The best route to them, where they do not, or weakly.")

    @classmethod
    def of(cls, found: companies.ReachablePerson, viewer: Viewer) -> Self:
        assert found.row.target is not None
        return cls(
            person=Person.of(found.row.target),
            now=found.now,
            title=found.title,
            since=day(found.since),
            until=day(found.until),
            act=Act.of(found.row.tie, viewer) if found.row.tie else None,
            route=Route.of(found.row.route, viewer) if found.row.route else None,
        )


@strawberry.type(description="A company: who knows the viewer there, best odds first, and whom they can reach.")
class Company:
    name: str = strawberry.field(description="The company as it was asked for.")
    now: list[Lead] = strawberry.field(description="Those who work there now.")
    once: list[Lead] = strawberry.field(description="Those who worked there once.")
    domain: strawberry.Private[str | None]

    @strawberry.field(
        description="The people there whom the viewer can genuinely reach: those who are there now first, and of each "
        "those who know the viewer, then by the odds of the best route."
    )
    async def introductions(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many, 20 at most.")] = 5,
        start: Annotated[Start, strawberry.argument(description="Where routes may start.")] = Start.ME,
        max_introducers: Annotated[int, strawberry.argument(description="How long a route may be, 1 to 3.")] = 2,
    ) -> list[Reached]:
        if not 1 <= first <= MOST:
            raise Unfit(f"`first` is 1 to {MOST}.")
        if not 1 <= max_introducers <= DEEPEST:
            raise Unfit(f"`maxIntroducers` is 1 to {DEEPEST}.")
        context = info.context
        found = await companies.reachable_people(
            context.graph,
            context.viewer,
            name="" if self.domain else self.name,
            domain=self.domain or "",
            limit=first,
            team=start is Start.TEAM,
            max_introducers=max_introducers,
        )
        await noted(info, AuditAction.COMPANY, *(one.row.target.id for one in found if one.row.target))
        return [Reached.of(one, context.viewer) for one in found]


@strawberry.type
class CompaniesQuery:
    @strawberry.field(description="A company by its name or its domain; nobody in any list where none was seen.")
    async def company(
        self,
        info: Info,
        name: Annotated[str | None, strawberry.argument(description="Its name, or the beginning of it.")] = None,
        domain: Annotated[str | None, strawberry.argument(description="Or what addresses there end in.")] = None,
    ) -> Company:
        if bool(name) is bool(domain):
            raise Unfit("Name a company by `name` or by `domain`.")
        context, viewer = info.context, info.context.viewer
        called = [name] if name else await companies.company_keys_of_domain(context.graph, viewer, domain or "")
        found = [await find_company_contacts(context.graph, viewer, one) for one in called]
        return Company(
            name=name or domain or "",
            now=[Lead.of(lead, viewer) for one in found for lead in one.present],
            once=[Lead.of(lead, viewer) for one in found for lead in one.former],
            domain=domain,
        )
