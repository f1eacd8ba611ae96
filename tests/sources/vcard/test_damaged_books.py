"""Address books that programs wrote incompletely, or in which one person has several cards."""

from pathlib import Path

import pytest

from graph.records import BadRow, Connection, Record
from sources import vcard


def read(path: Path, text: str) -> list[Record]:
    path.write_bytes(text.encode())
    return list(vcard.read([path]))


def people(records: list[Record]) -> list[tuple[str | None, list[str]]]:
    return [
        (record.person.name, sorted(handle.text for handle in record.person.handles))
        for record in records
        if isinstance(record, Connection)
    ]


def card(name: str, *lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *lines, "END:VCARD")) + "\r\n"


def test_a_name_that_folding_makes_invalid_costs_its_own_line_only(tmp_path: Path) -> None:
    text = card("Greta Holm", "TEL\r\n é:1", "EMAIL:greta@a.example")

    records = read(tmp_path / "book.vcf", text)

    assert people(records) == [("Greta Holm", ["greta@a.example"])]


def test_a_first_line_that_is_too_long_is_reported_behind_a_byte_order_mark(tmp_path: Path) -> None:
    records = read(tmp_path / "book.vcf", "\ufeffTEL:" + "1" * 2_000_000 + "\r\n" + card("Greta Holm"))

    assert [record.line for record in records if isinstance(record, BadRow)] == [1]
    assert people(records) == [("Greta Holm", ["Greta Holm"])]


@pytest.mark.parametrize(
    ("whole", "damaged"),
    [
        ("END:VCARD\r\nBEGIN:VCARD\r\n", "END:VCARDBEGIN:VCARD\r\n"),
        ("END:VCARD\r\nBEGIN:VCARD\r\n", "END:VCARD BEGIN:VCARD\r\n"),
        ("END:VCARD\r\nBEGIN:VCARD\r\n", "end:vcard\tbegin:vcard\r\n"),
        ("\r\nEND:VCARD\r\nBEGIN:VCARD", "END:VCARDBEGIN:VCARD"),
        ("\r\nEND:VCARD\r\n", "END:VCARD\r\n"),
        ("END:VCARD\r\nBEGIN:VCARD", "BEGIN:VCARD"),
        ("END:VCARD\r\nBEGIN:VCARD", "NOTE:x\r\n\r\nBEGIN:VCARD"),
    ],
)
def test_cards_that_are_glued_or_without_end_are_read(tmp_path: Path, whole: str, damaged: str) -> None:
    text = card("Greta Holm", "EMAIL:greta@a.example") + card("Pavel Dvor", "EMAIL:pavel@b.example")
    assert whole in text

    records = read(tmp_path / "book.vcf", text.replace(whole, damaged))

    expected = [("Greta Holm", ["greta@a.example"]), ("Pavel Dvor", ["pavel@b.example"])]
    assert people(records) == expected
    assert not any(isinstance(record, BadRow) for record in records)


def test_a_last_card_without_end_is_reported(tmp_path: Path) -> None:
    text = card("Greta Holm", "EMAIL:greta@a.example") + card("Pavel Dvor", "EMAIL:pavel@b.example")

    records = read(tmp_path / "book.vcf", text.removesuffix("END:VCARD\r\n"))

    assert people(records) == [("Greta Holm", ["greta@a.example"])]
    assert BadRow("book.vcf", 6, "the card has no END line") in records


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Dr. Iris Castellan", "Castellan\\, Iris"),
        ("Iris Castellan", "IRIS CASTELLAN"),
        ("Iris Castellan", "Iris M. Castellan"),
        ("Iris Castellan", "I. Castellan"),
        ("Iris Castellán", "Iris Castellan"),
        ("Alexander Berg", "Alex Berg"),
        ("Ben Okafor", "Ben"),
        ("Lea Winter", "lea.winter@a.example"),
    ],
)
def test_two_spellings_of_one_person_keep_their_address(tmp_path: Path, name: str, other: str) -> None:
    handles = ("EMAIL:x@a.example", "TEL;TYPE=CELL:+49 1512 3456789")

    records = read(tmp_path / "book.vcf", card(name, *handles) + card(other, *handles))

    assert [keys for _, keys in people(records)] == [["+49 1512 3456789", "x@a.example"]] * 2


@pytest.mark.parametrize(
    "others", [["Ines Rahn"], ["Iris Rahn"], ["Ben Castellan"], ["Iris", "Ines", "Iris Castellan"]]
)
def test_an_address_of_two_people_identifies_neither(tmp_path: Path, others: list[str]) -> None:
    cards = "".join(card(name, "EMAIL:office@a.example") for name in ("Iris Castellan", *others))

    assert all(keys != ["office@a.example"] for _, keys in people(read(tmp_path / "book.vcf", cards)))


@pytest.mark.parametrize(
    "line",
    [
        "X-SOCIALPROFILE;type=linkedin:luca-ferro-77",
        "X-SOCIALPROFILE;TYPE=LinkedIn:@luca-ferro-77",
        "X-SOCIALPROFILE;type=linkedin;x-user=luca-ferro-77:x-apple:luca-ferro-77",
        "X-SOCIALPROFILE;type=linkedin:x-apple:luca-ferro-77",
        "X-SOCIALPROFILE;type=linkedin:in/luca-ferro-77",
        "item1.X-SOCIALPROFILE;type=linkedin:http\\://www.linkedin.com/in/luca-ferro-77",
        "SOCIALPROFILE;SERVICE-TYPE=LinkedIn;VALUE=text:luca-ferro-77",
        "SOCIALPROFILE;SERVICE-TYPE=LinkedIn;USERNAME=luca-ferro-77:https://example.com/x",
    ],
)
def test_a_linkedin_user_name_is_a_profile(tmp_path: Path, line: str) -> None:
    ((_, handles),) = people(read(tmp_path / "book.vcf", card("Luca Ferro", line)))

    assert [handle.rpartition("/in/")[2] for handle in handles] == ["luca-ferro-77"]


@pytest.mark.parametrize(
    "line",
    [
        "X-SOCIALPROFILE;type=twitter:luca",
        "X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/company/acme",
        "X-SOCIALPROFILE;type=linkedin:two words",
        "URL;type=linkedin:luca",
    ],
)
def test_other_profiles_are_not_read(tmp_path: Path, line: str) -> None:
    assert people(read(tmp_path / "book.vcf", card("Luca Ferro", line))) == [("Luca Ferro", ["Luca Ferro"])]
