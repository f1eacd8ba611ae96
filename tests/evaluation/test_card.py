"""What we publish is what was measured: a table that is changed by hand, or left behind by a run, fails here."""

import json
from pathlib import Path

import pytest

from evaluation.__main__ import CARDS, LATEST, RELIABILITY
from evaluation.card import filled
from evaluation.drawings import reliability
from graph.strength.model import model

FIGURES = json.loads(LATEST.read_text("utf-8"))


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.name)
def test_every_table_is_of_the_latest_run(path: Path) -> None:
    text = path.read_text("utf-8")

    assert filled(text, FIGURES) == text


def test_the_plot_is_of_the_latest_run() -> None:
    assert RELIABILITY.read_text("utf-8") == reliability(FIGURES["replies"])


def test_the_run_was_of_the_model_that_ships() -> None:
    assert FIGURES["model"] == model().version
