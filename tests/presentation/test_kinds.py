"""Kinds of sources."""

import re
from pathlib import Path

from graph.networks.sources import STATEMENTS, kind_label
from presentation.kinds import SourceKind
from sources.registry import READERS


def test_every_reader_has_a_kind() -> None:
    kinds = {*SourceKind} - {SourceKind.OTHER}

    assert {reader.name for reader in READERS} | {STATEMENTS} == {kind.value for kind in kinds}
    assert SourceKind("a kind of an earlier version") is SourceKind.OTHER


def test_the_page_and_the_service_call_a_kind_the_same() -> None:
    strings = (Path(__file__).parents[2] / "web" / "src" / "strings" / "en" / "page.ts").read_text("utf-8")
    block = strings.partition("sourceKinds: {")[2].partition("}")[0]
    labels = dict(re.findall(r'(\w+): "([^"]+)"', block))

    assert labels.pop("OTHER")
    assert labels == {kind.name: kind_label(kind.value) for kind in SourceKind if kind is not SourceKind.OTHER}
