"""Notes on how files were read reach the report of the load."""

from datetime import date

from graph.ingest.collect import collect_records
from graph.records import ReadingNote
from graph.strength.model import model

NOTE = ReadingNote("book.csv", "Read as Windows-1250, which is a guess.")


def test_a_note_is_kept_once() -> None:
    assert list(collect_records([NOTE, NOTE], model(), today=date(2026, 1, 1)).notes) == [NOTE]


def test_at_most_50_notes_are_kept() -> None:
    notes = [ReadingNote(f"{number}.csv", NOTE.text) for number in range(60)]

    assert list(collect_records(notes, model(), today=date(2026, 1, 1)).notes) == notes[:50]
