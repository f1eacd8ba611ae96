"""Writes mail as Gmail Takeout does: one mbox file, with labels and thread ids as headers."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from email.utils import format_datetime

from tertius.sample import names
from tertius.sample.cast import ANA, LAST_DAY, SamplePerson
from tertius.sample.dice import Dice

_LATIN = 0x250


@dataclass(slots=True)
class Mail:
    """One message. `to` and `cc` contain header text, because not every recipient is a person."""

    at: datetime
    sender: str
    to: list[str]
    cc: list[str]
    subject: str
    body: str
    labels: str
    thread: int
    id: str
    zone: int = 0
    answers: str | None = None
    more: dict[str, str] = field(default_factory=dict)


class Mailbox:
    """Ana's messages, sorted by time when they are written."""

    def __init__(self, seed: str) -> None:
        self.dice = Dice(seed)
        self._mails: list[Mail] = []
        self._threads = 0

    def write(
        self,
        at: datetime,
        by: SamplePerson,
        to: Sequence[SamplePerson | str],
        *,
        cc: Sequence[SamplePerson | str] = (),
        subject: str | None = None,
        answers: Mail | None = None,
        labels: str | None = None,
        more: dict[str, str] | None = None,
    ) -> Mail:
        """Add a message. A `str` among the recipients is an address shared by several people."""
        self._threads += answers is None
        address = self._address(by)
        mail = Mail(
            at=at,
            sender=_mailbox(by.name, address),
            to=[self._recipient(one) for one in to],
            cc=[self._recipient(one) for one in cc],
            subject=f"Re: {answers.subject.removeprefix('Re: ')}"
            if answers
            else subject or self.dice.pick(names.SUBJECTS),
            body=f"{self.dice.pick(names.LINES)}\n{by.given}",
            labels=labels or ("Sent" if by is ANA else self.dice.pick(("Inbox", "Important,Inbox"))),
            thread=answers.thread if answers else self._threads,
            id=f"<{len(self._mails):x}.{at:%y%m%d%H%M}@{address.partition('@')[2]}>",
            zone=by.zone,
            answers=answers.id if answers else None,
            more=dict(more or {}),
        )
        if ANA in to:
            mail.more["Delivered-To"] = ANA.addresses[0]
        self._mails.append(mail)
        return mail

    def talk(
        self,
        one: SamplePerson,
        other: SamplePerson,
        since: date,
        until: date,
        every: int,
        *,
        cc: Sequence[SamplePerson | str] = (),
        probability: float = 1.0,
    ) -> None:
        """Add conversations, one about every `every` days, begun in turns, answered with this probability."""
        asker, asked = one, other
        for day in self.days(since, until, every):
            mail = self.write(self.dice.moment(day), asker, [asked], cc=cc)
            if self.dice.happens(probability):
                back = self.write(self.later(mail), asked, [asker], cc=cc, answers=mail)
                if self.dice.happens(0.2):
                    self.write(self.later(back), asker, [asked], cc=cc, answers=back)
            asker, asked = asked, asker

    def days(self, since: date, until: date, every: int) -> list[date]:
        """Return days between `since` and `until`, about `every` days apart, in ascending order."""
        days = [until]
        while (day := days[-1] - timedelta(days=self.dice.between(every - every // 4, every + every // 4))) >= since:
            days.append(day)
        return days[::-1]

    def later(self, mail: Mail) -> datetime:
        """Return the time of an answer: within three days, and sooner near the last day of the sample."""
        in_time = mail.at.date() < LAST_DAY - timedelta(days=7)
        return mail.at + timedelta(minutes=self.dice.between(6, 4000 if in_time else 110))

    def text(self) -> bytes:
        """Return the mbox file."""
        return b"".join(_entry(mail) for mail in sorted(self._mails, key=lambda mail: (mail.at, mail.id)))

    def _address(self, person: SamplePerson) -> str:
        first, *others = person.addresses
        return self.dice.pick(others) if others and self.dice.happens(0.4) else first

    def _recipient(self, one: SamplePerson | str) -> str:
        return one if isinstance(one, str) else _mailbox(one.name, self._address(one))


def _entry(mail: Mail) -> bytes:
    local = mail.at.astimezone(timezone(timedelta(hours=mail.zone)))
    number = 1_800_000_000_000_000_000 + mail.thread * 7_368_787
    headers = {
        "X-GM-THRID": str(number),
        "X-Gmail-Labels": mail.labels,
        **mail.more,
        "Date": format_datetime(local),
        "From": mail.sender,
        "To": ",\n ".join(mail.to),
        "Cc": ",\n ".join(mail.cc),
        "Subject": encoded(mail.subject),
        "Message-ID": mail.id,
        "In-Reply-To": mail.answers,
    }
    if not mail.body.isascii():
        headers |= {
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
    head = "".join(f"{key}: {value}\n" for key, value in headers.items() if value)
    clock, year = mail.at.ctime().rsplit(" ", 1)
    return f"From {number}@xxx {clock} +0000 {year}\n{head}\n{mail.body}\n\n".encode()


def _mailbox(name: str, address: str) -> str:
    return f"{encoded(name)} <{address}>"


def encoded(text: str) -> str:
    """Return header text, encoded by RFC 2047 unless it is ASCII."""
    if text.isascii():
        return text
    if all(ord(letter) < _LATIN for letter in text):
        q = "".join(chr(b) if chr(b).isascii() and chr(b).isalnum() else f"={b:02X}" for b in text.encode())
        return f"=?UTF-8?Q?{q.replace('=20', '_')}?="
    return f"=?UTF-8?B?{b64encode(text.encode()).decode()}?="
