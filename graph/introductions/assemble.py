"""What people must do for each other on a way, as it is told."""

from collections.abc import Collection, Mapping

from graph.answers import Evidence, Person, Route, Step
from graph.introductions.routes import FoundRoute, route_pairs
from graph.ties.evidence import Pair, Tie

_ODDS_OF_NOBODY = Tie(0.0, 0.0)


def act_of(pair: Pair, tie: Tie, named: Mapping[str, Person], seen: Mapping[Pair, Evidence]) -> Step:
    """That the first of a pair acts for the second."""
    by, towards = pair
    return Step(
        from_person=named[by],
        to_person=named[towards],
        strength=tie.strength,
        outbound=seen[by, towards],
        inbound=seen[towards, by],
        label_only=tie.label_only,
    )


def route_of(
    way: FoundRoute,
    asker: str,
    colleagues: Collection[str],
    ties: Mapping[Pair, Tie],
    named: Mapping[str, Person],
    seen: Mapping[Pair, Evidence],
) -> Route | None:
    """A way with its acts; None where a tie of it went between two questions, while ties are derived."""
    pairs = route_pairs(way, asker, colleagues)
    if not ties.keys() >= {*pairs}:
        return None
    end, policy = pairs[-1], (way.people[0], asker)
    answers = Tie(ties[end].reverse_strength, 0.0, ties[end].label_only)
    return Route(
        people=tuple(named[id] for id in (*way.people, way.target)),
        steps=(
            *(act_of(pair, ties[pair], named, seen) for pair in pairs),
            act_of(end[::-1], answers, named, seen),
        ),
        score=None if any(ties[pair].label_only for pair in pairs) else way.score,
        colleague=act_of(policy, ties.get(policy, _ODDS_OF_NOBODY), named, seen) if policy[0] in colleagues else None,
    )
