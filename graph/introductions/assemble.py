"""What people must do for each other on a way, as it is told."""

from collections.abc import Collection, Mapping

from graph.answers import Act, Person, Route, Seen
from graph.introductions.routes import Found, walked
from graph.ties.evidence import Pair, Tie

_ODDS_OF_NOBODY = Tie(0.0, 0.0)


def act_of(pair: Pair, tie: Tie, named: Mapping[str, Person], seen: Mapping[Pair, Seen]) -> Act:
    """That the first of a pair acts for the second."""
    by, towards = pair
    return Act(
        by=named[by],
        towards=named[towards],
        odds=tie.acts,
        out=seen[by, towards],
        back=seen[towards, by],
        veiled=tie.veiled,
    )


def route_of(
    way: Found,
    asker: str,
    colleagues: Collection[str],
    ties: Mapping[Pair, Tie],
    named: Mapping[str, Person],
    seen: Mapping[Pair, Seen],
) -> Route | None:
    """A way with its acts; None where a tie of it went between two questions, while ties are derived."""
    pairs = walked(way, asker, colleagues)
    if not ties.keys() >= {*pairs}:
        return None
    end, policy = pairs[-1], (way.people[0], asker)
    answers = Tie(ties[end].answers, 0.0, ties[end].veiled)
    return Route(
        people=tuple(named[id] for id in (*way.people, way.target)),
        acts=(
            *(act_of(pair, ties[pair], named, seen) for pair in pairs),
            act_of(end[::-1], answers, named, seen),
        ),
        odds=None if any(ties[pair].veiled for pair in pairs) else way.odds,
        colleague=act_of(policy, ties.get(policy, _ODDS_OF_NOBODY), named, seen) if policy[0] in colleagues else None,
    )
