"""WhatsApp chats: dates, authors, the owner, and groups."""

import zipfile
from collections import Counter
from pathlib import Path

import pytest

from graph.records import BadRow, Channel, Handle, HandleKind, Interaction, Owner, Record, SkippedRow
from sources import whatsapp
from sources.errors import MultipleOwners, UnsafeArchive
from tests.sources.shared_exports import unpacked

WITH_BEN = "WhatsApp Chat with Ben.txt"


class Chats:
    """Reads chats, given by file name and lines."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, **chats: str) -> list[Record]:
        return self.named({f"{name}.txt": text for name, text in chats.items()})

    def named(self, chats: dict[str, str]) -> list[Record]:
        for name, text in chats.items():
            (self._folder / name).write_text(text + "\n", encoding="utf-8")
        return list(whatsapp.read([self._folder / name for name in chats]))

    def times(self, **chats: str) -> list[str]:
        return [f"{one.at:%Y-%m-%d %H:%M:%S}" for one in self(**chats) if isinstance(one, Interaction)]


@pytest.fixture
def chats(tmp_path: Path) -> Chats:
    return Chats(tmp_path)


def sender_and_recipients(record: Record) -> tuple[str, list[str]]:
    assert isinstance(record, Interaction), record
    return _name(record.by.handles), [_name(who.handles) for who in record.to]


def _name(handles: tuple[Handle, ...]) -> str:
    return handles[0].text if handles else "the owner"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("[31.12.25, 23:59:58] {}: x", "2025-12-31 23:59:58"),
        ("[31/12/2025 23:59:58] {}: x", "2025-12-31 23:59:58"),
        ("[12/31/25, 11:59:58\u202fPM] {}: x", "2025-12-31 23:59:58"),
        ("\u200e[2025-12-31, 12:01:02 AM] {}: x", "2025-12-31 00:01:02"),
        ("[2025/12/31 下午11:59:58] {}: x", "2025-12-31 23:59:58"),
        ("[31-12-25 23:59:58] {}: x", "2025-12-31 23:59:58"),
        ("31/12/2025, 23:59 - {}: x", "2025-12-31 23:59:00"),
        ("31.12.25, 23:59 - {}: x", "2025-12-31 23:59:00"),
        ("12/31/25, 11:59 PM - {}: x", "2025-12-31 23:59:00"),
        ("2025-12-31, 11:59 p.m. - {}: x", "2025-12-31 23:59:00"),
        ("31/12/25, 11:59 p. m. - {}: x", "2025-12-31 23:59:00"),
        ("31/12/2025 à 23:59 - {}: x", "2025-12-31 23:59:00"),
        ("31. 12. 2025 23:59 - {}: x", "2025-12-31 23:59:00"),
        ("2025. 12. 31. 오후 11:59 - {}: x", "2025-12-31 23:59:00"),
        ("2025년 12월 31일 오후 11:59 - {}: x", "2025-12-31 23:59:00"),
        ("2025년 12월 31일 오후 11:59, {} : x", "2025-12-31 23:59:00"),
        ("٣١/١٢/٢٠٢٥، ٢٣:٥٩ - {}: x", "2025-12-31 23:59:00"),
    ],
)
def test_dates_are_read_in_every_format_of_phones(chats: Chats, line: str, at: str) -> None:
    assert chats.times(chat=f"{line.format('Ana')}\n{line.format('Ben')}") == [at, at]


def test_increasing_times_decide_the_order_of_day_and_month(chats: Chats) -> None:
    day_first = "01/02/2026, 10:00 - Ana: x\n05/02/2026, 10:00 - Ben: x\n02/03/2026, 10:00 - Ana: x"
    month_first = "1/2/26, 10:00 - Ana: x\n1/5/26, 10:00 - Ben: x\n2/1/26, 10:00 - Ana: x"

    assert chats.times(chat=day_first) == ["2026-02-01 10:00:00", "2026-02-05 10:00:00", "2026-03-02 10:00:00"]
    assert chats.times(chat=month_first) == ["2026-01-02 10:00:00", "2026-01-05 10:00:00", "2026-02-01 10:00:00"]


def test_another_chat_decides_an_ambiguous_date_order(chats: Chats) -> None:
    ambiguous_chat = "01/02/2026, 10:00 - Ana: x\n01/02/2026, 10:00 - Ben: x"
    clear_chat = "30/01/2026, 10:00 - Ana: x\n31/01/2026, 10:00 - Cleo: x"

    refused = chats(short=ambiguous_chat)

    assert refused == [
        BadRow(
            "short.txt",
            1,
            "the order of day and month in the dates is unclear; load the chat together with a longer one",
        ),
        SkippedRow("short.txt", "in a chat that cannot be read"),
    ]
    assert chats.times(short=ambiguous_chat, long=clear_chat)[0] == "2026-02-01 10:00:00"


def test_the_title_of_a_chat_names_the_other_person(chats: Chats) -> None:
    records = chats.named({WITH_BEN: "30/01/2026, 10:00 - Ana: x\nover: two lines\n30/01/2026, 10:01 - Ben: <Media>"})

    assert isinstance(records[0], Owner)
    assert records[0].person.handles == (Handle(HandleKind.NAME, "Ana"),)
    assert [sender_and_recipients(record) for record in records[1:]] == [("Ana", ["Ben"]), ("Ben", ["Ana"])]
    assert [record.channel for record in records[1:] if isinstance(record, Interaction)] == [Channel.CHAT] * 2


@pytest.mark.parametrize("name", ["Ben ile WhatsApp Sohbeti", "Chat de WhatsApp con Ben (2)", "WhatsApp Chat - ben"])
def test_the_title_names_the_partner_in_any_language(chats: Chats, name: str) -> None:
    first, *_ = chats.named({f"{name}.txt": "30/01/2026, 10:00 - Ana: x\n30/01/2026, 10:01 - Ben: x"})

    assert isinstance(first, Owner)
    assert first.person.name == "Ana"


def test_the_owner_is_the_author_of_all_untitled_chats(chats: Chats) -> None:
    with_ben = "30/01/2026, 10:00 - Ana: x\n30/01/2026, 10:01 - Ben: x"
    with_cleo = "30/01/2026, 10:00 - Cleo: x\n30/01/2026, 10:01 - Ana: x"

    first, *_ = chats(one=with_ben, two=with_cleo)

    assert isinstance(first, Owner)
    assert first.person.name == "Ana"


def test_chats_of_two_phones_are_refused(chats: Chats) -> None:
    chat = "30/01/2026, 10:00 - Ana: x\n30/01/2026, 10:01 - Ben: x"

    with pytest.raises(MultipleOwners, match="different people"):
        chats.named({WITH_BEN: chat, "WhatsApp Chat with Ana.txt": chat})


def test_a_group_message_goes_to_up_to_twenty_authors(chats: Chats) -> None:
    group = "30/01/2026, 10:00 - Ana: x\n30/01/2026, 10:01 - ~ Ben: x\n30/01/2026, 10:02 - +49 151 1234-5678: x"
    crowd = "\n".join(f"30/01/2026, 10:00 - Guest {number}: x" for number in range(22))

    first, *_ = chats.named({"WhatsApp Chat with Rowing.txt": group})
    assert isinstance(first, Interaction)
    assert (sender_and_recipients(first), first.channel) == (
        ("Ana", ["~ Ben a0b19952", "+49 151 1234-5678"]),
        Channel.THREAD,
    )
    assert first.to[1].handles == (Handle(HandleKind.PHONE, "+49 151 1234-5678"),)
    assert Counter(chats(crowd=crowd)) == {SkippedRow("crowd.txt", "among more than 20 people"): 22}


@pytest.mark.parametrize(
    "line",
    [
        "30/01/2026, 10:00 - Messages and calls are end-to-end encrypted.",
        "30/01/2026, 10:00 - Ben: Nachrichten sind Ende-zu-Ende-verschlüsselt.",
        "30/01/2026, 10:00 - Ana changed the subject from “Rowing” to “Tea: now”",
        "[30/01/2026, 10:00:00] Ben: \u200eBen joined using this group's invite link",
        "[30/01/2026, 10:00:00] Ben: \u200eYou deleted this message.",
    ],
)
def test_a_notice_from_whatsapp_is_skipped(chats: Chats, line: str) -> None:
    chat = "30/01/2026, 10:00 - Ana: x\n30/01/2026, 10:01 - Ben: x".replace("\n", f"\n{line}\n")

    records = chats.named({WITH_BEN: chat})

    assert Counter(type(record) for record in records) == {Owner: 1, Interaction: 2, SkippedRow: 1}


def test_a_chat_loaded_twice_has_the_same_ids(chats: Chats) -> None:
    chat = "30/01/2026, 10:00 - Ana: x\n30/01/2026, 10:00 - Ana: y\n30/01/2026, 10:01 - Ben: x"

    records = chats.named({WITH_BEN: chat, "WhatsApp Chat with Ben (1).txt": chat})

    assert Counter(Counter(one.id for one in records if isinstance(one, Interaction)).values()) == {2: 3}


def test_a_chat_written_by_the_partner_is_to_the_owner(chats: Chats) -> None:
    (record,) = chats.named({WITH_BEN: "30/01/2026, 10:00 - Ben: x"})
    assert sender_and_recipients(record) == ("Ben", ["the owner"])

    (untitled,) = chats.named({"_chat.txt": "30/01/2026, 10:00 - Ben: x"})
    assert isinstance(untitled, SkippedRow)


def test_a_chat_has_the_title_of_its_iphone_zip(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat - Ben.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", "[30.01.26, 10:00:00] Ana: x\n[30.01.26, 10:00:00] Ben: y\n")
        archive.writestr("00000004-notes.txt", "30/01/2026, 10:00 - Ben: sent on\n")
        archive.writestr("00000005-PHOTO.jpg", b"\xff\xd8")

    assert whatsapp.identify(path)
    assert [type(record) for record in whatsapp.read([path])] == [Owner, Interaction, Interaction]

    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../out.jpg", b"")
    with pytest.raises(UnsafeArchive):
        list(whatsapp.read([path]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear Ana,\n30/01/2026, 10:00 - Ben: x",
        "30/01/2026, 10:00 - and nobody said a word",
        "2026-01-30 10:00:00 - INFO: a program's log",
    ],
)
def test_other_texts_are_not_identified(tmp_path: Path, text: str) -> None:
    (tmp_path / "some.txt").write_text(text)

    assert not whatsapp.identify(tmp_path / "some.txt")


def test_an_oversized_line_is_a_bad_row(chats: Chats) -> None:
    chat = "30/01/2026, 10:00 - Ana: x\n30/01/2026, 10:01 - Ana: " + "x" * 3_000_000 + "\n30/01/2026, 10:01 - Ben: x"

    records = chats.named({WITH_BEN: chat})

    assert [record.reason for record in records if isinstance(record, BadRow)] == ["the line is longer than 1 MB"]
    assert sum(isinstance(record, Interaction) for record in records) == 2


def test_every_real_chat_is_read(tmp_path: Path) -> None:
    files = sorted(unpacked("whatsapp", tmp_path).rglob("*.txt"))

    read = {path.name: Counter(type(record) for record in whatsapp.read([path])) for path in files}

    assert all(whatsapp.identify(path) for path in files)
    assert read == {
        "android_chat.txt": {Interaction: 3, SkippedRow: 1},
        "lorem-2000.txt": {Interaction: 2000},
        "lorem.txt": {Interaction: 500},
        "pokemon.txt": {Interaction: 18, SkippedRow: 2},
    }
