"""The codes of errors, as clients find them in `extensions.code`. docs/api.md describes each of them."""

from enum import StrEnum

from graph.errors import (
    DatabaseUnavailable,
    IntroducerUnavailable,
    IntroductionRequestConflict,
    NetworkBusy,
    NoDataLoaded,
    PermissionDenied,
    QueryTimeout,
    TertiusError,
)


class ErrorCode(StrEnum):
    """The kind of an error, for programs."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX"
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    RATE_LIMITED = "RATE_LIMITED"
    TIMEOUT = "TIMEOUT"
    CONFLICT = "CONFLICT"
    IDEMPOTENCY_IN_PROGRESS = "IDEMPOTENCY_IN_PROGRESS"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    NO_DATA_LOADED = "NO_DATA_LOADED"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"


class ProviderUnavailable(TertiusError):
    """The sign-in provider does not answer, or its answer is not valid."""


_CODES: dict[type[TertiusError], ErrorCode] = {
    DatabaseUnavailable: ErrorCode.SERVICE_UNAVAILABLE,
    ProviderUnavailable: ErrorCode.SERVICE_UNAVAILABLE,
    PermissionDenied: ErrorCode.FORBIDDEN,
    NoDataLoaded: ErrorCode.NO_DATA_LOADED,
    QueryTimeout: ErrorCode.TIMEOUT,
    NetworkBusy: ErrorCode.CONFLICT,
    IntroductionRequestConflict: ErrorCode.CONFLICT,
    IntroducerUnavailable: ErrorCode.CONFLICT,
}


def code_of(error: TertiusError) -> ErrorCode:
    """The code of an expected error."""
    return next((code for kind, code in _CODES.items() if isinstance(error, kind)), ErrorCode.BAD_USER_INPUT)
