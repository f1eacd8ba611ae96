"""The published tables and plots equal the latest run."""

import json
from pathlib import Path

import pytest

from evaluation.__main__ import LATEST, PAGES, RELIABILITY_PLOT, ROOT
from evaluation.card import fill_tables
from evaluation.drawings import reliability
from graph.strength.model import model

CARD = ROOT / "docs" / "strength.md"
PARAMETERS = ROOT / "graph" / "strength" / "model.json"
FIGURES = json.loads(LATEST.read_text("utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_table_equals_the_latest_run(path: Path) -> None:
    text = path.read_text("utf-8")

    assert fill_tables(text, FIGURES) == text


def test_the_plot_equals_the_latest_run() -> None:
    assert RELIABILITY_PLOT.read_text("utf-8") == reliability(FIGURES["replies"])


def test_the_latest_run_used_the_current_model() -> None:
    assert FIGURES["model"] == model().version


def test_the_page_lists_the_parameters_of_the_model() -> None:
    page = CARD.read_text("utf-8")
    parameters = json.loads(PARAMETERS.read_text("utf-8")).keys() - {"version", "fitted", "judgement"}

    assert [name for name in sorted(parameters) if f"`{name}`" not in page] == []
