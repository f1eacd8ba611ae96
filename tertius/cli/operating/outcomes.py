"""`tertius admin outcomes`: the scores of routes, compared with what became of introduction requests."""

from collections.abc import Iterator

from graph.networks.members import require_permission
from graph.networks.permissions import Operation
from graph.requests.results import MIN_GROUP, ScoreGroup, group_by_score, list_results
from graph.requests.states import Outcome
from presentation.sentences import format_count, format_percent
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def print_outcomes(*, as_json: bool) -> None:
    """Print one line for each group of scores."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await require_permission(network.graph, network.id, network.member, Operation.MANAGE_OWNERS)
        results = await list_results(network.graph, network.id)
        groups = group_by_score(results)
        if as_json:
            console.echo_json(outcomes_data(groups, sent=len(results)))
        else:
            console.echo_lines(_lines(groups, sent=len(results)))

    run(do)


def outcomes_data(groups: list[ScoreGroup], *, sent: int) -> dict[str, object]:
    """The groups as JSON, which evaluation.outcomes reads."""
    return {"sentCount": sent, "groups": [_data(group) for group in groups]}


def _lines(groups: list[ScoreGroup], *, sent: int) -> Iterator[str]:
    yield f"{format_count(sent, 'introduction request')} {'was' if sent == 1 else 'were'} sent."
    for group in groups:
        yield (
            f"Scores above {format_percent(group.low)} up to {format_percent(group.high)}: "
            f"{format_count(group.count, 'request')}. Predicted: {format_percent(group.mean_score)} agreed. "
            f"Observed: {format_percent(group.agreed / group.count)} agreed, "
            f"{format_percent(group.accepted / group.count)} accepted by the introducer."
        )
        named = [f"{outcome.value.replace('_', ' ')} {number:,}" for outcome, number in sorted(group.outcomes.items())]
        if named:
            yield f"  Outcomes: {', '.join(named)}."
    yield f"Groups of fewer than {MIN_GROUP} decided requests are left out, because they could reveal a single answer."


def _data(group: ScoreGroup) -> dict[str, object]:
    return {
        "lowScore": group.low,
        "highScore": group.high,
        "count": group.count,
        "meanScore": group.mean_score,
        "acceptedShare": group.accepted / group.count,
        "agreedShare": group.agreed / group.count,
        "outcomes": {outcome.name: group.outcomes.get(outcome, 0) for outcome in Outcome},
    }
