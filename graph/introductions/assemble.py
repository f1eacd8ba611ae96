"""Builds routes and steps for an answer from what the searches return."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from graph.answers import Evidence, Person, Route, Step, Unreachable
from graph.introductions.routes import FoundRoute, route_pairs
from graph.ties.evidence import Pair, Tie

_NO_TIE = Tie(0.0, 0.0)


def build_step(
    pair: Pair,
    tie: Tie,
    people: Mapping[str, Person],
    evidence: Mapping[Pair, Evidence],
    unreachable: Mapping[str, Unreachable] = MappingProxyType({}),
) -> Step:
    """Return the step in which the first person of the pair responds to the second. `unreachable` are people by id."""
    by, towards = pair
    return Step(
        from_person=people[by],
        to_person=people[towards],
        strength=tie.strength,
        outbound=evidence[by, towards],
        inbound=evidence[towards, by],
        label_only=tie.label_only,
        is_asleep=tie.is_asleep,
        is_unreachable=tie.is_unreachable,
        unreachable=next((unreachable[id] for id in pair if tie.is_unreachable and id in unreachable), None),
    )


def build_route(
    found_route: FoundRoute,
    asker: str,
    colleagues: Collection[str],
    ties: Mapping[Pair, Tie],
    people: Mapping[str, Person],
    evidence: Mapping[Pair, Evidence],
) -> Route | None:
    """Return a route with its steps; None if a derivation removed one of its ties between two queries."""
    pairs = route_pairs(found_route, asker, colleagues)
    if not ties.keys() >= {*pairs}:
        return None
    last_pair, first_pair = pairs[-1], (found_route.people[0], asker)
    target_response = Tie(ties[last_pair].reverse_strength, 0.0, ties[last_pair].label_only)
    starts_at_colleague = first_pair[0] in colleagues
    return Route(
        people=tuple(people[id] for id in (*found_route.people, found_route.target)),
        steps=(
            *(build_step(pair, ties[pair], people, evidence) for pair in pairs),
            build_step(last_pair[::-1], target_response, people, evidence),
        ),
        score=None if any(ties[pair].label_only for pair in pairs) else found_route.score,
        colleague=build_step(first_pair, ties.get(first_pair, _NO_TIE), people, evidence)
        if starts_at_colleague
        else None,
    )
