"""The error for an argument whose value cannot be used."""

from graphql import GraphQLError

from api.error_codes import ErrorCode


class InvalidArgument(GraphQLError):
    """An argument of the right type has a value that cannot be used."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": ErrorCode.BAD_USER_INPUT})
