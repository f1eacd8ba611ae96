"""The goals of speed and memory: the only place that states them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Report = Mapping[str, Any]
"""The content of benchmarks/latest.json, or one part of it."""
NOT_MEASURED = "not measured"
_MILLISECONDS = {"ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit of one value of a stage.

    `figure` is the beginning of the names of the figures. The worst of them counts.
    """

    what: str
    stage: str
    figure: str
    value: str
    limit: float
    unit: str
    is_minimum: bool = False

    def measured(self, report: Report) -> float | None:
        """The worst value in a report; None if it has no value."""
        figures = report.get(self.stage, {}).get("figures", ())
        values = [
            each["values"][self.value]
            for each in figures
            if each["what"].startswith(self.figure) and self.value in each["values"]
        ]
        return (min if self.is_minimum else max)(values) if values else None

    def is_met_by(self, value: float) -> bool:
        """Whether a value reaches the goal."""
        return value >= self.limit if self.is_minimum else value <= self.limit

    def factor(self, value: float) -> float | None:
        """By how many times a value misses the goal; None if no factor describes it."""
        above, below = (self.limit, value) if self.is_minimum else (value, self.limit)
        return above / below if below else None

    def of_return_1(self, value: float, report: Report) -> float | None:
        """The value as a multiple of `RETURN 1` of the same stage; None if it is no duration."""
        return_1 = report[self.stage].get("return_1")
        return value * _MILLISECONDS[self.unit] / return_1 if return_1 and self.unit in _MILLISECONDS else None


def _searches(asker: str, median: float) -> Iterator[Goal]:
    figure = f"routes in memory, 50,000 people, asker {asker}, 3 introducers"
    for value, limit in (("p50", median), ("p99", 5)):
        yield Goal(f"search, three introducers, asker {asker}, {value}", "route_index", figure, value, limit, "ms")


def _clients(workers: int, rate: float, p99: float) -> Iterator[Goal]:
    figure = f"introductions over HTTP, 64 clients, {workers} workers"
    what = f"`introductions` over HTTP, 64 clients, workers: {workers}"
    yield Goal(f"{what}, rate", "http", figure, "a second", rate, "requests/s", is_minimum=True)
    yield Goal(f"{what}, p99", "http", figure, "p99", p99, "ms")
    yield Goal(f"{what}, errors", "http", figure, "errors", 0, "errors")


_ONE_CLIENT = "introductions over HTTP, 1 clients, 1 workers"
_EMPTY = "loading into an empty network of a warm server, "
GOALS = (
    *_searches("ordinary", 0.5),
    *_searches("known by 2,000", 1),
    Goal("`introductions` over HTTP, one client, p50", "http", _ONE_CLIENT, "p50", 10, "ms"),
    Goal("`introductions` over HTTP, one client, p99", "http", _ONE_CLIENT, "p99", 25, "ms"),
    *_clients(1, 200, 400),
    *_clients(2, 300, 250),
    Goal(
        "processor time of the service for an answer, 64 clients",
        "http",
        "introductions over HTTP, 64 clients, 1 workers",
        "service ms",
        5,
        "ms",
    ),
    *(
        Goal(
            f"5,000 targets, team of 40, {introducers} introducers, with evidence and CSV",
            "target_lists",
            f"5,000 targets by address, a team of 40, {introducers} introducers",
            "seconds",
            seconds,
            "s",
        )
        for introducers, seconds in ((2, 1), (3, 2))
    ),
    Goal("`tertius who`, server up, start to answer, p50", "command_line", "tertius who", "p50", 500, "ms"),
    Goal(
        "loading, warm, with derivation", "loads", f"{_EMPTY}with deriving", "rate", 10_000, "pairs/s", is_minimum=True
    ),
    Goal(
        "loading, warm, without derivation",
        "loads",
        f"{_EMPTY}without deriving",
        "rate",
        20_000,
        "pairs/s",
        is_minimum=True,
    ),
    Goal(
        "people one knows at a company of 10,000, p50",
        "refusals",
        "whom one knows at a company of 10,000",
        "p50",
        50,
        "ms",
    ),
    Goal("route index, a million ties", "route_index", "route index of", "a million ties", 30, "s"),
    Goal("route index, memory", "route_index", "route index of", "bytes a tie", 24, "bytes a tie"),
    Goal("a load is in the next answer, load and answer, p50", "freshness", "a newly loaded", "p50", 1_000, "ms"),
    Goal("answer as of an earlier day, each kind of asker, p99", "past", "as of an earlier day", "p99", 2_000, "ms"),
    Goal(
        "`/intro` of Slack acknowledged, also while Neo4j and Slack stall, p99",
        "surfaces",
        "/intro, acknowledged",
        "p99",
        200,
        "ms",
    ),
    Goal("difference of times that could reveal hidden people", "timing", "asked by", "difference %", 5, "%"),
    Goal("reading a mailbox", "reading", "reading mailbox", "MB/s", 60, "MB/s", is_minimum=True),
    Goal("memory of reading a mailbox", "reading", "reading mailbox", "peak MB", 300, "MB"),
    *(
        Goal(
            f"search in Neo4j, three introducers, asker {asker}, multiple of `RETURN 1`",
            "routes",
            f"routes in Neo4j, 50,000 people, asker {asker}, 3 introducers",
            "of RETURN 1",
            limit,
            "times",
        )
        for asker, limit in (("ordinary", 15), ("known by 2,000", 40))
    ),
    Goal(
        "a variable-length pattern, as multiple of the search in Neo4j, three introducers",
        "routes",
        "the same as a variable-length pattern, asker ordinary, 3 introducers",
        "times the search",
        40,
        "times",
        is_minimum=True,
    ),
)


def rows(report: Report) -> Iterator[tuple[str, str, str, str, str]]:
    """A row of the table of goals: goal, limit, value, multiple of `RETURN 1`, and the date of the stage's run."""
    for goal in GOALS:
        limit = f"{'≥' if goal.is_minimum else '≤'} {number(goal.limit)} {goal.unit}"
        value = goal.measured(report)
        if value is None:
            yield goal.what, limit, NOT_MEASURED, "", ""
            continue
        multiple = goal.of_return_1(value, report)
        yield (
            goal.what,
            limit,
            _outcome(goal, value),
            "" if multiple is None else number(multiple),
            report[goal.stage]["on"],
        )


def count_met(report: Report) -> int:
    """The number of goals that a report reaches."""
    return sum(1 for goal in GOALS if (value := goal.measured(report)) is not None and goal.is_met_by(value))


def _outcome(goal: Goal, value: float) -> str:
    text = f"{number(value)} {goal.unit}"
    if goal.is_met_by(value):
        return text
    factor = goal.factor(value)
    return f"**{text}, missed{'' if factor is None else f' by a factor of {number(factor)}'}**"


def number(value: float) -> str:
    """A number with thousands separators, and three digits if it is small."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
