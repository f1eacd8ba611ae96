"""Tests that the exports of several sources about one person become one person with all evidence."""

import json
from pathlib import Path

import neo4j

from graph.database.client import Graph
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from graph.ties.evidence import read_evidence
from operations.load_exports import load_paths
from tests.api.conftest import TODAY

CONNECTIONS = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ben,Okoro,https://www.linkedin.com/in/ben-okoro,ben@acme.example,Acme,CTO,03 Feb 2021
"""
LETTER = """From x@x Thu Jan 01 00:00:00 2026
From: {by}
To: {to}
Date: Mon, 02 Nov 2026 {hour}:00:00 +0000
Message-ID: <{hour}@x>

Words.

"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//a test//EN
BEGIN:VEVENT
UID:lunch
DTSTAMP:20261103T120000Z
DTSTART:20261103T120000Z
DTEND:20261103T130000Z
ORGANIZER:mailto:ana@home.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@home.example
ATTENDEE;CN=Ben Okoro;PARTSTAT=ACCEPTED:mailto:ben@acme.example
END:VEVENT
END:VCALENDAR
"""
CARD = """BEGIN:VCARD
VERSION:3.0
FN:Ben Okoro
EMAIL:ben@acme.example
EMAIL;TYPE=HOME:ben.okoro@home.example
TEL;TYPE=CELL:+4915123456789
END:VCARD
"""
USERS = [
    {"id": "U1", "team_id": "T1", "profile": {"real_name": "Ana Ferreira", "email": "ana@home.example"}},
    {"id": "U2", "team_id": "T1", "profile": {"real_name": "Ben Okoro", "email": "ben.okoro@home.example"}},
]
SAID = [
    {"type": "message", "user": "U2", "text": "Words.", "ts": "1793880000.000100"},
    {"type": "message", "user": "U1", "text": "More.", "ts": "1793880060.000200"},
]


def write(folder: Path) -> None:
    ana, ben = "Ana Ferreira <ana@home.example>", "Ben Okoro <ben@acme.example>"
    (folder / "Connections.csv").write_text(CONNECTIONS, "utf-8")
    (folder / "Sent.mbox").write_text(
        LETTER.format(by=ben, to=ana, hour="08") + LETTER.format(by=ana, to=ben, hour="09"), "utf-8"
    )
    (folder / "ana@home.example.ics").write_text(CALENDAR.replace("\n", "\r\n"), "utf-8", newline="")
    (folder / "contacts.vcf").write_text(CARD, "utf-8")
    slack = folder / "Slack export"
    (slack / "D1").mkdir(parents=True)
    (slack / "users.json").write_text(json.dumps(USERS), "utf-8")
    (slack / "channels.json").write_text("[]", "utf-8")
    (slack / "dms.json").write_text(json.dumps([{"id": "D1", "members": ["U1", "U2"]}]), "utf-8")
    (slack / "D1" / "2026-11-05.json").write_text(json.dumps(SAID), "utf-8")


async def test_five_kinds_of_exports_of_a_person_become_one_person(driver: neo4j.AsyncDriver, tmp_path: Path) -> None:
    write(tmp_path)
    graph = Graph(driver)
    network, member = await find_or_create_network(graph, "every", today=TODAY)

    report = await load_paths(graph, network, member, [tmp_path], today=TODAY, owner="ana@home.example")

    assert (report.failed, report.unrecognised) == ((), ())
    assert sorted(loaded.source.kind for loaded in report.loaded) == [
        "calendar",
        "linkedin",
        "mailbox",
        "slack",
        "vcard",
    ]
    viewer = build_viewer(await read_state(graph, network), member)
    ben = await resolve_reference(graph, viewer, "Ben Okoro")
    assert isinstance(ben, ResolvedTarget)
    assert ben.possible_duplicates == ()
    rows, _, _ = await driver.execute_query(
        "MATCH (:Person {id: $id})<-[:OF]-(i:Identity) RETURN i.key AS key ORDER BY key", id=ben.person.id
    )
    assert [row["key"] for row in rows] == [
        "email:ben.okoro@home.example",
        "email:ben@acme.example",
        "linkedin:ben-okoro",
        "phone:+4915123456789",
        "slack:T1/U2",
    ]
    assert viewer.person_id is not None
    evidence = await read_evidence(graph, viewer, [(ben.person.id, viewer.person_id)])
    assert evidence[ben.person.id, viewer.person_id].counts == {"mail": 1, "meeting": 1, "chat": 1}
    assert evidence[viewer.person_id, ben.person.id].counts == {"mail": 1, "meeting": 1, "chat": 1}
