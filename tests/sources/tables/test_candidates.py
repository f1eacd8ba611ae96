"""Candidates are read as people without ties; their application is not read."""

from pathlib import Path

import pytest

from graph.records import Job, Part, PersonMention, ReadingNote, RosterEntry, SkippedRow
from sources import find_exports, read_export, readers_with_hints
from sources.tables.candidates import CANDIDATE_READERS
from sources.tables.sheets import SheetHints, SheetReader
from tests.sources.golden import SAMPLES


@pytest.mark.parametrize("reader", CANDIDATE_READERS, ids=lambda reader: reader.name)
def test_a_candidate_has_no_tie_and_no_application_data(reader: SheetReader) -> None:
    records = [*reader.read(list((SAMPLES / reader.name).glob("*.csv")))]

    assert {type(record) for record in records} <= {RosterEntry, Job, Part, SkippedRow, ReadingNote}
    assert not any(word in repr(records) for word in ("Head of Platform", "Offer", "Onsite", "Not a fit", "Ana Ek"))


def test_candidates_of_another_system_can_be_mapped(tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text("Person,Contact,Applied for\nPia Roth,pia@roth.example,CTO\n")
    readers = readers_with_hints(SheetHints({"candidate": "Person", "email": "Contact"}))

    (export,) = find_exports([tmp_path], readers).exports
    first, *_ = read_export(export, readers)

    assert export.kind == "candidates"
    assert isinstance(first, RosterEntry)
    assert isinstance(first.person, PersonMention)
    assert first.person.name == "Pia Roth"
