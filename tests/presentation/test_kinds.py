"""Kinds of sources."""

from graph.networks.sources import STATEMENTS
from presentation.kinds import SourceKind
from sources.registry import READERS


def test_every_reader_has_a_kind() -> None:
    kinds = {*SourceKind} - {SourceKind.OTHER}

    assert {reader.name for reader in READERS} | {STATEMENTS} == {kind.value for kind in kinds}
    assert SourceKind("a kind of an earlier version") is SourceKind.OTHER
