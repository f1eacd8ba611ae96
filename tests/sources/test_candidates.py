"""Candidates are people to be introduced to, and nothing else."""

from pathlib import Path

import pytest

from graph.records import Job, Part, PersonMention, RosterEntry, SkippedRow
from sources import candidates, find, mapped, read
from sources.sheets import SheetSource
from tests.sources.golden import SAMPLES


@pytest.mark.parametrize("source", candidates.SOURCES, ids=lambda source: source.name)
def test_no_candidate_is_a_tie_and_nothing_of_an_application_is_read(source: SheetSource) -> None:
    records = [*source.read(list((SAMPLES / source.name).glob("*.csv")))]

    assert {type(record) for record in records} <= {RosterEntry, Job, Part, SkippedRow}
    assert not any(word in repr(records) for word in ("Head of Platform", "Offer", "Onsite", "Not a fit", "Ana Ek"))


def test_another_systems_candidates_are_mapped(tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text("Person,Contact,Applied for\nPia Roth,pia@roth.example,CTO\n")
    known = mapped({"candidate": "Person", "email": "Contact"})

    (export,) = find([tmp_path], known).exports
    first, *_ = read(export, known)

    assert export.kind == "candidates"
    assert isinstance(first, RosterEntry)
    assert isinstance(first.person, PersonMention)
    assert first.person.name == "Pia Roth"
