"""The user's column map for sheets."""

from pathlib import Path

import pytest

from graph.records import Handle, HandleKind, Interaction, Job, PersonMention, Record, RosterEntry
from sources import find_exports, read_export, readers_with_hints
from sources.errors import InvalidColumnMap
from sources.tables.sheets import SheetHints

ANA = PersonMention((Handle(HandleKind.EMAIL, "ana@a.example"),), "Ana Ek")


def load_sheet(path: Path, text: str, **columns: str) -> tuple[str, list[Record]]:
    path.write_text(text, "utf-8")
    readers = readers_with_hints(SheetHints(columns))
    (export,) = find_exports([path], readers).exports
    return export.kind, [*read_export(export, readers)]


def test_an_unknown_header_is_read_by_the_column_map(tmp_path: Path) -> None:
    sheet = "Who;Where to write;Firm;Role\nAna Ek;ana@a.example;Acme;CEO\n"

    kind, records = load_sheet(tmp_path / "a", sheet, name="who", email="WHERE TO WRITE", company="Firm")

    assert kind == "contacts"
    assert records[:2] == [RosterEntry(ANA, "contacts in a"), Job(ANA, "Acme", "CEO", None, None, "contacts in a")]


def test_the_column_map_overrides_known_headers(tmp_path: Path) -> None:
    sheet = "Name,Email,E-mail 1 - Value,Company\nwrong,wrong@a.example,ana@a.example,Ana Ek\n"

    kind, records = load_sheet(tmp_path / "a", sheet, name="Company", email="E-mail 1 - Value")

    assert kind == "contacts"
    assert records[0] == RosterEntry(ANA, "contacts in a")


def test_a_map_may_name_only_the_column_of_names(tmp_path: Path) -> None:
    _, records = load_sheet(tmp_path / "a", "Who,Where\nAna Ek,Bern\n", name="Who")

    assert records[0] == RosterEntry(PersonMention((Handle(HandleKind.NAME, "Ana Ek"),), "Ana Ek"), "contacts in a")


def test_interactions_can_be_mapped(tmp_path: Path) -> None:
    sheet = "By,With,Day\nana@a.example,ben@b.example,2026-01-02\n"

    kind, records = load_sheet(tmp_path / "a", sheet, **{"from": "By", "to": "With", "at": "Day"})

    assert kind == "interactions"
    assert [type(record) for record in records] == [Interaction]


def test_a_file_without_the_mapped_columns_is_read_by_its_header(tmp_path: Path) -> None:
    assert load_sheet(tmp_path / "a", "Name,Email\nAna Ek,ana@a.example\n", name="Who")[0] == "contacts"
    assert (
        load_sheet(tmp_path / "b", "First Name,Last Name,Connected On\nAna,Ek,2021\n", first="First Name")[0]
        == "linkedin"
    )


def test_an_invalid_map_is_an_error_that_lists_accepted_columns() -> None:
    with pytest.raises(
        InvalidColumnMap,
        match=r"^These columns .*: name, shoe_size\. Interactions take from, to, .*; contacts take name, .*\.$",
    ):
        readers_with_hints(SheetHints({"name": "Who", "shoe_size": "Shoes"}))
    with pytest.raises(InvalidColumnMap):
        readers_with_hints(SheetHints({"name": "Who", "at": "Day"}))
