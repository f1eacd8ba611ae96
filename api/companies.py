"""`company(name:)`: whom the viewer knows there, now and once."""

from typing import Annotated

import strawberry

from api.context import Info
from api.targets import Lead
from graph.leads import at


@strawberry.type(description="Who knows the viewer at a company, best odds first.")
class Company:
    name: str = strawberry.field(description="The company as it was asked for.")
    now: list[Lead] = strawberry.field(description="Those who work there now.")
    once: list[Lead] = strawberry.field(description="Those who worked there once.")


@strawberry.type
class CompaniesQuery:
    @strawberry.field(description="Who knows the viewer at a company; nobody in either list where none was seen.")
    async def company(
        self, info: Info, name: Annotated[str, strawberry.argument(description="Its name, or the beginning of it.")]
    ) -> Company:
        found = await at(info.context.graph, info.context.viewer, name)
        return Company(
            name=name,
            now=[Lead.of(lead, info.context.viewer) for lead in found.now],
            once=[Lead.of(lead, info.context.viewer) for lead in found.once],
        )
