"""The section of the settings of introduction requests."""

from pydantic import BaseModel, Field

from graph.requests.transitions import DEFAULT_EXPIRY_DAYS


class RequestSettings(BaseModel):
    """Introduction requests."""

    expiry_days: int = Field(
        default=DEFAULT_EXPIRY_DAYS,
        ge=1,
        le=90,
        description="Days after which an introduction request expires if its introducer does not answer, or if nothing "
        "follows. 1 to 90. Default: 7.",
    )
