"""Assigns the targets of a list to introducers, so that the expected number of introductions is as large as possible.

Pure computation: a minimum cost flow from the targets over their introducers.
"""

from collections.abc import Mapping

SCALE = 10**9
"""Scores become whole multiples of 1/SCALE: a flow with whole costs ends, and its result does not depend on order."""

_SINK, _TARGET, _INTRODUCER = "sink", "target", "introducer"


def assign_targets(scores: Mapping[tuple[str, str], float], capacities: Mapping[str, int]) -> dict[str, str]:
    """Return the introducer of each target that gets one, by target.

    `scores` holds the probability, 0 to 1, that the introduction succeeds, by (target, introducer). `capacities` is the
    number of targets that each introducer may get at most; an introducer without an entry gets none. Each target gets
    one introducer at most. The sum of the scores of the result is the maximum. A score of 0 is never used.
    """
    usable = {
        pair: round(score * SCALE)
        for pair, score in sorted(scores.items())
        if round(score * SCALE) > 0 and capacities.get(pair[1], 0) > 0
    }
    if not usable:
        return {}
    import networkx as nx  # noqa: PLC0415 - takes a third of a second, and only plans need it

    flow_graph = nx.DiGraph()
    targets = list(dict.fromkeys(target for target, _ in usable))
    for target in targets:
        flow_graph.add_node((_TARGET, target), demand=-1)
        flow_graph.add_edge((_TARGET, target), _SINK, weight=0)  # a target without an introducer
    flow_graph.add_node(_SINK, demand=len(targets))
    for (target, introducer), score in usable.items():
        flow_graph.add_edge((_TARGET, target), (_INTRODUCER, introducer), weight=-score, capacity=1)
        flow_graph.add_edge((_INTRODUCER, introducer), _SINK, weight=0, capacity=capacities[introducer])
    _, flows = nx.network_simplex(flow_graph)
    return {
        target: end[1]
        for target in targets
        for end, amount in flows[_TARGET, target].items()
        if amount and end != _SINK
    }
