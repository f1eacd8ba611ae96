"""The route of GraphQL over HTTP."""

from fastapi import Request
from fastapi.responses import Response
from starlette.routing import Route

from api.graphql.endpoint import Router
from api.graphql.schema import schema
from api.http.request_context import request_context
from api.paths import GRAPHQL


def graphql_route(*, introspection: bool) -> Route:
    """Return the route of /graphql. It accepts POST only, because queries name people and URLs are logged.

    A route of FastAPI would resolve the dependencies of Strawberry's router for each request.
    """
    router = Router(schema(introspection=introspection), graphql_ide=None)

    async def answer(request: Request) -> Response:
        return await router.answer(request, await request_context(request))

    return Route(GRAPHQL, answer, methods=["POST"])
