"""Messages and mail files: recipients, dates, skip rules, and the owner."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from graph.records import (
    Assistance,
    BadRow,
    Channel,
    Interaction,
    MailingList,
    ObservedName,
    Owner,
    PersonMention,
    Record,
    SkippedRow,
)
from sources import mailbox
from sources.mailbox.mail_files import MAX_HEADER
from tests.sources.mailbox.messages import MIDDAY, message_text, person


@pytest.fixture
def eml(tmp_path: Path) -> "Eml":
    return Eml(tmp_path / "letter.eml")


class Eml:
    """Reads a single message from an .eml file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, text: str | bytes) -> list[Record]:
        self._path.write_bytes(text.encode() if isinstance(text, str) else text)
        return list(mailbox.read([self._path]))

    def interaction(self, text: str | bytes) -> Interaction:
        (record,) = self(text)
        assert isinstance(record, Interaction), record
        return record


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Ben Berg <ben@b.example>", [person("ben@b.example", "Ben Berg")]),
        ('"Okafor, Ada" <ada@o.example>', [person("ada@o.example", "Okafor, Ada")]),
        ("Okafor, Ada <ada@o.example>", [person("ada@o.example", "Okafor, Ada")]),
        ("ben@b.example (Ben Berg)", [person("ben@b.example", "Ben Berg")]),
        ('"ben@b.example" <ben@b.example>', [person("ben@b.example")]),
        ("=?iso-8859-1?q?G=F6ran?= <g@g.example>", [person("g@g.example", "Göran")]),
        ("=?no-such-charset?q?Gil?= <g@g.example>", [person("g@g.example", "Gil")]),
        ("=?utf-8?q?Okafor,_Ada?= <ada@o.example>", [person("ada@o.example", "Okafor, Ada")]),
        (
            "Friends: Cleo <c@c.example>, d@d.example;, e@e.example",
            [person("c@c.example", "Cleo"), person("d@d.example"), person("e@e.example")],
        ),
        (
            ", b@b.example; x, B@b.example, <@relay.example:c@c.example>, broken@, <>, /o=Org/cn=d",
            [person("b@b.example"), person("c@c.example")],
        ),
    ],
)
def test_recipients_are_read_in_every_notation(eml: Eml, text: str, recipients: list[PersonMention]) -> None:
    assert list(eml.interaction(message_text(To=text)).to) == recipients


def test_recipients_are_in_to_cc_and_bcc_without_the_author(eml: Eml) -> None:
    interaction = eml.interaction(
        message_text(To="ben@b.example", Cc="Ben <BEN@b.example>, Ana@a.example", Bcc="cleo@c.example")
    )

    assert interaction.to == (person("ben@b.example"), person("cleo@c.example"))


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
def test_the_time_of_arrival_replaces_an_invalid_date(eml: Eml, fields: dict[str, str], at: datetime) -> None:
    assert eml.interaction(message_text(**fields)).at == at


@pytest.mark.parametrize(
    "written",
    [
        "jeu., 3 mars 2022 13:00:00 +0100",
        "=?utf-8?Q?jeu._3_mars_2022_=C3=A0_12:00?=",
        "Do., 3 Mär 2022 13:00:00 +0100 (CET)",
        "Donnerstag, 3. März 2022 um 12:00 Uhr",
        "jueves, 3 de marzo de 2022, 12:00:00 +0000",
        "gio, 3 mar. 2022 12:00:00",
    ],
)
def test_a_date_in_the_language_of_the_sender_is_read(eml: Eml, written: str) -> None:
    assert eml.interaction(message_text(Date=written)).at == MIDDAY


@pytest.mark.parametrize("written", ["Do., 31 Feb 2022 13:00:00 +0100", "3 ju 2022 12:00", "3 maybe 2022 12:00"])
def test_a_date_without_a_certain_month_or_day_is_a_bad_row(eml: Eml, written: str) -> None:
    assert [type(record) for record in eml(message_text(Date=written))] == [BadRow]


def test_a_message_without_any_date_is_a_bad_row(eml: Eml) -> None:
    assert eml(message_text(Date="Thu, 1 Jan 1833 00:00:00 +0000")) == [
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
def test_discarded_and_automated_messages_are_skipped(eml: Eml, fields: dict[str, str], reason: str) -> None:
    assert eml(message_text(**fields)) == [SkippedRow("letter.eml", reason)]


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
def test_a_message_between_people_is_an_interaction(eml: Eml, fields: dict[str, str]) -> None:
    records = eml(message_text(**fields))

    assert isinstance(records[0], Interaction)


def test_a_list_message_names_its_author_but_not_the_list(eml: Eml) -> None:
    to_list = {"To": "choir@l.example", "List_Post": "<mailto:choir@l.example>"}
    skipped = SkippedRow("letter.eml", "mailing list")

    assert eml(message_text(From="Ana Ash <ana@a.example>", **to_list)) == [
        skipped,
        ObservedName(person("ana@a.example", "Ana Ash"), MIDDAY.date()),
        MailingList(person("choir@l.example")),
    ]
    assert eml(message_text(From="Ana via Choir <choir@l.example>", **to_list)) == [
        skipped,
        MailingList(person("choir@l.example")),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2)])
def test_a_message_of_gmails_chat_without_recipients_is_to_the_others_of_its_conversation(
    tmp_path: Path, order: tuple[int, int, int]
) -> None:
    chat = {"X-Gmail-Labels": "Chat", "Date": ""}
    messages = [
        "From 1@xxx Thu Mar 03 12:00:00 +0000 2022\n" + message_text(To="", X_GM_THRID="7", **chat),
        "From 2@xxx Thu Mar 03 12:00:00 +0000 2022\n"
        + message_text(From="ben@b.example", To="ana@a.example", X_GM_THRID="7", **chat),
        "From 3@xxx Thu Mar 03 12:00:00 +0000 2022\n"
        + message_text(From="cy@c.example", To="", X_GM_THRID="8", **chat),
    ]
    path = tmp_path / "Chat.mbox"
    path.write_text("\n".join(messages[number] for number in order))

    *interactions, skipped, named = mailbox.read([path])

    ana, ben = person("ana@a.example"), person("ben@b.example")
    assert {(one.by, one.to, one.channel) for one in interactions if isinstance(one, Interaction)} == {
        (ana, (ben,), Channel.CHAT),
        (ben, (ana,), Channel.CHAT),
    }
    assert (skipped, named) == (
        SkippedRow("Chat.mbox", "no recipients"),
        ObservedName(person("cy@c.example"), MIDDAY.date()),
    )


def test_a_message_without_recipients_names_its_author(eml: Eml) -> None:
    assert eml(message_text(To="undisclosed-recipients:;")) == [
        SkippedRow("letter.eml", "no recipients"),
        ObservedName(person("ana@a.example"), MIDDAY.date()),
    ]


def test_a_long_header_is_read_up_to_the_limit(eml: Eml) -> None:
    crowd = ",\n ".join(f"p{n}@crowd.example" for n in range(1500))
    complete = message_text(To=crowd)
    oversized = message_text().replace("\n\n", "\nX-Long: " + "x" * 2 * MAX_HEADER + "\nTo: late@l.example\n")
    cut = message_text(Cc=", ".join(f"p{n}@crowd.example" for n in range(5000)))

    assert len(eml.interaction(complete).to) == 1500
    assert all(who.handles[0].text.endswith(".example") for who in eml.interaction(cut).to)
    assert eml.interaction(oversized).to == (person("ben@b.example"),)


def test_a_from_line_separates_messages_only_between_blank_and_field(
    tmp_path: Path,
) -> None:
    separator = "From ana@a.example Thu Mar  3 12:00:00 2022\n"
    text = (
        f"no blank line before\n{separator}To: x@x.example\n\n{separator}no field follows\n\n"
        f">{separator}To: x@x.example\n\nFrom here on, 12:00 2022\nTo: x@x.example\n\n"
    )
    inbox = tmp_path / "Inbox"

    for newline in ("\n", "\r\n"):
        content = separator + message_text() + text + separator + message_text()
        inbox.write_text(content, newline=newline)
        assert len(list(mailbox.read([inbox]))) == 2


def test_messages_across_chunks_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = tmp_path / "Inbox"
    inbox.write_text("".join(f"From \n{message_text(Message_ID=f'<{n}>')}{'x' * n * 7}\n\n" for n in range(300)))

    for chunk in (1, 7, 1024):
        monkeypatch.setattr("sources.mailbox.mail_files._CHUNK", chunk)
        ids = [record.id for record in mailbox.read([inbox]) if isinstance(record, Interaction)]
        assert ids == [str(n) for n in range(300)]


def test_the_owner_is_the_only_delivery_address(
    tmp_path: Path,
) -> None:
    box = tmp_path / "box"

    def owners(*messages: str) -> list[Record]:
        box.write_text("".join(f"From \n{one}\n" for one in messages))
        return [record for record in mailbox.read([box]) if isinstance(record, Owner)]

    to_ben = message_text(Delivered_To="ben@b.example")
    to_cleo = message_text(To="cleo@c.example", Delivered_To="cleo@c.example")
    to_internal = message_text(Delivered_To="box-17@mx.example")
    assert owners(to_ben, message_text(), to_ben) == [Owner(person("ben@b.example"))]
    assert owners(to_ben, to_cleo) == []
    assert owners(to_internal, to_internal) == []
    assert owners(message_text(X_Gmail_Labels="Sent")) == [Owner(person("ana@a.example"))]


def test_a_folder_named_updates_is_read(tmp_path: Path) -> None:
    (tmp_path / "Updates").write_text(f"From \n{message_text()}")

    assert [type(record) for record in mailbox.read([tmp_path / "Updates"])] == [Interaction]


@pytest.mark.parametrize("folder", ["Trash", "Drafts.mbox", "Junk"])
def test_folders_of_discarded_mail_are_skipped_by_name(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).write_text(f"From \n{message_text()}")

    assert [type(record) for record in mailbox.read([tmp_path / folder])] == [SkippedRow]


def test_the_flags_of_a_maildir_are_read(tmp_path: Path) -> None:
    for name in ("cur/1:2,S", "cur/2:2,RST", "cur/3:2,DS", "new/4", "tmp/5"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(message_text())

    kinds = Counter(getattr(record, "reason", "") for record in mailbox.read([tmp_path]))

    assert mailbox.identify(tmp_path)
    assert kinds == {"": 2, "trash": 1, "draft": 1}


def test_a_folder_of_messages_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text(message_text())
    (tmp_path / "notes.txt").write_text("To: do\n\nnothing")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "b").write_text(f"From \n{message_text()}")

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
def test_other_text_is_not_identified_as_mail(tmp_path: Path, text: str) -> None:
    (tmp_path / "file.mbox").write_text(text)

    assert not mailbox.identify(tmp_path / "file.mbox")
    assert not mailbox.identify(tmp_path)


def test_a_message_sent_by_an_assistant_is_their_interaction(eml: Eml) -> None:
    jane, max_ = person("jane.doe@acme.example", "Jane Doe"), person("m.kern@acme.example", "Max Kern")
    ben = person("ben@b.example")

    records = eml(
        message_text(
            From="Jane Doe <jane.doe@acme.example>", Sender="Max Kern <m.kern@acme.example>", Message_ID="<1@a>"
        )
    )

    assert records == [
        Assistance(max_, jane),
        ObservedName(jane, MIDDAY.date()),
        Interaction(max_, (ben,), MIDDAY, Channel.MAIL, "1@a"),
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
def test_an_assistant_has_another_name_in_the_same_domain(eml: Eml, sender: str) -> None:
    interaction = eml.interaction(message_text(From="Jane Doe <jane.doe@acme.example>", Sender=sender))

    assert interaction.by == person("jane.doe@acme.example", "Jane Doe")
