"""Writes two plots as SVG by hand, so that the same figures give the same bytes."""

from collections.abc import Iterable, Mapping
from typing import Any

from evaluation.networks import Network, Pair

WIDE, HIGH, EDGE = 640, 420, 48
COLOURS = ("#0b6e99", "#c4572e", "#4c8c2b", "#7d4ba3", "#b0902c", "#444444")

SILENT = 180
"""Days without messages at the end of a network after which a tie counts as silent."""

Point = tuple[float, float]


def reliability(replies: Mapping[str, Any]) -> str:
    """The share of answered asks by predicted strength, by network; the diagonal is perfect calibration."""
    shapes = [_line([(0, 0), (1, 1)], "#bbbbbb", dashed=True)]
    for place, (name, row) in enumerate(replies.items()):
        colour = COLOURS[place % len(COLOURS)]
        shapes.append(_line([(predicted, observed) for _, predicted, observed in row["bins"]], colour))
        shapes += [_dot((predicted, observed), colour) for _, predicted, observed in row["bins"]]
        shapes.append(_text(EDGE + 12, EDGE + 8 + 18 * place, name, colour))
    ticks = [(tenth / 10, f"{tenth / 10:.1f}") for tenth in range(0, 11, 2)]
    return _framed("Predicted strength and observed share of answers", "strength", "answered", ticks, shapes)


def tie(network: Network) -> str:
    """The strength of the busiest tie that fell silent, by day and direction, with the days of messages below."""
    one, other = max(network.evidence, key=lambda pair: _silent_tie_size(network, pair))
    days = [network.evidence[pair].days for pair in ((one, other), (other, one))]
    start = min(days[0][0], days[1][0])
    span = network.last - start
    shapes = []
    directions = ((one, other, "first person for the second"), (other, one, "second person for the first"))
    for place, (by, towards, name) in enumerate(directions):
        colour = COLOURS[place]
        strength = [network.strength(by, towards, on) for on in range(start, network.last + 1)]
        shapes.append(_line([(day / span, height) for day, height in enumerate(strength)], colour))
        shapes.append(_text(EDGE + 12, EDGE + 8 + 18 * place, name, colour))
        low = HIGH - EDGE - 4 - 10 * place
        shapes += [
            f'<path d="M{_across((day - start) / span):.1f} {low}v-8" stroke="{colour}" stroke-width="0.6"/>'
            for day in days[place]
        ]
    ticks = [(day / span, str(day // 30)) for day in range(0, span + 1, 90)]
    return _framed(
        "Strength of one tie in each direction", "months; strokes mark days with messages", "strength", ticks, shapes
    )


def _silent_tie_size(network: Network, pair: Pair) -> tuple[int, Pair]:
    out, back = network.evidence[pair], network.evidence.get(pair[::-1])
    if back is None or max(out.days[-1], back.days[-1]) > network.last - SILENT:
        return 0, pair
    return min(len(out.days), len(back.days)), pair


def _framed(title: str, across: str, up: str, ticks: Iterable[tuple[float, str]], shapes: Iterable[str]) -> str:
    axes = [
        f'<path d="M{EDGE} {EDGE}V{HIGH - EDGE}H{WIDE - EDGE}" fill="none" stroke="#444444"/>',
        *(_text(_across(at), HIGH - EDGE + 16, label, anchor="middle") for at, label in ticks),
        *(_text(EDGE - 6, _up(tenth / 10) + 4, f"{tenth / 10:.1f}", anchor="end") for tenth in range(0, 11, 2)),
        _text(WIDE / 2, HIGH - 10, across, anchor="middle"),
        _text(WIDE / 2, 24, title, anchor="middle"),
        _text(EDGE - 6, EDGE - 12, up, anchor="end"),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif">'
    ground = f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>'
    return "\n".join([head, ground, *axes, *shapes, "</svg>", ""])


def _across(share: float) -> float:
    return EDGE + share * (WIDE - 2 * EDGE)


def _up(share: float) -> float:
    return HIGH - EDGE - share * (HIGH - 2 * EDGE)


def _line(points: Iterable[Point], colour: str, *, dashed: bool = False) -> str:
    points_text = " ".join(f"{_across(x):.1f},{_up(y):.1f}" for x, y in points)
    dash = ' stroke-dasharray="4"' if dashed else ""
    return f'<polyline points="{points_text}" fill="none" stroke="{colour}" stroke-width="1.5"{dash}/>'


def _dot(point: Point, colour: str) -> str:
    return f'<circle cx="{_across(point[0]):.1f}" cy="{_up(point[1]):.1f}" r="3" fill="{colour}"/>'


def _text(x: float, y: float, text: str, colour: str = "#444444", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" font-size="12" text-anchor="{anchor}">{text}</text>'
