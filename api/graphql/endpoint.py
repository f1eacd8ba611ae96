"""GraphQL over HTTP as its specification defines it, where Strawberry's router differs."""

import json
from typing import Any

from cross_web import HTTPException as UnreadableRequest
from fastapi import HTTPException, Request
from fastapi.responses import Response
from strawberry.fastapi import GraphQLRouter
from strawberry.http import GraphQLHTTPResponse
from strawberry.types import ExecutionResult

from api.context import Context
from graph.names.visible_text import visible_values

RESPONSE_TYPE = "application/graphql-response+json"


class Router(GraphQLRouter[Context, None]):
    """Answers every error in one shape, and distinguishes requests that were not executed.

    A request that was not executed, since its document or its variables are invalid, has no `data`. For clients that
    accept RESPONSE_TYPE it has the status 400. For other clients every GraphQL response has the status 200.
    """

    async def answer(self, request: Request, context: Context) -> Response:
        """Answer a request of the viewer of this context. Raises HTTPException if it is no GraphQL request."""
        added = Response()
        # resolvers add headers and may set the status of the response that is created from this one
        del added.headers["content-length"]
        added.status_code = None  # type: ignore[assignment]
        context.request, context.response = request, added
        request.state.graphql_context = context
        response: Response = await self.run(request, context=context, root_value=None)
        return response

    async def get_sub_response(self, request: Request) -> Response:
        """The status and the headers that resolvers set."""
        context: Context = request.state.graphql_context
        assert context.response is not None
        return context.response

    async def run(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer a request. Raises HTTPException if it is no GraphQL request."""
        try:
            response = await super().run(request, *args, **kwargs)
        except UnreadableRequest as error:
            headers = await _charge(kwargs["context"])
            raise HTTPException(error.status_code, f"{error.reason.removesuffix('.')}.", headers) from error
        if RESPONSE_TYPE in request.headers.get("accept", ""):
            response.headers["content-type"] = RESPONSE_TYPE
            if response.status_code == 200 and not request.state.is_executed:
                response.status_code = 400
        return response

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        """The body of the response to a result."""
        body = await super().process_result(request, result)
        body["data"] = visible_values(body["data"])
        request.state.is_executed = result.data is not None or any(error.path for error in result.errors or ())
        if not request.state.is_executed:
            del body["data"]
        return body

    def decode_json(self, data: str | bytes) -> object:
        """Read the object of a request. Rejects invalid Unicode and nesting that is too deep for the parser."""
        try:
            decoded = super().decode_json(data)
            json.dumps(decoded, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise UnreadableRequest(400, "Unable to parse request body as JSON") from error
        if not isinstance(decoded, dict | list):
            raise UnreadableRequest(400, "A request is a JSON object")
        return decoded


async def _charge(context: Context) -> dict[str, str]:
    """Charge a point for a request that cannot be read, and return the headers. Raises HTTPException without points."""
    account = await context.meter.charge(context.viewer, 1)
    if not account.is_enough:
        raise HTTPException(429, account.message, account.headers)
    return account.headers
