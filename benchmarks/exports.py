"""Generates exports for the reading benchmark, each with a minimal reader that uses the standard library."""

import csv
import json
import mailbox
import random
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

NEWEST = datetime(2026, 11, 1, 10, tzinfo=UTC)
PEOPLE = 5_000


@dataclass(frozen=True, slots=True)
class GeneratedExport:
    """An export that `write(path, rows, body)` generates and `read_minimal` reads.

    `body` is the size of a message in bytes.
    """

    file: str
    write: Callable[[Path, int, int], None]
    read_minimal: Callable[[Path], Iterable[object]]


def _mailbox(path: Path, count: int, body: int) -> None:
    rng = random.Random(5)
    line = "Nothing of this is looked at, and it is here to be passed over quickly.\n"
    text = (line * (body // len(line) + 1)).encode()
    with path.open("wb") as file:
        for number in range(count):
            addresses = ("ana@home.example", f"p{rng.randrange(PEOPLE)}@far.example")
            sender, to = addresses if number % 2 else addresses[::-1]
            at = format_datetime(NEWEST - timedelta(minutes=rng.randrange(1_000_000)))
            head = (
                f"From x@x Thu Jan 01 00:00:00 2026\nFrom: {sender}\nTo: {to}\nDate: {at}\nMessage-ID: <{number}@x>\n"
            )
            file.write(f"{head}Subject: Words\nContent-Type: text/plain\n\n".encode())
            file.write(text[: rng.randrange(body // 2, body * 3 // 2)] + b"\n\n")


def _read_mailbox(path: Path) -> Iterator[object]:
    with closing(mailbox.mbox(path)) as messages:
        for message in messages:
            yield message["From"], message["To"], message["Message-ID"], parsedate_to_datetime(message["Date"])


def _events(path: Path, count: int, _: int) -> None:
    rng = random.Random(6)
    with path.open("w", encoding="utf-8", newline="\r\n") as file:
        file.write("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\nX-WR-CALNAME:ana@home.example\n")
        for number in range(count):
            at = NEWEST - timedelta(minutes=15 * rng.randrange(60_000))
            file.write(f"BEGIN:VEVENT\nUID:{number}@x\nDTSTAMP:{at:%Y%m%dT%H%M%SZ}\nDTSTART:{at:%Y%m%dT%H%M%SZ}\n")
            file.write("SUMMARY:Words\nORGANIZER:mailto:ana@home.example\n")
            for _ in range(3):
                file.write(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:p{rng.randrange(PEOPLE)}@far.example\n")
            file.write("END:VEVENT\n")
        file.write("END:VCALENDAR\n")


def _read_events(path: Path) -> Iterator[object]:
    event: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            yield datetime.strptime(event["DTSTART"][0], "%Y%m%dT%H%M%S%z"), event["ORGANIZER"], event["ATTENDEE"]
        else:
            event.setdefault(name.partition(";")[0], []).append(value)


def _cards(path: Path, count: int, _: int) -> None:
    with path.open("w", encoding="utf-8", newline="\r\n") as file:
        for n in range(count):
            file.write(f"BEGIN:VCARD\nVERSION:3.0\nFN:Person {n}\nN:{n};Person;;;\nEMAIL:p{n}@far.example\n")
            file.write(f"TEL;TYPE=CELL:+49151{n:08}\nORG:Firm {n % 997}\nTITLE:Engineer\nEND:VCARD\n")


def _read_cards(path: Path) -> Iterator[object]:
    card: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if line == "END:VCARD":
            yield card["FN"], card["EMAIL"], card["TEL"]
        else:
            card[name.partition(";")[0]] = value


def _table(header: str, row: str) -> Callable[[Path, int, int], None]:
    """A writer of CSV rows. `{n}` is the row's number, and `{firm}` one of a thousand."""

    def write(path: Path, count: int, _: int) -> None:
        with path.open("w", encoding="utf-8", newline="\r\n") as file:
            file.write(header + "\n")
            file.writelines(row.format(n=n, firm=n % 997, whom=n * 7919 % PEOPLE) + "\n" for n in range(count))

    return write


def _read_rows(path: Path) -> Iterator[object]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _chat(path: Path, count: int, _: int) -> None:
    rng = random.Random(9)
    (path / "D1").mkdir(parents=True)
    people = [f"U{n}" for n in range(2)]
    users = [{"id": id, "team_id": "T1", "profile": {"email": f"{id}@far.example"}} for id in people]
    (path / "users.json").write_text(json.dumps(users), "utf-8")
    (path / "channels.json").write_text("[]", "utf-8")
    (path / "dms.json").write_text(json.dumps([{"id": "D1", "members": people}]), "utf-8")
    for day in range(0, count, 1_000):
        messages = [
            {
                "type": "message",
                "user": rng.choice(people),
                "text": "Words, " * 20,
                "ts": f"{1_700_000_000 + 90 * day + n}.0",
            }
            for n in range(min(1_000, count - day))
        ]
        on = datetime.fromtimestamp(1_700_000_000 + 90 * day, UTC)
        (path / "D1" / f"{on:%Y-%m-%d}.json").write_text(json.dumps(messages), "utf-8")


def _read_chat(path: Path) -> Iterator[object]:
    for file in sorted(path.glob("*/*.json")):
        for message in json.loads(file.read_text("utf-8")):
            yield message["user"], float(message["ts"])


def _whatsapp(path: Path, count: int, _: int) -> None:
    text = "\n".join(["Words, "] * 2)
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            at = NEWEST - timedelta(hours=count - n)
            file.write(f"{at:%d/%m/%Y, %H:%M} - {('Ben Okafor', 'Ana Silva')[n % 2]}: {text}\n")


def _read_whatsapp(path: Path) -> Iterator[object]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if match := re.match(r"(\d\d/\d\d/\d{4}, \d\d:\d\d) - ([^:]+): ", line):
                yield datetime.strptime(match[1] + "Z", "%d/%m/%Y, %H:%M%z"), match[2]


_CANDIDATE_CELLS = "p{n}@far.example,+4915100{n:06},https://www.linkedin.com/in/p{n},Firm {firm},Engineer,Screen"
GENERATED_EXPORTS = {
    "mailbox": GeneratedExport("All mail.mbox", _mailbox, _read_mailbox),
    "calendar": GeneratedExport("ana@home.example.ics", _events, _read_events),
    "vcard": GeneratedExport("contacts.vcf", _cards, _read_cards),
    "slack": GeneratedExport("Slack export", _chat, _read_chat),
    "whatsapp": GeneratedExport("WhatsApp Chat with Ben Okafor.txt", _whatsapp, _read_whatsapp),
} | {
    kind: GeneratedExport("rows.csv", _table(header, row), _read_rows)
    for kind, (header, row) in {
        "linkedin": (
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            "Person{n},Nr{firm},https://www.linkedin.com/in/p{n},,Firm {firm},CTO,03 Feb 2021",
        ),
        "google contacts": (
            "First Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Value",
            "Person{n},Nr{firm},Firm {firm},Engineer,* myContacts,p{n}@far.example",
        ),
        "outlook contacts": (
            "First Name,Middle Name,Last Name,Company,Job Title,Mobile Phone,E-mail Address,E-mail Type,Web Page",
            "Person{n},,Nr{firm},Firm {firm},Engineer,+4915100{n:06},p{n}@far.example,SMTP,",
        ),
        "contacts": ("Name,Email,Phone,Company", "Person{n} Nr{firm},p{n}@far.example,+4915100{n:06},Firm {firm}"),
        "interactions": (
            "from,to,at,channel,message_id",
            "p{whom}@far.example,ana@home.example,2025-11-01T10:00:00Z,mail,{n}",
        ),
        "greenhouse": (
            "First Name,Last Name,Email Addresses,Phone Numbers,Social Media,Company,Title,Current Stage,Job Name",
            "Person{n},Nr{firm}," + _CANDIDATE_CELLS + ",Job {firm}",
        ),
        "lever": (
            "Full Name,Email,Phone,LinkedIn,Current Company,Current Title,Stage,Posting",
            "Person{n} Nr{firm}," + _CANDIDATE_CELLS + ",Job {firm}",
        ),
        "ashby": (
            "Candidate Name,Email,Phone,LinkedIn,Current Company,Current Title,Current Interview Stage,Credited To",
            "Person{n} Nr{firm}," + _CANDIDATE_CELLS + ",Ana Ek",
        ),
        "candidates": (
            "Candidate,Email,LinkedIn",
            "Person{n} Nr{firm},p{n}@far.example,https://www.linkedin.com/in/p{n}",
        ),
        "hubspot": (
            "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Company name,Job Title",
            "{n},Person{n},Nr{firm},p{n}@far.example,+4915100{n:06},Ana Ek (ana@home.example),Lead,Firm {firm},CFO",
        ),
        "salesforce": (
            "First Name,Last Name,Title,Account Name,Mobile,Email,Account Owner,Contact Owner",
            "Person{n},Nr{firm},CTO,Firm {firm},+4915100{n:06},p{n}@far.example,Ana Ek,Ana Ek",
        ),
    }.items()
}
