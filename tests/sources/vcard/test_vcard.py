"""Address books in vCard format."""

from pathlib import Path

import pytest

from graph.records import BadRow, Connection, Handle, HandleKind, Job, Part, Record, SkippedRow
from sources import vcard
from tests.sources.shared_exports import unpacked


class Book:
    """Reads cards, each given by its lines."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, *cards: str | bytes) -> list[Record]:
        contents = (card.encode() if isinstance(card, str) else card for card in cards)
        self._path.write_bytes(b"".join(b"BEGIN:VCARD\n" + card + b"\nEND:VCARD\n" for card in contents))
        return list(vcard.read([self._path]))

    def handles(self, *cards: str | bytes) -> list[set[str]]:
        return [{h.text for h in one.person.handles} for one in self(*cards) if isinstance(one, Connection)]

    def name(self, card: str | bytes) -> str | None:
        return next(one.person.name for one in self(card) if isinstance(one, Connection))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "book.vcf")


@pytest.mark.parametrize(
    ("card", "name"),
    [
        ("FN:Ben Okafor\nN:Other;Name;;;", "Ben Okafor"),
        ("FN:b@b.example\nN:Okafor;Ben;T.;Dr.;Jr.", "Ben T. Okafor"),
        ("N:Okafor\\;Smith;Ben", "Ben Okafor;Smith"),
        ("FN:Ben\n  Okafor", "Ben Okafor"),
        (b"FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:G=F6ran=\n Ek", "GöranEk"),
        ("FN;ENCODING=QUOTED-PRINTABLE:G=C3=B6ran", "Göran"),
        (b"FN:G\xf6ran", "Göran"),
        (b"FN;CHARSET=no-such:G\xf6ran", "Göran"),
        (b"FN;CHARSET=unicode_escape:G\\x41", "Gx41"),
        ("FN:山田\r\n  太郎".encode(), "山田 太郎"),
    ],
)
def test_names_are_read_in_every_notation(book: Book, card: str | bytes, name: str) -> None:
    assert book.name(card) == name


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-8"])
def test_a_book_in_any_encoding_gives_the_same_records(tmp_path: Path, charset: str) -> None:
    cards = "".join(f"BEGIN:VCARD\r\nFN:Zoë 山田\r\nEMAIL:zoe{n}@b.example\r\nEND:VCARD\r\n" for n in range(2_000))
    reference, other = tmp_path / "reference", tmp_path / "book.vcf"
    reference.write_bytes(cards.encode())
    other.write_bytes(f"\ufeff{cards}".encode(charset))

    assert vcard.identify(other)
    assert list(vcard.read([other])) == list(vcard.read([reference]))


@pytest.mark.parametrize(
    ("line", "handle"),
    [
        ("EMAIL;TYPE=WORK:ben@b.example", Handle(HandleKind.EMAIL, "ben@b.example")),
        ("item1.EMAIL;type=INTERNET:ben@b.example", Handle(HandleKind.EMAIL, "ben@b.example")),
        ("TEL;CELL:+47 406 12 345", Handle(HandleKind.PHONE, "+47 406 12 345")),
        ('TEL;VALUE=uri;TYPE="work,cell":tel:+1-418-262-6501;ext=1', Handle(HandleKind.PHONE, "+1-418-262-6501")),
        ("URL:https\\://no.linkedin.com/in/ben?x=1", Handle(HandleKind.LINKEDIN, "https://no.linkedin.com/in/ben?x=1")),
        ("X-SOCIALPROFILE;type=linkedin;x-user=ben:x-apple:ben", Handle(HandleKind.LINKEDIN, "https://www.linkedin.com/in/ben")),
    ],
)  # fmt: skip
def test_handles_are_read(book: Book, line: str, handle: Handle) -> None:
    (connection, _part) = book(f"N:Berg;Ben\n{line}")

    assert isinstance(connection, Connection)
    assert handle in connection.person.handles


@pytest.mark.parametrize(
    "line",
    [
        "TEL;TYPE=CELL:0406 12 345",
        "TEL;TYPE=WORK:+47 22 12 34 56",
        "TEL;TYPE=CELL,FAX:+47 406 12 345",
        "item1.TEL:+47 406 12 345\nitem1.X-ABLabel:_$!<AssistantPhone>!$_",
        "URL:https://www.linkedin.com/company/halden",
        "EMAIL:not an address",
        "AGENT:\nBEGIN:VCARD\nEMAIL:helper@b.example\nEND:VCARD",
    ],
)
def test_handles_of_other_people_and_companies_are_ignored(book: Book, line: str) -> None:
    assert book.handles(f"FN:Ben Berg\n{line}") == [{"Ben Berg"}]


def test_a_handle_on_cards_of_two_names_is_ignored(book: Book) -> None:
    ana, ben = "FN:Ana Silva\nEMAIL:office@a.example\nEMAIL:ana@a.example", "FN:Ben Berg\nEMAIL:Office@a.example"

    assert book.handles(ana, ben) == [{"ana@a.example"}, {"Ben Berg"}]
    assert book.handles(ben, ben) == [{"Office@a.example"}] * 2


def test_companies_and_cards_without_a_person_are_skipped(book: Book) -> None:
    records = book("FN:Halden\nX-ABShowAs:COMPANY", "KIND:group\nFN:Friends", "TEL:123")

    assert records == [
        *[SkippedRow("book.vcf", "a company, a group or a place")] * 2,
        SkippedRow("book.vcf", "nothing that identifies a person"),
        Part("contacts"),
    ]


def test_a_job_has_a_company_without_a_department(book: Book) -> None:
    jobs = book("FN:Ben\nORG:ABC\\, Inc.;Sales\nTITLE:Buyer", "FN:Cleo\nTITLE:Poet")

    assert [(job.company, job.title) for job in jobs if isinstance(job, Job)] == [("ABC, Inc.", "Buyer")]


def test_photos_are_ignored_and_oversized_cards_are_bad_rows(book: Book) -> None:
    photo = "PHOTO;ENCODING=b:" + "A" * 5_000_000 + "\n " + "B" * 5_000_000
    oversized = "EMAIL:a@a.example\n" * 2_000

    records = book(f"FN:Ben\n{photo}\nEMAIL:b@b.example", oversized, "FN:" + "x" * 2_000_000, "FN:Cleo")

    assert [one.person.name for one in records if isinstance(one, Connection)] == ["Ben", "Cleo"]
    assert [one.reason for one in records if isinstance(one, BadRow)] == [
        "the card has more than 1,000 lines",
        "the line is longer than 1 MB",
    ]


def test_every_real_card_is_read(tmp_path: Path) -> None:
    files = sorted(unpacked("vcard", tmp_path).rglob("*.vcf"))

    read = {path.name: [type(record) for record in vcard.read([path])] for path in files}

    assert len(files) == 18
    assert all(vcard.identify(path) for path in files)
    assert not any(BadRow in kinds for kinds in read.values())
    assert [name for name, kinds in read.items() if Connection not in kinds] == ["vcard_grouped.vcf", "issue64.vcf"]


def test_the_categories_of_a_card_are_groups_but_not_those_of_programs(book: Book) -> None:
    card = "FN:Ben Okafor\nEMAIL:b@b.example\nCATEGORIES:Clients,myContacts\nCATEGORIES:Choir\\, alto,Clients"

    assert [one.groups for one in book(card) if isinstance(one, Connection)] == [("Clients", "Choir, alto")]
