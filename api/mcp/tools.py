"""The tools: what each is called with, what it returns, and what it costs. All of them only read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from mcp.types import Tool, ToolAnnotations

from api.http.target_list import MIN_LIST_POINTS
from api.mcp import answers, results
from api.mcp.arguments import (
    Arguments,
    CompanyArguments,
    FadingTiesArguments,
    IntroductionsArguments,
    PersonArguments,
    RequestStatusArguments,
    TargetListArguments,
    TieArguments,
)
from api.mcp.output_schemas import JsonSchema
from operations.session import Session

A = TypeVar("A", bound=Arguments)


@dataclass(frozen=True, slots=True)
class ReadTool(Generic[A]):
    """A tool that answers a question of the viewer.

    A call costs `points`, as docs/mcp.md lists them, and `points_each` for each item that the argument `size` allows.
    """

    name: str
    title: str
    description: str
    points: int
    arguments: type[A]
    answer: Callable[[Session, A], Awaitable[dict[str, Any]]]
    result: Callable[[], JsonSchema]
    points_each: int = 0
    size: str = ""

    def cost(self, arguments: A) -> int:
        """The points of a call with these arguments."""
        return self.points + (self.points_each * int(getattr(arguments, self.size)) if self.size else 0)

    def definition(self) -> Tool:
        """The tool as clients list it."""
        return Tool(
            name=self.name,
            title=self.title,
            description=self.description,
            input_schema=self.arguments.input_schema(),
            output_schema=self.result(),
            annotations=ToolAnnotations(
                title=self.title,
                read_only_hint=True,
                destructive_hint=False,
                idempotent_hint=True,
                open_world_hint=False,
            ),
        )


_UNRESOLVED = (
    "Returns AmbiguousTarget with candidates if several people match: ask the user which one, then call again with the "
    "id. Returns UnknownTarget if nobody matches."
)
_TOOLS: tuple[ReadTool[Any], ...] = (
    ReadTool(
        "find_introductions",
        "Find introductions",
        "Find people who can genuinely introduce the user to a person, the best first. Returns Introductions with "
        "routes, AlreadyKnown if the target knows the user, or Refusal with the reason and a suggestion if no genuine "
        f"route exists. {_UNRESOLVED}",
        50,
        IntroductionsArguments,
        answers.introductions_result,
        results.introductions_schema,
        points_each=3,
        size="limit",
    ),
    ReadTool(
        "resolve_person",
        "Resolve person",
        f"Find the one person whom a name, an address, a profile or an id means. Returns Person. {_UNRESOLVED}",
        20,
        PersonArguments,
        answers.person_result,
        results.person_schema,
    ),
    ReadTool(
        "tie",
        "Explain tie",
        "Explain how well one person knows another: strength, evidence, trend, and what would change the tie. A tie "
        f"is directed. Returns Tie; `knows` is false if there is no tie. {_UNRESOLVED}",
        20,
        TieArguments,
        answers.tie_result,
        results.tie_schema,
        points_each=3,
        size="months",
    ),
    ReadTool(
        "company_reach",
        "Find people at a company",
        "List people at a company who know the user, and people there whom the user can reach through others. The "
        "lists are empty if the sources name no such company; `similarCompanies` then has similar names.",
        50,
        CompanyArguments,
        answers.company_result,
        results.company_schema,
        points_each=20,
        size="first",
    ),
    ReadTool(
        "target_list",
        "Find introducers for a list",
        "Find the best introducer for each of several people at once. Each row has an outcome: KNOWN, ROUTE, REFUSED, "
        "AMBIGUOUS, UNKNOWN or TIMEOUT. Use find_introductions for the details of one person.",
        MIN_LIST_POINTS,
        TargetListArguments,
        answers.target_list_result,
        results.target_list_schema,
    ),
    ReadTool(
        "fading_ties",
        "List fading ties",
        "List ties to the user that will become weak or end within some days without new contact, the earliest first.",
        100,
        FadingTiesArguments,
        answers.fading_ties_result,
        results.fading_ties_schema,
        points_each=2,
        size="first",
    ),
    ReadTool(
        "request_status",
        "Show introduction requests",
        "List the introduction requests that the user sent or received, with their states, the newest first. Only the "
        "user can send, answer or withdraw a request, in Tertius.",
        10,
        RequestStatusArguments,
        answers.requests_result,
        results.requests_schema,
        points_each=2,
        size="first",
    ),
    ReadTool(
        "source_coverage",
        "Show source coverage",
        "List the sources that answers are based on, and the date up to which each could see anything.",
        5,
        Arguments,
        answers.sources_result,
        results.sources_schema,
    ),
)
TOOLS = {tool.name: tool for tool in _TOOLS}
"""The tools by name."""


@cache
def tool_definitions() -> list[Tool]:
    """All tools as clients list them."""
    return [tool.definition() for tool in _TOOLS]
