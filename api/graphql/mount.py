"""Mount."""

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.graphql.endpoint import Router
from api.graphql.schema import schema
from api.http.request_context import _context


def _graphql(*, explore: bool) -> Router:
    router = Router(
        schema(introspection=explore),
        graphql_ide="graphiql" if explore else None,
        context_getter=_context,
    )
    # nothing is asked by GET, and nothing is subscribed to by a socket
    router.routes = [
        route for route in router.routes if isinstance(route, APIRoute) and "POST" in (route.methods or ())
    ]
    if explore:
        router.routes.insert(0, APIRoute("", _explorer(router), methods=["GET"]))
    return router


def _explorer(router: Router) -> Callable[[Request], object]:
    async def page(request: Request) -> Response:
        """GraphiQL, for which one needs no token: one gives it there, as a header."""
        if "text/html" not in request.headers.get("accept", ""):
            raise HTTPException(405, "Method Not Allowed", {"Allow": "POST"})
        return await router.render_graphql_ide(request)

    return page
