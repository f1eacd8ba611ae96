"""Kinds of statements about a tie, and the evidence channel that stores each."""

from enum import StrEnum

from graph.records import Channel


class StatementKind(StrEnum):
    """The kind of a statement about a tie. DO_NOT_ROUTE asks that no route use it."""

    KNOWS = "knows"
    KNOWS_WELL = "knows_well"
    MET = "met"
    OUT_OF_TOUCH = "out_of_touch"
    DO_NOT_ROUTE = "do_not_route"


CHANNEL_OF_KIND = {
    StatementKind.KNOWS: Channel.STATEMENT_KNOWS,
    StatementKind.KNOWS_WELL: Channel.STATEMENT_KNOWS_WELL,
    StatementKind.MET: Channel.STATEMENT_MET,
    StatementKind.OUT_OF_TOUCH: Channel.STATEMENT_OUT_OF_TOUCH,
    StatementKind.DO_NOT_ROUTE: Channel.STATEMENT_DO_NOT_ROUTE,
}
SET_ASIDE_KINDS = (StatementKind.OUT_OF_TOUCH, StatementKind.DO_NOT_ROUTE)
"""Kinds that set a tie aside. They hold in both directions."""
KIND_OF_CHANNEL = {channel.value: kind for kind, channel in CHANNEL_OF_KIND.items()}
"""The kind of each statement channel, by the channel's stored value."""
