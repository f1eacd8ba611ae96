"""Kinds"""

from graph.records import Channel

SAYS = {
    "knows": Channel.STATEMENT_KNOWS,
    "well": Channel.STATEMENT_WELL,
    "met": Channel.STATEMENT_MET,
    "out_of_touch": Channel.STATEMENT_OUT_OF_TOUCH,
    "not_a_route": Channel.STATEMENT_NOT_A_ROUTE,
}
ASIDE = ("out_of_touch", "not_a_route")
"""What sets a tie aside, both ways."""
KINDS = {channel.value: kind for kind, channel in SAYS.items()}
