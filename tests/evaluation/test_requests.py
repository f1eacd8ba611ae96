"""Scores of routes are compared with what became of the requests."""

from evaluation.requests import ScoreGroup, group_by_score
from graph.requests.results import RequestResult


def test_groups_compare_predicted_and_observed_shares() -> None:
    results = [
        RequestResult(0.2, is_accepted=True, has_agreed=True, outcome=None),
        RequestResult(0.2, is_accepted=False, has_agreed=None, outcome=None),
        RequestResult(0.8, is_accepted=True, has_agreed=True, outcome=None),
        RequestResult(0.8, is_accepted=True, has_agreed=None, outcome=None),  # the target has not answered
        RequestResult(None, is_accepted=True, has_agreed=True, outcome=None),
    ]

    assert group_by_score(results) == [ScoreGroup(0.1, 0.25, 2, 0.2, 0.5), ScoreGroup(0.5, 1.0, 1, 0.8, 1.0)]
