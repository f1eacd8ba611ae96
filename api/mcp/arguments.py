"""The arguments of the tools. Their names are those of the GraphQL schema."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from api.request_limits import MAX_FADING_TIES, MAX_INTRODUCERS, MAX_ROUTES
from graph.insights.fading import MAX_DAYS_AHEAD
from graph.requests.states import RequestStatus
from graph.ties.history import MOST_MONTHS

MAX_REFERENCE_LENGTH = 500
"""Maximum number of characters in a reference to a person or a company."""
MAX_TARGETS = 50
"""Maximum number of targets in one call."""
MAX_REQUESTS = 50
"""Maximum number of introduction requests in a result."""
_PERSON = (
    "a name, `name at company`, an e-mail address, the URL of a LinkedIn profile, or an id from an earlier answer."
)

_Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_REFERENCE_LENGTH)]
_MaxIntroducers = Annotated[
    int, Field(ge=1, le=MAX_INTRODUCERS, description="The maximum number of introducers on a route.")
]
_RouteStart = Annotated[
    Literal["ME", "TEAM"],
    Field(description="Where routes may start. ME: at the viewer. TEAM: also at colleagues who share a source."),
]
_AsOf = Annotated[date | None, Field(description="An earlier date (YYYY-MM-DD). Later evidence is ignored.")]


class InvalidToolArgument(ValueError):
    """An argument of a tool is not valid. The message is for the client and contains no value."""


class Arguments(BaseModel):
    """The arguments of a tool without arguments, and the base of all others."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, frozen=True)

    @classmethod
    def read(cls, arguments: dict[str, Any]) -> Self:
        """The arguments of a call. Raises InvalidToolArgument, which names the first argument that is not valid."""
        try:
            return cls.model_validate(arguments, by_alias=True, by_name=False)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            message = first["msg"].removeprefix("Value error, ").rstrip(".")
            raise InvalidToolArgument(f"`{place}`: {message}." if place else f"{message}.") from None

    @classmethod
    def input_schema(cls) -> dict[str, Any]:
        """The JSON Schema of the arguments."""
        schema = cls.model_json_schema(by_alias=True)
        schema.pop("description", None)
        plain: dict[str, Any] = _without_titles(schema)
        return plain


class IntroductionsArguments(Arguments):
    """The arguments of find_introductions."""

    target: _Reference = Field(description=f"The person to be introduced to: {_PERSON}")
    start: _RouteStart = "ME"
    limit: int = Field(5, ge=1, le=MAX_ROUTES, description="The maximum number of first introducers.")
    max_introducers: _MaxIntroducers = 2
    as_of: _AsOf = None
    through_tag: Annotated[
        _Reference | None, Field(description="The name of a tag of the user: only people with it are asked.")
    ] = None

    @model_validator(mode="after")
    def _name_one_limit(self) -> Self:
        if self.as_of is not None and self.through_tag is not None:
            raise ValueError("Set either `asOf` or `throughTag`.")
        return self


class PersonArguments(Arguments):
    """The arguments of resolve_person."""

    person: _Reference = Field(description=f"The person: {_PERSON}")


class TieArguments(Arguments):
    """The arguments of tie."""

    from_: _Reference | None = Field(
        None, alias="from", description=f"The person who knows the other: {_PERSON} Omit it for the viewer."
    )
    to: _Reference | None = Field(None, description=f"The person who is known: {_PERSON} Omit it for the viewer.")
    as_of: _AsOf = None
    months: int = Field(0, ge=0, le=MOST_MONTHS, description="The number of months of history to return.")

    @model_validator(mode="after")
    def _name_somebody(self) -> Self:
        if self.from_ is None and self.to is None:
            raise ValueError("Set `from`, `to` or both.")
        return self


class CompanyArguments(Arguments):
    """The arguments of company_reach."""

    name: _Reference | None = Field(None, description="The name of the company or the beginning of it.")
    domain: _Reference | None = Field(None, description="The domain of the company's e-mail addresses.")
    first: int = Field(5, ge=1, le=MAX_ROUTES, description="The maximum number of people in `introductions`.")
    start: _RouteStart = "ME"
    max_introducers: _MaxIntroducers = 2

    @model_validator(mode="after")
    def _name_one_company(self) -> Self:
        if (self.name is None) is (self.domain is None):
            raise ValueError("Set either `name` or `domain`.")
        return self


class TargetListArguments(Arguments):
    """The arguments of target_list."""

    targets: list[_Reference] = Field(
        min_length=1, max_length=MAX_TARGETS, description=f"The people to be introduced to, each as {_PERSON}"
    )
    start: _RouteStart = "ME"
    max_introducers: _MaxIntroducers = 2


class FadingTiesArguments(Arguments):
    """The arguments of fading_ties."""

    within: int = Field(30, ge=1, le=MAX_DAYS_AHEAD, description="The number of days to look ahead.")
    first: int = Field(20, ge=1, le=MAX_FADING_TIES, description="The maximum number of ties.")


class RequestStatusArguments(Arguments):
    """The arguments of request_status."""

    role: Annotated[
        Literal["ASKER", "INTRODUCER"] | None,
        Field(description="Only requests in which the user has this role. Omit it for both."),
    ] = None
    status: Annotated[
        Literal[tuple(status.name for status in RequestStatus)] | None,  # type: ignore[valid-type]
        Field(description="Only requests in this state. Omit it for all."),
    ] = None
    first: int = Field(10, ge=1, le=MAX_REQUESTS, description="The maximum number of requests.")


def _without_titles(schema: Any) -> Any:
    """The schema without the titles that pydantic makes from the names of fields."""
    if isinstance(schema, dict):
        return {
            key: _without_titles(value)
            for key, value in schema.items()
            if not (key == "title" and isinstance(value, str))
        }
    return [_without_titles(item) for item in schema] if isinstance(schema, list) else schema
