"""Bad argument."""

from graphql import GraphQLError


class Unfit(GraphQLError):
    """An argument that is of the right type and still cannot be used."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})
