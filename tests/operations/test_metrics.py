"""Metrics follow the naming rules of Prometheus and are documented."""

from pathlib import Path

from prometheus_client import Counter, Gauge, Histogram

from operations import metrics

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def names() -> list[str]:
    """The exported names of all metrics."""
    exported = [metric for metric in vars(metrics).values() if isinstance(metric, Counter | Gauge | Histogram)]
    return [f"{metric._name}_total" if isinstance(metric, Counter) else metric._name for metric in exported]


def test_every_metric_has_a_prefix_a_unit_and_documentation() -> None:
    page = PAGE.read_text("utf-8")

    assert len(names()) == 8
    for name in names():
        assert name.startswith("tertius_")
        assert name.endswith(("_total", "_seconds"))
        assert f"| `{name}` |" in page
