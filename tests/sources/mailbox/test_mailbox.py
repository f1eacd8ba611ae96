from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from graph.records import (
    Assistance,
    BadRow,
    Channel,
    Interaction,
    ObservedName,
    Owner,
    PersonMention,
    Record,
    SkippedRow,
)
from sources import mailbox
from sources.mailbox.mail_files import MAX_HEADER
from tests.sources.mailbox.messages import MIDDAY, letter, somebody


@pytest.fixture
def eml(tmp_path: Path) -> "Eml":
    return Eml(tmp_path / "letter.eml")


class Eml:
    """Reads a single message as a file would hold it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, written: str | bytes) -> list[Record]:
        self._path.write_bytes(written.encode() if isinstance(written, str) else written)
        return list(mailbox.read([self._path]))

    def interaction(self, written: str | bytes) -> Interaction:
        (record,) = self(written)
        assert isinstance(record, Interaction), record
        return record


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ben Berg <ben@b.example>", [somebody("ben@b.example", "Ben Berg")]),
        ('"Okafor, Ada" <ada@o.example>', [somebody("ada@o.example", "Okafor, Ada")]),
        ("Okafor, Ada <ada@o.example>", [somebody("ada@o.example", "Okafor, Ada")]),
        ("ben@b.example (Ben Berg)", [somebody("ben@b.example", "Ben Berg")]),
        ('"ben@b.example" <ben@b.example>', [somebody("ben@b.example")]),
        ("=?iso-8859-1?q?G=F6ran?= <g@g.example>", [somebody("g@g.example", "Göran")]),
        ("=?no-such-charset?q?Gil?= <g@g.example>", [somebody("g@g.example", "Gil")]),
        ("=?utf-8?q?Okafor,_Ada?= <ada@o.example>", [somebody("ada@o.example", "Okafor, Ada")]),
        (
            "Friends: Cleo <c@c.example>, d@d.example;, e@e.example",
            [somebody("c@c.example", "Cleo"), somebody("d@d.example"), somebody("e@e.example")],
        ),
        (
            ", b@b.example; x, B@b.example, <@relay.example:c@c.example>, broken@, <>, /o=Org/cn=d",
            [somebody("b@b.example"), somebody("c@c.example")],
        ),
    ],
)
def test_whom_a_letter_went_to_is_read_however_it_is_written(eml: Eml, written: str, read: list[PersonMention]) -> None:
    assert list(eml.interaction(letter(To=written)).to) == read


def test_to_cc_and_bcc_are_one_audience_without_the_sender(eml: Eml) -> None:
    found = eml.interaction(letter(To="ben@b.example", Cc="Ben <BEN@b.example>, Ana@a.example", Bcc="cleo@c.example"))

    assert found.to == (somebody("ben@b.example"), somebody("cleo@c.example"))


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"Date": "Thu Mar  3 12:00:00 2022"}, MIDDAY),
        ({"Date": "Mon, 3 Mar 22 13:00:00 +0100 (CET)"}, MIDDAY),
        ({"Date": "2022-03-03T12:00:00Z"}, MIDDAY),
        ({"Date": "2022-03-03 12:00:00"}, MIDDAY),
        ({"Date": "soon", "Received": "by mx; Thu, 3 Mar 2022 12:00:00 +0000"}, MIDDAY),
        (
            {
                "Date": "Sun, 6 Mar 2022 12:00:00 +0000",
                "Received": "by mx; Thu, 3 Mar 2022 12:00:00 +0000",
            },
            MIDDAY,
        ),
        ({"Date": "Thu, 1 Jan 1970 00:00:01 +0000", "Received": "by mx; 3 Mar 2022 12:00"}, MIDDAY),
    ],
)
def test_odd_and_wrong_dates_are_read_or_the_arrival_stands_for_them(
    eml: Eml, fields: dict[str, str], at: datetime
) -> None:
    assert eml.interaction(letter(**fields)).at == at


def test_a_letter_without_any_date_is_a_bad_row(eml: Eml) -> None:
    assert eml(letter(Date="Thu, 1 Jan 1833 00:00:00 +0000")) == [
        BadRow("letter.eml", 1, "the date is missing or unreadable")
    ]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"X_Gmail_Labels": "Inbox,Spam,Category Promotions"}, "spam"),
        ({"X_Gmail_Labels": "Trash"}, "trash"),
        ({"X_Gmail_Labels": "Drafts,Opened"}, "draft"),
        ({"X_Gmail_Labels": "=?UTF-8?Q?Caf=C3=A9,Category_Promotions?="}, "automated"),
        ({"X_Gmail_Labels": 'Opened,"Category Updates"'}, "automated"),
        ({"X_Gmail_Labels": "Papierkorb,Wichtig"}, "trash"),
        ({"X_Gmail_Labels": "Geöffnet,Kategorie: „Werbung“"}, "automated"),
        ({"X_Gmail_Labels": "下書き"}, "draft"),
        ({"X_Gmail_Labels": "Спам"}, "spam"),
        ({"X_Gmail_Labels": "Forums"}, "automated"),
        ({"X_Mozilla_Status": "0009"}, "trash"),
        ({"Auto_Submitted": "auto-generated"}, "automated"),
        ({"Return_Path": "<>"}, "automated"),
        ({"Precedence": "bulk"}, "automated"),
        ({"List_Unsubscribe": "<https://n.example/bye>", "List_Id": "<n.example>"}, "automated"),
        ({"From": "Do not answer <do-not-reply@n.example>"}, "automated"),
        ({"From": "drive-shares-noreply@n.example"}, "automated"),
        ({"From": "notifications@n.example", "Precedence": "list"}, "automated"),
        ({"From": "bounces+ana=a.example@n.example"}, "automated"),
    ],
)
def test_what_was_thrown_away_or_no_person_wrote_is_left_out_and_names_nobody(
    eml: Eml, fields: dict[str, str], reason: str
) -> None:
    assert eml(letter(**fields)) == [SkippedRow("letter.eml", reason)]


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "no"},
        {"Precedence": "normal"},
        {"X_Gmail_Labels": "Inbox,Important,Category Personal"},
        {"X_Gmail_Labels": "Sent,Category Updates"},
        {"X_Gmail_Labels": "Gesendet,Kategorie Benachrichtigungen"},
        {"X_Mozilla_Status": "0001"},
        {"X_Auto_Response_Suppress": "DR, RN, NRN, OOF, AutoReply"},
        {"From": "Norma Reply <norma.reply@a.example>"},
        {"From": "Bouncer <b.bouncer@a.example>"},
    ],
)
def test_a_person_writing_to_a_person_counts(eml: Eml, fields: dict[str, str]) -> None:
    records = eml(letter(**fields))

    assert isinstance(records[0], Interaction)


def test_who_writes_to_a_list_is_named_and_the_list_is_not(eml: Eml) -> None:
    to_list = {"To": "choir@l.example", "List_Post": "<mailto:choir@l.example>"}
    left_out = SkippedRow("letter.eml", "mailing list")

    assert eml(letter(From="Ana Ash <ana@a.example>", **to_list)) == [
        left_out,
        ObservedName(somebody("ana@a.example", "Ana Ash"), MIDDAY.date()),
    ]
    assert eml(letter(From="Ana via Choir <choir@l.example>", **to_list)) == [left_out]


def test_a_letter_to_nobody_that_can_be_seen_still_names_its_writer(eml: Eml) -> None:
    assert eml(letter(To="undisclosed-recipients:;")) == [
        SkippedRow("letter.eml", "no recipients"),
        ObservedName(somebody("ana@a.example"), MIDDAY.date()),
    ]


def test_a_header_without_end_is_read_as_far_as_it_fits(eml: Eml) -> None:
    crowd = ",\n ".join(f"p{n}@crowd.example" for n in range(1500))
    whole = letter(To=crowd)
    endless = letter().replace("\n\n", "\nX-Long: " + "x" * 2 * MAX_HEADER + "\nTo: late@l.example\n")
    cut = letter(Cc=", ".join(f"p{n}@crowd.example" for n in range(5000)))

    assert len(eml.interaction(whole).to) == 1500
    assert all(who.handles[0].text.endswith(".example") for who in eml.interaction(cut).to)
    assert eml.interaction(endless).to == (somebody("ben@b.example"),)


def test_only_a_from_line_after_a_blank_line_and_before_a_field_parts_messages(
    tmp_path: Path,
) -> None:
    parting = "From ana@a.example Thu Mar  3 12:00:00 2022\n"
    text = (
        f"no blank line before\n{parting}To: x@x.example\n\n{parting}no field follows\n\n"
        f">{parting}To: x@x.example\n\nFrom here on, 12:00 2022\nTo: x@x.example\n\n"
    )
    inbox = tmp_path / "Inbox"

    for newline in ("\n", "\r\n"):
        written = parting + letter() + text + parting + letter()
        inbox.write_text(written, newline=newline)
        assert len(list(mailbox.read([inbox]))) == 2


def test_messages_are_found_across_the_pieces_a_large_file_is_read_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "Inbox"
    inbox.write_text("".join(f"From \n{letter(Message_ID=f'<{n}>')}{'x' * n * 7}\n\n" for n in range(300)))

    for chunk in (1, 7, 1024):
        monkeypatch.setattr("sources.mailbox.mail_files._CHUNK", chunk)
        ids = [record.id for record in mailbox.read([inbox]) if isinstance(record, Interaction)]
        assert ids == [str(n) for n in range(300)]


def test_the_owner_is_whom_the_mail_was_delivered_to_and_nobody_where_that_differs(
    tmp_path: Path,
) -> None:
    box = tmp_path / "box"

    def owners(*letters: str) -> list[Record]:
        box.write_text("".join(f"From \n{one}\n" for one in letters))
        return [record for record in mailbox.read([box]) if isinstance(record, Owner)]

    mine = letter(Delivered_To="ben@b.example")
    theirs = letter(To="cleo@c.example", Delivered_To="cleo@c.example")
    inner = letter(Delivered_To="box-17@mx.example")
    assert owners(mine, letter(), mine) == [Owner(somebody("ben@b.example"))]
    assert owners(mine, theirs) == []
    assert owners(inner, inner) == []
    assert owners(letter(X_Gmail_Labels="Sent")) == [Owner(somebody("ana@a.example"))]


def test_a_folder_may_be_called_updates(tmp_path: Path) -> None:
    (tmp_path / "Updates").write_text(f"From \n{letter()}")

    assert [type(record) for record in mailbox.read([tmp_path / "Updates"])] == [Interaction]


@pytest.mark.parametrize("folder", ["Trash", "Drafts.mbox", "Junk"])
def test_a_folder_of_thrown_away_mail_is_left_out_by_its_name(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).write_text(f"From \n{letter()}")

    assert [type(record) for record in mailbox.read([tmp_path / folder])] == [SkippedRow]


def test_a_maildir_written_with_colons_gives_flags_too(tmp_path: Path) -> None:
    for name in ("cur/1:2,S", "cur/2:2,RST", "cur/3:2,DS", "new/4", "tmp/5"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(letter())

    kinds = Counter(getattr(record, "reason", "") for record in mailbox.read([tmp_path]))

    assert mailbox.identify(tmp_path)
    assert kinds == {"": 2, "trash": 1, "draft": 1}


def test_a_folder_of_messages_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text(letter())
    (tmp_path / "notes.txt").write_text("To: do\n\nnothing")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "b").write_text(f"From \n{letter()}")

    assert len(list(mailbox.read([tmp_path]))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "First Name,Last Name,URL,Email Address\nAda,Okafor,,\n",
        "FROM,TO,DATE\nAda,Ben,2021\n",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nEND:VCARD\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20210101\nSUMMARY:From: x\nEND:VEVENT\n",
        "From here to there\nwas a long way.\n",
        "To: do\nmilk\n\nSubject: none\n",
    ],
)
def test_what_is_no_mail_is_not_claimed(tmp_path: Path, text: str) -> None:
    (tmp_path / "file.mbox").write_text(text)

    assert not mailbox.identify(tmp_path / "file.mbox")
    assert not mailbox.identify(tmp_path)


def test_a_letter_that_an_assistant_sent_is_the_assistants_act(eml: Eml) -> None:
    jane, max_ = somebody("jane.doe@acme.example", "Jane Doe"), somebody("m.kern@acme.example", "Max Kern")
    ben = somebody("ben@b.example")

    told = eml(letter(From="Jane Doe <jane.doe@acme.example>", Sender="Max Kern <m.kern@acme.example>"))

    assert told == [
        Assistance(max_, jane),
        ObservedName(jane, MIDDAY.date()),
        Interaction(max_, (ben,), MIDDAY, Channel.MAIL),
    ]


@pytest.mark.parametrize(
    "sender",
    [
        "jdoe@acme.example",
        "Jane Doe <x17@acme.example>",
        "jane@mail.example",
        "JANE.DOE@acme.example",
        "bounces@sender.example",
        "not an address",
    ],
)
def test_who_sends_over_another_address_of_theirs_or_another_service_is_themselves(eml: Eml, sender: str) -> None:
    told = eml.interaction(letter(From="Jane Doe <jane.doe@acme.example>", Sender=sender))

    assert told.by == somebody("jane.doe@acme.example", "Jane Doe")
