"""Whatever source a text comes from, it is stored without characters that hide, reorder or give orders."""

from datetime import date
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ingest.collect import collect_records
from graph.ingest.collected_load import CollectedLoad
from graph.names.keys import clean_text, identity_key
from graph.names.visible_text import visible_values
from graph.records import Handle, HandleKind
from graph.strength.model import model
from sources import READERS

ESCAPED = "\x1b]0;owned\x07\x9b31m\u202e"
EXPORTS = {
    "me@home.example.ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\n"
    "DTSTART:20261001T090000Z\r\nORGANIZER;CN=me:mailto:me@home.example\r\n"
    f'ATTENDEE;PARTSTAT=ACCEPTED;CN="Ic{ESCAPED} Cal":mailto:ic@evil.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    "candidates.csv": "Candidate ID,First Name,Last Name,Company,Title,Email Addresses,Phone Numbers,"
    "Social Media Addresses,Application ID,Job Name,Current Stage,Application Status,Source,Recruiter,Coordinator,"
    f"Rejection Reason\n101,Gh{ESCAPED},Cand,Co{ESCAPED},Ti{ESCAPED},gh@evil.example,,,9001,Head,New,Active,Applied,"
    "Rita,,\n",
    "card.vcf": f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Vc{ESCAPED} Card\r\nEMAIL:vc@evil.example\r\n"
    f"ORG:Firm{ESCAPED} Inc\r\nURL:https://www.linkedin.com/in/vc%1b%5D0;owned%07\r\nEND:VCARD\r\n",
    "raw.eml": f'From: "Ra{ESCAPED}w Mail" <raw@evil.example>\nTo: me@home.example\n'
    "Date: Sun, 1 Nov 2026 10:00:00 +0000\nMessage-ID: <2@evil.example>\n\nx\n",
    "encoded.eml": "From: =?utf-8?q?Nice_=1B]0;owned=07=1B]52;c;ZXZpbA=3D=3D=07=1B[2J_=E2=80=AE_Name?= "
    "<nice@evil.example>\nTo: me@home.example\nDate: Sun, 1 Nov 2026 10:00:00 +0000\n"
    "Message-ID: <1@evil.example>\n\nx\n",
}


def stored_texts(load: CollectedLoad) -> list[str]:
    """The names, titles, companies and identities of a load."""
    texts = [text for fact in load.facts for text in (fact.identity, fact.name, fact.title, fact.company) if text]
    texts += [name for _, _, name in load.names.values()]
    return texts + [text for by, towards, _ in load.evidence for text in (by, towards)] + sorted(load.names)


@pytest.mark.parametrize("file", EXPORTS)
def test_a_reader_stores_names_without_control_characters(tmp_path: Path, file: str) -> None:
    path = tmp_path / file
    path.write_text(EXPORTS[file], "utf-8", newline="")
    records = [record for reader in READERS if reader.identify(path) for record in reader.read([path])]

    texts = stored_texts(collect_records(records, model(), today=date(2026, 11, 22)))

    assert any("evil.example" in text for text in texts)
    assert any(text[:2] in ("Ic", "Gh", "Vc", "Ra", "Ni") for text in texts)
    assert [text for text in texts if not text.isprintable()] == []


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_name_keeps_visible_characters_only(text: str) -> None:
    assert {category(character) for character in clean_text(text)}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize("kind", list(HandleKind))
@pytest.mark.parametrize("hostile", ["\x1b]0;x\x07", "\u202e", "\u200b", "%1b%5b2J", "\x9b2J"])
def test_an_identity_has_no_control_characters(kind: HandleKind, hostile: str) -> None:
    texts = {
        HandleKind.EMAIL: f"evil{hostile}@evil.example",
        HandleKind.LINKEDIN: f"https://www.linkedin.com/in/evil{hostile}",
        HandleKind.SLACK: f"T1{hostile}/U1",
        HandleKind.PHONE: f"+49 151{hostile} 23456789",
        HandleKind.NAME: f"Evil{hostile} Name",
    }
    key = identity_key(Handle(kind, texts[kind]))

    assert key is None or key.isprintable()


def test_an_answer_of_the_api_loses_invisible_characters_only() -> None:
    data = {"name": f"Ra{ESCAPED}w", "lines": ["one\ntwo\tthree", 5, None, {"deep": "a\u202eb"}]}

    assert visible_values(data) == {
        "name": "Ra]0;owned31mw",
        "lines": ["one\ntwo\tthree", 5, None, {"deep": "ab"}],
    }
