"""Variants of the inputs that were read wrong once: other languages, separators and character sets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.records import (
    Connection,
    Interaction,
    MailingList,
    Meeting,
    PersonMention,
    Record,
    RosterEntry,
    SkippedRow,
)
from sources import mailbox, whatsapp
from sources.calendar.resources import is_resource
from sources.registry import find_exports, read_export
from tests.sources.mailbox.messages import MIDDAY, message_text


def read(path: Path) -> Iterator[Record]:
    (export,) = find_exports([path]).exports
    return read_export(export)


def described(person: PersonMention) -> tuple[str | None, list[str]]:
    return person.name, [handle.text for handle in person.handles]


@pytest.mark.parametrize(
    ("text", "charset", "name", "handles"),
    [
        ("Etunimi,Sukunimi,Sähköposti,Matkapuhelin\nÅke,Mäkelä,a@m.example,+358401234567", "cp1252", "Åke Mäkelä", 2),
        ("Jméno;Příjmení;E-mailová adresa\nJiří;Dvořák;a@d.example", "cp1250", "Jiří Dvořák", 1),
        ("Imię i nazwisko;Adres e-mail\nŁucja Żak;a@z.example", "cp1250", "Łucja Żak", 1),
        ("Név;E-mail cím\nErdős Győző;a@e.example", "utf-8", "Erdős Győző", 1),
        ("Nume complet,Adresă de e-mail\nȘtefan Țepeș,a@t.example", "utf-8", "Ștefan Țepeș", 1),
        ("Adı;Soyadı;E-posta\nÇağrı;Şahin;a@s.example", "utf-8", "Çağrı Şahin", 1),
        ("Ονοματεπώνυμο;Email\nΝίκος Παπαδόπουλος;a@p.example", "cp1253", "Νίκος Παπαδόπουλος", 1),
        ("Name;Surname;Email\nAda;Ek;a@e.example", "utf-8", "Ada Ek", 1),
        ("Фамилия;Имя;Эл. почта\nСидорова;Анна;a@s.example", "cp1251", "Анна Сидорова", 1),
        ("Name,Email\nИван Сидоров,a@s.example\nАнна Петрова,b@p.example", "koi8-r", "Иван Сидоров", 1),
        ("שם פרטי,שם משפחה,דואר אלקטרוני\nדוד,לוי,a@l.example", "cp1255", "דוד לוי", 1),
        ("姓,名,電子メール アドレス,携帯電話\n山田,太郎,a@y.example,+819012345678", "shift_jis", "山田 太郎", 2),
        ("이름,성,이메일\n철수,김,a@k.example", "cp949", "김 철수", 1),
        ("姓,名,电子邮件地址\n王,伟,a@w.example", "gbk", "王 伟", 1),
        ("Prénom,Nom,Courriel,Téléphone portable\nZoé,Léa,a@l.example,+33612345678", "mac_roman", "Zoé Léa", 2),
        ("Nombre,Apellidos,Dirección de correo electrónico\nJosé,Peña,a@p.example", "utf-16", "José Peña", 1),
        ("Name|Email|Company\nAda Ek|a@e.example|Acme", "utf-8", "Ada Ek", 1),
        ("sep=;\nName;Email\nJörg Weiß;a@w.example", "cp1252", "Jörg Weiß", 1),
        ("Name\tEmail\nJörg Weiß\ta@w.example", "utf-16-be", "Jörg Weiß", 1),
        ("Name,Email\nZo&amp;euml; &Scaron;i&#269;,a@s.example", "utf-8", "Zoë Šič", 1),
        ("Name,Email\nAda Ek,a@a.com", "utf-8", "Ada Ek", 1),
        ("Name,Email\nAda Ek,keine@mail.de", "utf-8", "Ada Ek", 1),
    ],
)  # fmt: skip
def test_a_list_is_read_in_any_language_and_character_set(
    tmp_path: Path, text: str, charset: str, name: str, handles: int
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(charset))

    people = [record.person for record in read(path) if isinstance(record, Connection | RosterEntry)]

    assert people[0].name == name
    assert len(people[0].handles) == handles
    assert not any(handle.text in ("a@a.com", "keine@mail.de") for handle in people[0].handles)


@pytest.mark.parametrize(
    ("morning", "afternoon"),
    [
        ("2026. 1. 29. 오전 10:00, ", "2026. 1. 30. 오후 2:05, "),
        ("2026-01-29 10 h 00 - ", "2026-01-30 14 h 05 - "),
        ("29/01/26, 10:00 da manhã - ", "30/01/26, 2:05 da tarde - "),
        ("29/1/26, 10:00 de la mañana - ", "30/1/26, 2:05 de la tarde - "),
        ("29.01.26, 10:00 vorm. - ", "30.01.26, 2:05 nachm. - "),
        ("29/01/26, 10:00 du matin - ", "30/01/26, 2:05 de l’après midi - "),
        ("[2026/1/29 上午10:00:05] ", "[2026/1/30 下午2:05:06] "),
        ("29/1/26, முற்பகல் 10:00 - ", "30/1/26, பிற்பகல் 2:05 - "),
        ("29. 01. 2026. 10:00 - ", "30. 01. 2026. 14:05 - "),
        ("29/1/2569 10:00 น. - ", "30/1/2569 14:05 น. - "),
        ("٢٩/٠١/٢٠٢٦، ١٠:٠٠ ص - ", "٣٠/٠١/٢٠٢٦، ٢:٠٥ م - "),
        ("29-01-2026 10:00 - ", "30-01-2026 14:05 - "),
    ],
)
def test_a_chat_is_read_with_any_clock(tmp_path: Path, morning: str, afternoon: str) -> None:
    path = tmp_path / "WhatsApp Chat with Ben Okafor.txt"
    path.write_text(f"{morning}Mia Ember: hello\n{afternoon}Ben Okafor: hi\n{afternoon}Mia Ember: ok\n", "utf-8")

    times = [f"{record.at:%m-%d %H:%M}" for record in whatsapp.read([path]) if isinstance(record, Interaction)]

    assert times == ["01-29 10:00", "01-30 14:05", "01-30 14:05"]


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        ("iso2022_kr", "김철수"), ("gb18030", "王伟"), ("big5", "王偉"), ("euc_kr", "김철수"),
        ("shift_jis", "山田太郎"), ("windows-1256", "محمد علي"), ("windows-1255", "דוד לוי"),
        ("iso8859-2", "Jiří Dvořák"), ("koi8-u", "Іван Їжак"),
        ("iso8859-7", "Νίκος Π"), ("tis-620", "สมชาย ใจดี"), ("iso8859-15", "Zoë Œuvre"),
    ],
)  # fmt: skip
def test_a_raw_name_is_read_by_the_declared_character_set(tmp_path: Path, charset: str, name: str) -> None:
    path = tmp_path / "letter.eml"
    text = message_text(From="NAME <a@k.example>", Content_Type=f"text/plain; charset={charset.replace('_', '-')}")
    path.write_bytes(text.encode().replace(b"NAME", name.encode(charset)))

    (message,) = (record for record in mailbox.read([path]) if isinstance(record, Interaction))

    assert described(message.by) == (name, ["a@k.example"])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"X-Vacation": "yes"}, "automated"),
        ({"X-Loop": "vacation"}, "automated"),
        ({"Delivered-To": "Autoresponder"}, "automated"),
        ({"X-Precedence": "bulk"}, "automated"),
        ({"X-Precedence": "auto_reply"}, "automated"),
        ({"Sender": "owner-choir@l.example", "To": "choir@l.example"}, "mailing list"),
        ({"Sender": "Choir <choir-bounces+ben=b.example@l.example>", "To": "choir@l.example"}, "mailing list"),
    ],
    ids=str,
)
def test_a_message_of_a_program_or_a_list_is_no_evidence(tmp_path: Path, fields: dict[str, str], reason: str) -> None:
    path = tmp_path / "letter.eml"
    path.write_text(message_text(**fields))

    assert SkippedRow("letter.eml", reason) in [*mailbox.read([path])]


@pytest.mark.parametrize(
    ("address", "is_list"),
    [
        ("tea@googlegroups.com", True), ("tea@acme.groups.io", True), ("tea@lists.acme.example", True),
        ("tea@yahoogroups.co.uk", True), ("anna@list.ru", False), ("ben@listserve.example", False),
    ],
)  # fmt: skip
def test_an_address_at_the_host_of_lists_is_no_person(tmp_path: Path, address: str, is_list: bool) -> None:
    path = tmp_path / "letter.eml"
    path.write_text(message_text(Cc=address))

    records = [*mailbox.read([path])]

    assert [record.person.handles[0].text for record in records if isinstance(record, MailingList)] == [
        address
    ] * is_list
    assert [record.at for record in records if isinstance(record, Interaction)] == [MIDDAY]


EVENT = (
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nORGANIZER:mailto:ana@a.example\n"
    "ATTENDEE;CN=Иван Сидоров:mailto:i@s.example\nDTSTART:20261103T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"
)
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Иван Сидоров\nEMAIL:i@s.example\nEND:VCARD\n"


@pytest.mark.parametrize("text", [EVENT, CARD], ids=["calendar", "card"])
@pytest.mark.parametrize(
    ("charset", "line_end", "indent"),
    [
        ("utf-8", "\r", ""), ("utf-16", "\r\n", ""), ("utf-16-le", "\n", ""), ("utf-16-be", "\n", ""),
        ("cp1251", "\n", ""), ("koi8-r", "\r\n", ""), ("utf-8", "\n", "  "), ("utf-8-sig", "\r\n", ""),
    ],
)  # fmt: skip
def test_calendars_and_cards_are_read_in_any_form_of_text(
    tmp_path: Path, text: str, charset: str, line_end: str, indent: str
) -> None:
    path = tmp_path / ("one.ics" if text is EVENT else "one.vcf")
    path.write_bytes("".join(f"{indent}{line}{line_end}" for line in text.splitlines()).encode(charset))

    people = []
    for record in read(path):
        people += [*record.attendees] if isinstance(record, Meeting) else []
        people += [record.person] if isinstance(record, Connection) else []

    assert described(people[-1]) == ("Иван Сидоров", ["i@s.example"])


@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("Zasedačka 3", False), ("Sala de Juntas", False), ("小会议室", False), ("Phòng họp 2", False),
        ("ห้องประชุม 1", False),
        ("חדר ישיבות", False), ("قاعة الاجتماعات", False), ("Konferencelokale 2", False), ("Neukkari 4", False),
        ("DL-Sales", False), ("dist_all", False), ("Interview Panel", False), ("Calendly", False),
        ("Jane Hall", True), ("Oda Nilsen", True), ("Aula Meier", True), ("Office Manager Ana Lind", True),
        ("Dlamini-Ek", True),
    ],
)  # fmt: skip
def test_rooms_and_lists_are_distinguished_from_people_in_more_languages(name: str, is_person: bool) -> None:
    assert is_resource(name, "x9@b.example", frozenset()) is not is_person
