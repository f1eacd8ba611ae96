"""Metrics follow the naming rules of Prometheus and are documented."""

import re
from pathlib import Path

from prometheus_client import Counter, Gauge, Histogram

from operations import metrics

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


UNITS = ("_total", "_seconds", "_bytes", "_ties")


def names() -> list[str]:
    """The exported names of all metrics."""
    exported = [metric for metric in vars(metrics).values() if isinstance(metric, Counter | Gauge | Histogram)]
    return [f"{metric._name}_total" if isinstance(metric, Counter) else metric._name for metric in exported]


def test_every_metric_has_a_prefix_a_unit_and_documentation() -> None:
    documented = re.findall(r"^\| `(tertius_\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)

    assert sorted(names()) == sorted(documented)
    assert {name for name in names() if not name.startswith("tertius_")} == set()
    assert {name for name in names() if not name.endswith(UNITS)} == set()
