"""The benchmarks run on small networks and check their own results."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

import benchmarks.__main__
from benchmarks.__main__ import run_stage, run_stages
from benchmarks.bench import SMALL, Bench
from benchmarks.exports import GENERATED_EXPORTS
from benchmarks.figures import Figure
from benchmarks.goals import GOALS, NOT_MEASURED, Goal, rows
from benchmarks.published import fill_page
from benchmarks.reading import READ_BY, count_rows
from benchmarks.stages import STAGES


def test_both_readers_of_a_benchmark_read_every_generated_export(tmp_path: Path) -> None:
    for kind, export in GENERATED_EXPORTS.items():
        path = tmp_path / kind / export.file
        path.parent.mkdir()
        export.write(path, 20, 200)
        assert [kind, *(count_rows(how, kind, path) >= 20 for how in READ_BY)] == [kind, True, True]


def test_a_goal_is_missed_by_the_worst_of_its_figures() -> None:
    goal = Goal("search", "routes", "a search", "p50", 5, "ms")
    figures = [Figure(what, "ms", {"p50": value}) for what, value in (("a search, 1", 4.0), ("a search, 2", 12.5))]
    report = {"routes": {"on": "2026-12-01", "return_1": 2.5, "figures": [asdict(each) for each in figures]}}

    assert (worst := goal.measured(report)) == 12.5
    assert not goal.is_met_by(worst)
    assert (goal.factor(worst), goal.of_return_1(worst, report)) == (2.5, 5.0)


def test_a_goal_that_is_a_minimum_is_missed_below_it() -> None:
    goal = Goal("loading", "loads", "loading", "rate", 100, "pairs/s", is_minimum=True)

    assert [goal.is_met_by(rate) for rate in (99.0, 100.0)] == [False, True]
    assert goal.factor(25.0) == 4.0


def test_a_goal_without_a_figure_is_not_measured() -> None:
    assert {row[2] for row in rows({})} == {NOT_MEASURED}
    assert fill_page("<!-- goals -->\n<!-- end -->", {}).count(NOT_MEASURED) == len(GOALS)


def test_a_stage_that_fails_keeps_its_figures_and_the_other_stages(
    migrated: tuple[str, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_: Bench) -> AsyncIterator[Figure]:
        yield Figure("before", "ms", {"p50": 1.0})
        raise RuntimeError("the stage fails")

    async def works(_: Bench) -> AsyncIterator[Figure]:
        yield Figure("after", "ms", {"p50": 2.0})

    reported: list[tuple[str, int, bool]] = []

    def report(stage: str, measured: Sequence[Figure], return_1: float, seconds: float, *, is_complete: bool) -> None:
        reported.append((stage, len(measured), is_complete))

    monkeypatch.setattr(benchmarks.__main__, "STAGES", {"one": fails, "other": works})
    assert run_stages(["one", "other"], Bench(SMALL, tmp_path), lambda: (migrated, None), report) == ["one"]
    assert reported == [("one", 1, False), ("other", 1, False), ("other", 1, True)]


@pytest.mark.slow
async def test_the_benchmarks_run(migrated: tuple[str, str, str], tmp_path: Path) -> None:
    figures_of: dict[str, Sequence[Figure]] = {}

    def report(stage: str, measured: Sequence[Figure], return_1: float, seconds: float, *, is_complete: bool) -> None:
        if is_complete:
            figures_of[stage] = measured

    bench = Bench(SMALL, tmp_path)
    for stage in STAGES:
        await run_stage(bench, stage, migrated, report)

    results = {figure.what: figure.values for figures in figures_of.values() for figure in figures}
    fresh = results["a newly loaded message is in the next answer"]
    assert fresh["fresh"] == fresh["asked"]
    called = results["introductions by MCP, 1 client"]
    assert called["asked"] + called["errors"] == SMALL.commands
    stalled = results["/intro, acknowledged while Neo4j and Slack stall"]
    assert stalled["asked"] == results["/intro, answered"]["asked"] == SMALL.commands
    assert results["searches with the same result in memory and in Neo4j"]["routes"]
    assert figures_of.keys() == STAGES.keys()
    without = [goal.what for goal in GOALS if not any(has_value(goal, each) for each in figures_of[goal.stage])]
    assert without == []


def has_value(goal: Goal, figure: Figure) -> bool:
    """Whether a figure has the value of a goal. The names of the figures of small networks have other numbers."""
    return (
        re.sub(r"[\d,]+", "", figure.what).startswith(re.sub(r"[\d,]+", "", goal.figure))
        and goal.value in figure.values
    )
