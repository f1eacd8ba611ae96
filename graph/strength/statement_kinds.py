"""The kinds of statement that a member can make about a tie, and the channel that stores each."""

from graph.records import Channel

CHANNEL_OF_KIND = {
    "knows": Channel.STATEMENT_KNOWS,
    "well": Channel.STATEMENT_WELL,
    "met": Channel.STATEMENT_MET,
    "out_of_touch": Channel.STATEMENT_OUT_OF_TOUCH,
    "not_a_route": Channel.STATEMENT_NOT_A_ROUTE,
}
SET_ASIDE_KINDS = ("out_of_touch", "not_a_route")
"""Kinds that set a tie aside in both directions."""
KIND_OF_CHANNEL = {channel.value: kind for kind, channel in CHANNEL_OF_KIND.items()}
