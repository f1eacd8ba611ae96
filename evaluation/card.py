"""Formats the figures of an evaluation as tables, and writes them into docs/strength.md and README.md.

A table is between the markers `<!-- name -->` and `<!-- end -->`; everything between them is overwritten.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

_MARKED = re.compile(r"<!-- ([a-z ]+) -->\n.*?<!-- end -->", re.DOTALL)
LABELS = ("strong", "good", "fair", "weak")
HEADLINE = ("email_eu", "enron_to_cc_bcc")
ALL = "all, to two to five"
SILENCES = ("under 30 days", "30 to 90 days", "90 to 180 days", "180 days to a year", "a year and more", "never wrote")

Figures = Mapping[str, Any]


def fill_tables(text: str, figures: Figures) -> str:
    """The text with all tables replaced. Raises KeyError for a marker without figures."""
    new_tables = tables(figures)
    return _MARKED.sub(lambda marker: f"<!-- {marker[1]} -->\n{new_tables[marker[1]]}\n<!-- end -->", text)


def tables(figures: Figures) -> dict[str, str]:
    """All tables whose figures exist, by the name of their marker."""
    builders: dict[str, tuple[str, Callable[[Any], str]]] = {
        "networks": ("networks", _networks),
        "fits": ("fits", _fits),
        "replies": ("replies", _replies),
        "ranking of asks": ("replies", _ranking),
        "labels": ("replies", partial(_grouped, "labels", "label", LABELS)),
        "silent": ("replies", partial(_grouped, "silent", "label", LABELS)),
        "cooling": ("replies", partial(_grouped, "cooling", "last wrote", SILENCES)),
        "introducers": ("introducers", _introducers),
        "differences": ("introducers", _differences),
        "refused": ("refused", _refused),
        "agreement": ("agreement", _agreement),
    }
    filled = {name: table(figures[of]) for name, (of, table) in builders.items() if of in figures}
    return filled | ({"headline": _headline(figures)} if {"replies", "introducers"} <= figures.keys() else {})


def _networks(figures: Figures) -> str:
    rows = [
        [name, f"{counts['people']:,}", f"{counts['messages']:,}", f"{counts['asks']:,}", _skipped(counts["skipped"])]
        for name, counts in figures.items()
    ]
    return markdown_table(["network", "people", "messages", "asks", "skipped"], rows)


def _skipped(reasons: Mapping[str, int]) -> str:
    return "; ".join(f"{count:,} {reason}" for reason, count in sorted(reasons.items())) or "nothing"


def _fits(rows: Figures) -> str:
    lines = [[name, *(f"{row[what]:.3f}" for what in ("intercept", "contact", "rate"))] for name, row in rows.items()]
    return markdown_table(["", "intercept", "contact", "rate"], lines)


def _replies(rows: Figures) -> str:
    lines = [
        [name, f"{row['asks']:,}", percent(row["answered"]), model, *(f"{value:.3f}" for value in scores.values())]
        for name, row in rows.items()
        for model, scores in row["models"].items()
    ]
    return markdown_table(
        ["network", "asks", "answered", "model", "AUC", "log loss", "Brier", "calibration error"], lines
    )


def _ranking(rows: Figures) -> str:
    shipped = ["Tertius, as shipped", *(f"{row['models']['as shipped']['auc']:.3f}" for row in rows.values())]
    names = dict.fromkeys(name for row in rows.values() for name in row["baselines"])
    lines = [[name, *(f"{row['baselines'][name]:.3f}" for row in rows.values())] for name in names]
    return markdown_table(["AUC", *rows], [shipped, *lines])


def _grouped(what: str, head: str, groups: Sequence[str], rows: Figures) -> str:
    lines = [
        [group, *(_predicted_and_observed(row[what].get(group)) for row in rows.values())]
        for group in groups
        if any(group in row[what] for row in rows.values())
    ]
    return markdown_table([head, *rows], lines)


def _predicted_and_observed(values: Sequence[float] | None) -> str:
    if values is None:
        return "none"
    count, predicted, observed = values
    return f"{predicted:.2f} → {observed:.2f} ({count:,.0f})"


def _introducers(figures: Figures) -> str:
    rows = [
        [where, measure, *(_interval(row[what]) for what in ("MRR", "hit@1", "hit@3"))]
        for where, events in figures.items()
        if where.startswith("all")
        for measure, row in events["measures"].items()
    ]
    return markdown_table(["introduced by a message", "ranked by", "MRR", "hit@1", "hit@3"], rows)


def _differences(figures: Figures) -> str:
    """One row for each measure, below a row with the number of events and of candidates for each."""
    measures = dict.fromkeys(name for network in figures.values() for name in network["ahead"])
    events = [f"{network['events']:,} ({network['candidates']:.1f})" for network in figures.values()]
    rows = [[name, *(_interval(network["ahead"][name]) for network in figures.values())] for name in measures]
    return markdown_table(["MRR lead of Tertius over", *figures], [["introductions (people ranked)", *events], *rows])


def _interval(values: Sequence[float]) -> str:
    return "{:.3f} [{:.3f}, {:.3f}]".format(*values)


def _refused(figures: Figures) -> str:
    rows = [
        [name, who, f"{row['count']:,}", *(percent(row[why]) for why in row if why != "count")]
        for name, groups in figures.items()
        for who, row in groups.items()
    ]
    heads = [why for groups in figures.values() for row in groups.values() for why in row if why != "count"]
    return markdown_table(["network", "people", "count", *dict.fromkeys(heads)], rows)


def _agreement(figures: Figures) -> str:
    measures = dict.fromkeys(name for row in figures.values() for name in row["auc"])
    rows = [
        [name, *(f"{row['auc'][name]:.3f}" if name in row["auc"] else "" for row in figures.values())]
        for name in measures
    ]
    pairs = ["pairs (close)", *(f"{row['pairs']:,} ({percent(row['close'])})" for row in figures.values())]
    return markdown_table(["AUC", *figures], [pairs, *rows])


def _headline(figures: Figures) -> str:
    """One sentence with the scores of a model that has not seen the network, and the rank of real introducers."""
    lines = []
    for name, row in figures["replies"].items():
        scores = row["models"].get("fitted on others", row["models"]["as shipped"])
        error = scores["calibration error"]
        if name in HEADLINE:
            degree = row["baselines"]["raw degree"]
            lines.append(f"{name}: AUC {scores['auc']:.2f} (raw degree {degree:.2f}), off by {error:.2f}")
    for name, row in figures["introducers"].items():
        if name == ALL:
            tertius, degree = (row["measures"][by]["MRR"][0] for by in ("route score (Tertius)", "raw degree"))
            lines.append(f"introducers: MRR {tertius:.2f} (raw degree {degree:.2f})")
    return f"{'; '.join(lines)}."


def percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def markdown_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table with aligned columns."""
    cells = [[*head], *([*row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in cells]
    lines = [f"| {' | '.join(row)} |" for row in padded]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])
