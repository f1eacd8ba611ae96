"""The evaluation reads what `tertius admin outcomes --json` writes."""

import json
from pathlib import Path

import pytest

from evaluation.outcomes import UnreadableOutcomes, outcome_table
from graph.requests.results import RequestResult, group_by_score
from graph.requests.states import Outcome
from tertius.cli.operating.outcomes import outcomes_data


def written(path: Path, score: float, agreed: int, declined: int) -> Path:
    results = [RequestResult(score, is_accepted=True, has_agreed=True, outcome=Outcome.MET)] * agreed
    results += [RequestResult(score, is_accepted=False, has_agreed=None, outcome=None)] * declined
    path.write_text(json.dumps(outcomes_data(group_by_score(results), sent=len(results))), "utf-8")
    return path


def test_the_groups_of_several_networks_are_added_up(tmp_path: Path) -> None:
    files = [
        written(tmp_path / "a.json", 0.4, agreed=4, declined=6),
        written(tmp_path / "b.json", 0.4, agreed=10, declined=0),
        written(tmp_path / "c.json", 0.05, agreed=0, declined=5),
    ]

    *table, _, error = outcome_table(files).splitlines()

    low, middle = ([cell.strip() for cell in line.split("|")[1:-1]] for line in table[2:])
    assert low == ["0 % to 10 %", "5", "5 %", "0 %", "0 %", ""]
    assert middle == ["25 % to 50 %", "20", "40 %", "70 %", "70 %", "met 14"]
    assert error == "Calibration error over 25 requests: 0.250"


def test_files_without_a_group_and_other_files(tmp_path: Path) -> None:
    assert "no group" in outcome_table([written(tmp_path / "few.json", 0.4, agreed=1, declined=1)])
    for content in ("", "[]", '{"groups": [{}]}', '{"groups": 3}'):
        (tmp_path / "other.json").write_text(content, "utf-8")
        with pytest.raises(UnreadableOutcomes):
            outcome_table([tmp_path / "other.json"])
