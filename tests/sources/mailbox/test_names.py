"""Names and addresses in headers that are damaged, or in a character set that is not UTF-8."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import Interaction, PersonMention, ReadingNote, Record
from sources import mailbox
from sources.mailbox.addresses import parse_addresses
from tests.sources.mailbox.messages import message_text, person

NEIGHBOURS = [person("cleo@c.example", "Cleo Dorn"), person("dan@d.example", "Dan Dee")]
ODD = st.text("()<>[]{}\"'`:;,\\=?*&^~#|/!%+.-_ 　（）【】«»“”：，；🙂\u200b\u00a0\t", min_size=1, max_size=4)


def read(path: Path, raw: bytes) -> list[Record]:
    path.write_bytes(raw)
    return list(mailbox.read([path]))


def author(records: list[Record]) -> PersonMention:
    return next(record.by for record in records if isinstance(record, Interaction))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ben (Sales <ben@b.example>", [person("ben@b.example", "Ben (Sales")]),
        ("Ana :( Berg <ana@b.example>", [person("ana@b.example", "Ana :( Berg")]),
        ("Ana :) Berg <ana@b.example>", [person("ana@b.example", "Ana :) Berg")]),
        ("111(aaa） <bb@b.example>", [person("bb@b.example", "111(aaa）")]),
        ('"Unclosed Quote <q@b.example>', [person("q@b.example", "Unclosed Quote")]),
        ('Ray "Ace Berg <r@b.example>', [person("r@b.example", 'Ray "Ace Berg')]),
        ("Ana Berg [mailto:ana@b.example]", [person("ana@b.example", "Ana Berg")]),
        ("Ana Berg [ana@b.example]", [person("ana@b.example", "Ana Berg")]),
        ("Ana Berg <ana@b.example", [person("ana@b.example", "Ana Berg")]),
        ("Ana Berg ana@b.example>", [person("ana@b.example", "Ana Berg")]),
        ("Ana Berg <<ana@b.example>>", [person("ana@b.example", "Ana Berg")]),
        ("ana@b.example <Ana Berg>", [person("ana@b.example", "Ana Berg")]),
        ("<ana@b.example> Ana Berg", [person("ana@b.example", "Ana Berg")]),
        ("Ana <ana@b.example> Ben <ben@b.example>", [person("ana@b.example", "Ana"), person("ben@b.example", "Ben")]),
        ("Ivy <ivy@a.example> <ivy@b.example>", [person("ivy@b.example", "Ivy")]),
        ("Ana <ana@b.example, ben@b.example>", [person("ana@b.example", "Ana"), person("ben@b.example")]),
        ("Ana <ana\u200b@b.example\u200e>", [person("ana@b.example", "Ana")]),
        ("“ana@b.example”", [person("ana@b.example")]),
        ("Ana Berg ＜ana＠b.example＞", [person("ana@b.example", "Ana Berg")]),
        (
            '"Ana <ana@b.example>, "Ben" <ben@b.example>',
            [person("ana@b.example", "Ana"), person("ben@b.example", "Ben")],
        ),
        ('"Ana <ana@b.example>" <ana@b.example>', [person("ana@b.example", "Ana")]),
        ("Cleo <SRS0=ab12=CD=c.example=cleo@fwd.example>", [person("cleo@c.example", "Cleo")]),
        ("Cleo <prvs=1234abcdef=cleo@c.example>", [person("cleo@c.example", "Cleo")]),
        ("Ana <IMCEASMTP-ana+40b+2Eexample@x.example>", [person("ana@b.example", "Ana")]),
        ('"/O=ORG/CN=ANA" <IMCEAEX-_O=ORG_CN=ANA@x.example>', []),
    ],
)
def test_a_damaged_entry_costs_nothing_beside_it(text: str, people: list[PersonMention]) -> None:
    assert list(parse_addresses(text)) == people
    assert list(parse_addresses(f"Cleo Dorn <cleo@c.example>, {text}, Dan Dee <dan@d.example>"))[-1] == NEIGHBOURS[1]
    assert next(parse_addresses(f"Cleo Dorn <cleo@c.example>, {text}")) == NEIGHBOURS[0]


@given(before=st.sampled_from(["", "Ana", "Ana Berg"]), odd=ODD, after=st.sampled_from(["", "Berg", " Berg"]))
@settings(max_examples=500)
def test_no_odd_characters_in_a_name_cost_an_address(before: str, odd: str, after: str) -> None:
    value = f"Cleo Dorn <cleo@c.example>, {before}{odd}{after} <ana@b.example>, Dan Dee <dan@d.example>"

    addresses = [who.handles[0].text for who in parse_addresses(value)]

    assert addresses[0] == "cleo@c.example"
    assert addresses[-1] == "dan@d.example"
    assert "ana@b.example" in addresses


@pytest.mark.parametrize(
    ("name", "charset", "declared"),
    [
        ("Görän Ålund", "latin-1", "iso-8859-1"),
        ("Seán O’Brien", "cp1252", "iso-8859-1"),
        ("Łukasz Żółć", "cp1250", "windows-1250"),
        ("Łukasz Święty", "iso-8859-2", "ISO-8859-2"),
        ("Łukasz Święty", "cp1250", "iso-8859-2"),
        ("Иван Петров", "koi8-r", "koi8-r"),
        ("Иван Петров", "cp1251", '"windows-1251"'),
        ("Jürgen Müßig", "mac_roman", "macintosh"),
        ("张伟", "gbk", "gb2312"),
        ("丁玥", "gbk", "GB2312"),
        ("王小明", "big5", "big5"),
        ("佐藤花子", "cp932", "shift_jis"),
        ("髙橋", "cp932", "shift_jis"),
        ("山田太郎", "iso2022_jp", "iso-2022-jp"),
        ("山田太郎", "iso2022_jp", "utf-8"),
        ("김민준", "euc-kr", "euc-kr"),
        ("김똠방", "cp949", "ks_c_5601-1987"),
        ("Γιώργος", "cp1253", "iso-8859-7"),
        ("Şükrü Öğüt", "cp1254", "iso-8859-9"),
        ("משה כהן", "cp1255", "windows-1255"),
        ("Zoë Ämter", "utf-8", "us-ascii"),
    ],
)
def test_raw_names_are_decoded_by_the_declared_charset(tmp_path: Path, name: str, charset: str, declared: str) -> None:
    head = message_text(From="NAME <ana@a.example>", Content_Type=f"text/plain; charset={declared}").encode()

    records = read(tmp_path / "letter.eml", head.replace(b"NAME", name.encode(charset)))

    assert author(records) == person("ana@a.example", name)
    assert not any(isinstance(record, ReadingNote) for record in records)


@pytest.mark.parametrize(
    ("name", "charset"),
    [("Görän Ålund", "cp1252"), ("Jürgen Müßig", "mac_roman"), ("Иван Петров", "koi8_r"), ("Иван Петров", "cp1251")],
)
def test_a_name_in_an_undeclared_charset_is_guessed_and_reported(tmp_path: Path, name: str, charset: str) -> None:
    head = message_text(From="NAME <ana@a.example>").encode()

    records = read(tmp_path / "letter.eml", head.replace(b"NAME", name.encode(charset)))

    assert author(records) == person("ana@a.example", name)
    text = f"1 message does not declare the character set of a name. The name is read as {charset}: check its spelling."
    assert ReadingNote("letter.eml", text) in records


@pytest.mark.parametrize(("name", "charset"), [("张伟", "gbk"), ("משה כהן", "cp1255"), ("佐藤", "cp932")])
def test_a_name_that_cannot_be_decoded_is_left_out_and_reported(tmp_path: Path, name: str, charset: str) -> None:
    head = message_text(From='"NAME" <ana@a.example>', To="Ben Berg <ben@b.example>").encode()

    records = read(tmp_path / "letter.eml", head.replace(b"NAME", name.encode(charset)))

    assert author(records) == person("ana@a.example")
    text = "1 message does not declare the character set of a name, and the name fits none. The name is left out."
    assert ReadingNote("letter.eml", text) in records


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("=?ISO-8859-1?Q?Se=E1n_O=92Brien?=", "Seán O’Brien"),
        ("=?GB2312?B?1cU=?= =?GB2312?B?zrA=?=", "张伟"),
        ("=?gb2312?B?q2g=?=", "玥"),
        ("=?iso-2022-jp?B?GyRCOzNFREJATzobKEI=?=", "山田太郎"),
    ],
)
def test_encoded_words_may_exceed_the_charset_that_they_name(word: str, name: str) -> None:
    assert [who.name for who in parse_addresses(f"{word} <ana@a.example>")] == [name]
