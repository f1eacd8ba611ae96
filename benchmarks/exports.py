"""Exports made for reading, each with what one would write by hand, with the standard library, to read the same."""

import csv
import json
import mailbox
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

NEWEST = datetime(2026, 11, 1, 10, tzinfo=UTC)
PEOPLE = 5_000


@dataclass(frozen=True, slots=True)
class Made:
    """`write` puts so many rows at a path, of so many bytes each where rows have bodies; `by_hand` reads them again."""

    file: str
    write: Callable[[Path, int, int], None]
    by_hand: Callable[[Path], Iterable[object]]


def _letters(path: Path, count: int, body: int) -> None:
    dice = random.Random(5)
    line = "Nothing of this is looked at, and it is here to be passed over quickly.\n"
    text = (line * (body // len(line) + 1)).encode()
    with path.open("wb") as file:
        for number in range(count):
            there = ("ana@home.example", f"p{dice.randrange(PEOPLE)}@far.example")
            sender, to = there if number % 2 else there[::-1]
            at = format_datetime(NEWEST - timedelta(minutes=dice.randrange(1_000_000)))
            head = (
                f"From x@x Thu Jan 01 00:00:00 2026\nFrom: {sender}\nTo: {to}\nDate: {at}\nMessage-ID: <{number}@x>\n"
            )
            file.write(f"{head}Subject: Words\nContent-Type: text/plain\n\n".encode())
            file.write(text[: dice.randrange(body // 2, body * 3 // 2)] + b"\n\n")


def _letters_by_hand(path: Path) -> Iterator[object]:
    for letter in mailbox.mbox(path):
        yield letter["From"], letter["To"], letter["Message-ID"], parsedate_to_datetime(letter["Date"])


def _events(path: Path, count: int, _: int) -> None:
    dice = random.Random(6)
    with path.open("w", encoding="utf-8", newline="\r\n") as file:
        file.write("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\nX-WR-CALNAME:ana@home.example\n")
        for number in range(count):
            at = NEWEST - timedelta(minutes=15 * dice.randrange(60_000))
            file.write(f"BEGIN:VEVENT\nUID:{number}@x\nDTSTAMP:{at:%Y%m%dT%H%M%SZ}\nDTSTART:{at:%Y%m%dT%H%M%SZ}\n")
            file.write("SUMMARY:Words\nORGANIZER:mailto:ana@home.example\n")
            for _ in range(3):
                file.write(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:p{dice.randrange(PEOPLE)}@far.example\n")
            file.write("END:VEVENT\n")
        file.write("END:VCALENDAR\n")


def _events_by_hand(path: Path) -> Iterator[object]:
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


def _cards_by_hand(path: Path) -> Iterator[object]:
    card: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if line == "END:VCARD":
            yield card["FN"], card["EMAIL"], card["TEL"]
        else:
            card[name.partition(";")[0]] = value


def _contacts(path: Path, count: int, _: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            ["First Name", "Last Name", "Organization Name", "Organization Title", "Labels", "E-mail 1 - Value"]
        )
        rows.writerows(
            [f"Person{n}", f"Nr{n % 997}", f"Firm {n % 997}", "Engineer", "* myContacts", f"p{n}@far.example"]
            for n in range(count)
        )


def _connections(path: Path, count: int, _: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
        rows.writerows(
            [
                f"Person{n}",
                f"Nr{n % 997}",
                f"https://www.linkedin.com/in/p{n}",
                "",
                f"Firm {n % 997}",
                "CTO",
                "03 Feb 2021",
            ]
            for n in range(count)
        )


def _interactions(path: Path, count: int, _: int) -> None:
    dice = random.Random(8)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["from", "to", "at", "channel", "message_id"])
        rows.writerows(
            [
                f"p{dice.randrange(PEOPLE)}@far.example",
                "ana@home.example",
                f"{NEWEST - timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ}",
                "mail",
                n,
            ]
            for n in range(count)
        )


def _rows_by_hand(path: Path) -> Iterator[object]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _chat(path: Path, count: int, _: int) -> None:
    dice = random.Random(9)
    (path / "D1").mkdir(parents=True)
    people = [f"U{n}" for n in range(2)]
    users = [{"id": id, "team_id": "T1", "profile": {"email": f"{id}@far.example"}} for id in people]
    (path / "users.json").write_text(json.dumps(users), "utf-8")
    (path / "channels.json").write_text("[]", "utf-8")
    (path / "dms.json").write_text(json.dumps([{"id": "D1", "members": people}]), "utf-8")
    for day in range(0, count, 1_000):
        said = [
            {
                "type": "message",
                "user": dice.choice(people),
                "text": "Words, " * 20,
                "ts": f"{1_700_000_000 + 90 * day + n}.0",
            }
            for n in range(min(1_000, count - day))
        ]
        on = datetime.fromtimestamp(1_700_000_000 + 90 * day, UTC)
        (path / "D1" / f"{on:%Y-%m-%d}.json").write_text(json.dumps(said), "utf-8")


def _chat_by_hand(path: Path) -> Iterator[object]:
    for file in sorted(path.glob("*/*.json")):
        for said in json.loads(file.read_text("utf-8")):
            yield said["user"], float(said["ts"])


MADE = {
    "mailbox": Made("All mail.mbox", _letters, _letters_by_hand),
    "calendar": Made("ana@home.example.ics", _events, _events_by_hand),
    "vcard": Made("contacts.vcf", _cards, _cards_by_hand),
    "google contacts": Made("contacts.csv", _contacts, _rows_by_hand),
    "linkedin": Made("Connections.csv", _connections, _rows_by_hand),
    "interactions": Made("seen.csv", _interactions, _rows_by_hand),
    "slack": Made("Slack export", _chat, _chat_by_hand),
}
