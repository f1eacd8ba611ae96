"""Formats the figures of an evaluation as tables, and writes them into docs/strength.md and README.md.

A table stands between the markers `<!-- name -->` and `<!-- end -->`; everything between them is overwritten.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

_PLACE = re.compile(r"<!-- ([a-z ]+) -->\n.*?<!-- end -->", re.DOTALL)
LABELS = ("strong", "good", "fair", "weak")
HEADLINE = ("email_eu", "enron_to_cc_bcc")
ALL = "all, to two to five"
SILENCES = ("under 30 days", "30 to 90 days", "90 to 180 days", "180 days to a year", "a year and more", "never wrote")

Figures = Mapping[str, Any]


def filled(text: str, figures: Figures) -> str:
    """The text with every table in its place."""
    made = tables(figures)
    return _PLACE.sub(lambda place: f"<!-- {place[1]} -->\n{made[place[1]]}\n<!-- end -->", text)


def tables(figures: Figures) -> dict[str, str]:
    """Every table whose figures are there, by the name of its place."""
    made: dict[str, tuple[str, Callable[[Any], str]]] = {
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
    found = {place: table(figures[of]) for place, (of, table) in made.items() if of in figures}
    return found | ({"headline": _headline(figures)} if {"replies", "introducers"} <= figures.keys() else {})


def _networks(found: Figures) -> str:
    rows = [
        [name, f"{told['people']:,}", f"{told['messages']:,}", f"{told['asks']:,}", _left_out(told["skipped"])]
        for name, told in found.items()
    ]
    return _table(["network", "people", "messages", "asks", "skipped"], rows)


def _left_out(reasons: Mapping[str, int]) -> str:
    return "; ".join(f"{count:,} {reason}" for reason, count in sorted(reasons.items())) or "nothing"


def _fits(rows: Figures) -> str:
    told = [[name, *(f"{row[what]:.3f}" for what in ("intercept", "contact", "rate"))] for name, row in rows.items()]
    return _table(["", "intercept", "contact", "rate"], told)


def _replies(rows: Figures) -> str:
    told = [
        [name, f"{row['asks']:,}", _percent(row["answered"]), model, *(f"{value:.3f}" for value in scores.values())]
        for name, row in rows.items()
        for model, scores in row["models"].items()
    ]
    return _table(["network", "asks", "answered", "model", "AUC", "log loss", "Brier", "calibration error"], told)


def _ranking(rows: Figures) -> str:
    ours = ["Tertius, as shipped", *(f"{row['models']['as shipped']['auc']:.3f}" for row in rows.values())]
    names = dict.fromkeys(name for row in rows.values() for name in row["baselines"])
    told = [[name, *(f"{row['baselines'][name]:.3f}" for row in rows.values())] for name in names]
    return _table(["AUC", *rows], [ours, *told])


def _grouped(what: str, head: str, groups: Sequence[str], rows: Figures) -> str:
    told = [
        [group, *(_said_and_seen(row[what].get(group)) for row in rows.values())]
        for group in groups
        if any(group in row[what] for row in rows.values())
    ]
    return _table([head, *rows], told)


def _said_and_seen(found: Sequence[float] | None) -> str:
    if found is None:
        return "none"
    count, said, seen = found
    return f"{said:.2f} → {seen:.2f} ({count:,.0f})"


def _introducers(found: Figures) -> str:
    rows = [
        [where, measure, *(_interval(row[what]) for what in ("MRR", "hit@1", "hit@3"))]
        for where, figures in found.items()
        if where.startswith("all")
        for measure, row in figures["measures"].items()
    ]
    return _table(["introduced by a message", "ranked by", "MRR", "hit@1", "hit@3"], rows)


def _differences(found: Figures) -> str:
    """One row a measure; above them how many events there are, and how many could be listed for each."""
    measures = dict.fromkeys(name for figures in found.values() for name in figures["ahead"])
    events = [f"{figures['events']:,} ({figures['candidates']:.1f})" for figures in found.values()]
    rows = [[name, *(_interval(figures["ahead"][name]) for figures in found.values())] for name in measures]
    return _table(["MRR lead of Tertius over", *found], [["introductions (people ranked)", *events], *rows])


def _interval(found: Sequence[float]) -> str:
    return "{:.3f} [{:.3f}, {:.3f}]".format(*found)


def _refused(found: Figures) -> str:
    rows = [
        [name, who, f"{row['count']:,}", *(_percent(row[why]) for why in row if why != "count")]
        for name, figures in found.items()
        for who, row in figures.items()
    ]
    heads = [why for figures in found.values() for row in figures.values() for why in row if why != "count"]
    return _table(["network", "people", "count", *dict.fromkeys(heads)], rows)


def _agreement(found: Figures) -> str:
    measures = dict.fromkeys(name for row in found.values() for name in row["auc"])
    rows = [
        [name, *(f"{row['auc'][name]:.3f}" if name in row["auc"] else "" for row in found.values())]
        for name in measures
    ]
    pairs = ["pairs (close)", *(f"{row['pairs']:,} ({_percent(row['close'])})" for row in found.values())]
    return _table(["AUC", *found], [pairs, *rows])


def _headline(figures: Figures) -> str:
    """What a model that has not seen the network gets right, and where real introducers stand."""
    told = []
    for name, row in figures["replies"].items():
        scores = row["models"].get("fitted on others", row["models"]["as shipped"])
        error = scores["calibration error"]
        if name in HEADLINE:
            degree = row["baselines"]["raw degree"]
            told.append(f"{name}: AUC {scores['auc']:.2f} (raw degree {degree:.2f}), off by {error:.2f}")
    for name, row in figures["introducers"].items():
        if name == ALL:
            ours, degree = (row["measures"][by]["MRR"][0] for by in ("route score (Tertius)", "raw degree"))
            told.append(f"introducers: MRR {ours:.2f} (raw degree {degree:.2f})")
    return f"{'; '.join(told)}."


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown that reads as one in a terminal too."""
    cells = [[*head], *([*row] for row in rows)]
    wide = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    padded = [[cell.ljust(width) for cell, width in zip(row, wide, strict=True)] for row in cells]
    lines = [f"| {' | '.join(row)} |" for row in padded]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in wide) + "|", *lines[1:]])
