"""GraphQL over HTTP as its specification has it, where Strawberry's own router does otherwise."""

import json
from typing import Any

from cross_web import HTTPException as Unreadable
from fastapi import HTTPException, Request
from strawberry.fastapi import GraphQLRouter
from strawberry.http import GraphQLHTTPResponse
from strawberry.types import ExecutionResult

from api.context import Context

ANSWER = "application/graphql-response+json"


class Router(GraphQLRouter[Context, None]):
    """Says in the shape of all errors what it cannot read, and tells what was not asked from what has no answer.

    What was not asked, since the document or its variables are unfit, has no `data`, and is a 400 to clients that
    accept ANSWER; to others every document has a 200.
    """

    async def run(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer a request. Raises HTTPException where it is none that GraphQL knows."""
        try:
            response = await super().run(request, *args, **kwargs)
        except Unreadable as error:
            raise HTTPException(error.status_code, f"{error.reason.removesuffix('.')}.") from error
        if ANSWER in request.headers.get("accept", ""):
            response.headers["content-type"] = ANSWER
            if response.status_code == 200 and not request.state.asked:
                response.status_code = 400
        return response

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        """What the client is told of a result."""
        told = await super().process_result(request, result)
        request.state.asked = result.data is not None or any(error.path for error in result.errors or ())
        if not request.state.asked:
            del told["data"]
        return told

    def decode_json(self, data: str | bytes) -> object:
        """Read a request's object; what is no text, half a character in it, or nested without end, is none either."""
        try:
            found = super().decode_json(data)
            json.dumps(found, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise Unreadable(400, "Unable to parse request body as JSON") from error
        if not isinstance(found, dict | list):
            raise Unreadable(400, "A request is a JSON object")
        return found
