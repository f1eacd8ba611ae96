"""The routes of GraphQL over HTTP."""

from fastapi.routing import APIRoute

from api.graphql.endpoint import Router
from api.graphql.schema import schema
from api.http.request_context import request_context


def graphql_router(*, introspection: bool) -> Router:
    """Return the router of /graphql. It accepts POST only, because queries name people and URLs are logged."""
    router = Router(schema(introspection=introspection), graphql_ide=None, context_getter=request_context)
    router.routes = [
        route for route in router.routes if isinstance(route, APIRoute) and "POST" in (route.methods or ())
    ]
    return router
