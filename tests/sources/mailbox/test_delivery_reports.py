"""Reports of mail servers that returned a message."""

from pathlib import Path

import pytest

from graph.records import Record, UnreachableHandles, UnreachableReason
from sources import mailbox
from tests.sources.mailbox.messages import MIDDAY, message_text, person

BEN, CLEO = person("ben@b.example"), person("cleo@c.example")
REPORT = """
--x
Content-Type: text/plain

This is the mail system at host a.example.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; a.example

Final-Recipient: rfc822; ben@b.example
Original-Recipient: rfc822;ben@b.example
Action: failed
Status: 5.1.1

Final-Recipient: rfc822; <cleo@c.example>
Action: failed
Status: 5.1.1

Final-Recipient: rfc822; dan@d.example
Action: delayed
Status: 4.4.1

--x
Content-Type: message/rfc822

From: ana@a.example
To: eva@e.example

--x--
"""
SERVER = "MAILER-DAEMON@a.example"


def unreachable(records: list[Record]) -> list[UnreachableHandles]:
    return [record for record in records if isinstance(record, UnreachableHandles)]


def read(path: Path) -> list[UnreachableHandles]:
    return unreachable(list(mailbox.read([path])))


def report(**fields: str) -> str:
    header = {
        "From": f"Mail Delivery System <{SERVER}>",
        "To": "ana@a.example",
        "Content_Type": "multipart/report; report-type=delivery-status;\n boundary=x",
    }
    return message_text(**{**header, **fields}).removesuffix("Text.\n") + REPORT


def stated(*people: object) -> list[UnreachableHandles]:
    return [UnreachableHandles(who, MIDDAY.date(), UnreachableReason.MAIL_RETURNED) for who in people]  # type: ignore[arg-type]


def test_the_recipients_whose_delivery_failed_are_read_from_the_report(tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    path.write_text(report())

    assert read(path) == stated(BEN, CLEO)


def test_reports_in_an_mbox_end_before_the_next_message(tmp_path: Path) -> None:
    line = "From MAILER-DAEMON Thu Mar  3 12:00:00 2022\n"
    head, _, rest = report().partition("Final-Recipient: rfc822; <cleo")
    path = tmp_path / "mbox"
    path.write_text(
        line + head + "\n\n" + line + message_text() + "\nAction: failed\nFinal-Recipient: rfc822; cleo" + rest
    )

    assert read(path) == stated(BEN)


@pytest.mark.parametrize("sender", ["Mail <mailer-daemon@googlemail.com>", "postmaster@a.example"])
def test_failed_recipients_are_read_from_the_header(tmp_path: Path, sender: str) -> None:
    path = tmp_path / "letter.eml"
    path.write_text(message_text(From=sender, To="ana@a.example", X_Failed_Recipients="ben@b.example, cleo@c.example"))

    assert read(path) == stated(BEN, CLEO)


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        *((status, True) for status in ("5.1.1", "5.2.1 (disabled)", "5.0.0", "5.4.1")),
        *((status, False) for status in ("5.1.8", "5.1.90", "5.2.2", "5.3.4", "5.6.1", "5.7.1", "4.4.7")),
    ],
)
def test_a_failure_counts_only_if_the_address_is_its_cause(tmp_path: Path, status: str, *, counts: bool) -> None:
    path = tmp_path / "letter.eml"
    path.write_text(report(X_Failed_Recipients="ben@b.example").replace("Status: 5.1.1", f"Status: {status}"))

    assert read(path) == stated(*[BEN, CLEO] * counts)


def test_a_person_cannot_report_that_mail_was_returned(tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    path.write_text(report(From="eva@e.example", X_Failed_Recipients="ben@b.example"))

    assert read(path) == []


def test_a_report_that_was_marked_as_spam_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    path.write_text(report(X_Gmail_Labels="Spam"))

    assert read(path) == []
