"""Candidates are read as people without ties; their application is not read."""

from datetime import date
from pathlib import Path

import pytest

from graph.records import Education, Job, Part, PersonMention, ReadingNote, RosterEntry, SkippedRow
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


@pytest.mark.parametrize(
    ("columns", "cells", "since", "until"),
    [
        ("School,Graduation Year", "ETH Zürich,2014", None, 2014),
        ("University,Education Start Date,Education End Date", "ETH Zürich,09/2010,Jun 2014", 2010, 2014),
        ("School Name,Study Years", "ETH Zürich,2010 – 2014", 2010, 2014),
        ("Universität,Class Of", "ETH Zürich,unknown", None, None),
    ],
)
def test_a_list_states_where_people_studied(
    tmp_path: Path, columns: str, cells: str, since: int | None, until: int | None
) -> None:
    (tmp_path / "list.csv").write_text(f"Candidate,Email,{columns}\nPia Roth,pia@roth.example,{cells}\n", "utf-8")
    (export,) = find_exports([tmp_path]).exports

    (education,) = (record for record in read_export(export) if isinstance(record, Education))

    assert (education.person.name, education.school) == ("Pia Roth", "ETH Zürich")
    assert (education.since, education.until) == (since and date(since, 1, 1), until and date(until, 12, 31))


def test_years_of_several_schools_are_not_read(tmp_path: Path) -> None:
    text = 'Candidate,Email,Schools,Graduation Year\nPia Roth,pia@roth.example,"ETH Zürich; MIT",2014\n'
    (tmp_path / "list.csv").write_text(text, "utf-8")
    (export,) = find_exports([tmp_path]).exports

    educations = [record for record in read_export(export) if isinstance(record, Education)]

    assert [(one.school, one.until) for one in educations] == [("ETH Zürich", None), ("MIT", None)]
