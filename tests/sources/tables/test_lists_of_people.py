"""Whom a list of people contains: the owner's connections, contacts of a company, or candidates."""

from pathlib import Path

import pytest

from graph.records import Connection, Owner, ReadingNote, Record, RosterEntry
from sources import find_exports, read_export, readers_with_hints
from sources.tables.sheets import ListKind, SheetHints

RECRUITER = (
    "First Name,Last Name,Headline,Location,Current Title,Current Company,Email Address,Phone Number,Profile URL,"
    "Active Project,Notes,Feedback\n"
    'Ilse,Berg,"Lead, ex-Quillon",Ghent,Lead,Quillon,ilse@berg.example,,https://www.linkedin.com/in/ilse-x1,Backend,,\n'
)
CANDIDATES = {
    "LinkedIn Recruiter": RECRUITER,
    "a talent hub": "candidate_id,first_name,last_name,emails,profile_url,hiring_state_id\n7,Lin,Qiu,l@qiu.example,,12\n",  # noqa: E501
    "Greenhouse": "Candidate Name,Candidate ID,Job,Status,Email Addresses\nKofi Addo,99,Backend,Active,kofi@addo.example\n",  # noqa: E501
    "Lever": "Full name,Email,Stage,Origin\nAna Prado,ana@prado.example,New lead,Sourced\n",
    "a German system": "Vorname,Nachname,E-Mail-Adresse,Gehaltsvorstellung\nUwe,Kranz,uwe@kranz.example,60000\n",
    "German candidates": "Bewerber;E-Mail-Adresse;Mobiltelefon\nUwe Kranz;uwe@kranz.example;\n",
}
CONTACTS = {
    "Apollo": "First Name,Last Name,Title,Company,Email,Email Status,Seniority\nHugo,Brandt,CTO,Brandt,h@brandt.example,ok,C\n",  # noqa: E501
    "HubSpot with default columns": "Record ID,First Name,Last Name,Email,Company\n1,Ned,Doyle,ned@doyle.example,Doyle\n",  # noqa: E501
    "Pipedrive": "Person - Name,Person - Email - Work,Person - Owner\nVera Lund,vera@lund.example,Me\n",
    "Salesforce": "First Name,Last Name,Account Name,Email,Account Owner\nPiet,Maas,Bergamot,piet@bergamot.example,Sam\n",  # noqa: E501
    "a lead list with Outlook's columns": "First Name,Last Name,E-mail Address,Business Phone,Lead Source\nA,B,a@b.example,,Fair\n",  # noqa: E501
}
UNKNOWN = {
    "names and addresses": "Name,Email,Company\nElla Dijk,ella@dijk.example,Dijk\n",
    "names and numbers": "Name;Telefon\nElla Dijk;+49 1512 3456789\n",
    "a header that Outlook has too": "Vorname;Nachname;E-Mail-Adresse;Mobiltelefon\nElla;Dijk;ella@dijk.example;\n",
}
ADDRESS_BOOKS = {
    "Outlook, Polish": '"Imię","Nazwisko","Telefon komórkowy","Adres e-mail","Typ poczty e-mail"\n"Ala","Lis","","a@l.example","SMTP"\n',  # noqa: E501
    "Outlook, Swedish": '"Förnamn","Efternamn","Mobiltelefon","E-postadress","E-posttyp"\n"Åsa","Ek","","a@e.example","SMTP"\n',  # noqa: E501
    "Outlook, Japanese": '"姓","名","携帯電話","電子メール アドレス","電子メールの種類"\n"山田","太郎",,t@y.example,',
    "Thunderbird": "First Name,Last Name,Display Name,Primary Email,Screen Name,Work Phone\nTove,Ek,Tove Ek,t@e.example,,\n",  # noqa: E501
    "Thunderbird, German": "Vorname,Nachname,Anzeigename,Primäre E-Mail-Adresse,Messenger-Name\nUwe,Ek,Uwe Ek,u@e.example,\n",  # noqa: E501
}


def read(
    folder: Path, text: str, list_kind: ListKind | None = None, name: str = "list.csv"
) -> tuple[str, list[Record]]:
    (folder / name).write_text(text, "utf-8")
    readers = readers_with_hints(SheetHints({}, list_kind))
    (export,) = find_exports([folder / name], readers).exports
    return export.kind, [*read_export(export, readers)]


def notes(records: list[Record]) -> list[str]:
    return [record.text for record in records if isinstance(record, ReadingNote)]


def kinds(records: list[Record]) -> set[type]:
    return {type(record) for record in records} & {Connection, RosterEntry, Owner}


@pytest.mark.parametrize("text", CANDIDATES.values(), ids=CANDIDATES)
def test_candidates_are_nobodys_connections(tmp_path: Path, text: str) -> None:
    kind, records = read(tmp_path, text)

    assert kinds(records) == {RosterEntry}
    assert kind in {"candidates", "greenhouse", "lever"}


@pytest.mark.parametrize("text", CONTACTS.values(), ids=CONTACTS)
def test_contacts_of_a_company_are_nobodys_connections(tmp_path: Path, text: str) -> None:
    _, records = read(tmp_path, text)

    assert kinds(records) == {RosterEntry}
    assert not any("load it again" in note for note in notes(records))


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_list_has_no_connections_and_the_report_asks(tmp_path: Path, text: str) -> None:
    kind, records = read(tmp_path, text)

    assert kinds(records) == {RosterEntry}
    assert kind == "contacts"
    (note,) = notes(records)
    assert note.endswith("load it again as connections. If they are candidates, load it again as candidates.")


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_the_user_can_say_whom_a_list_contains(tmp_path: Path, text: str) -> None:
    as_connections = read(tmp_path, text, ListKind.CONNECTIONS)
    as_candidates = read(tmp_path, text, ListKind.CANDIDATES)

    assert (as_connections[0], kinds(as_connections[1])) == ("contacts", {Connection})
    assert (as_candidates[0], kinds(as_candidates[1])) == ("candidates", {RosterEntry})
    assert notes(as_connections[1]) == ["Read as an address book: its people are your connections."]


@pytest.mark.parametrize("text", ADDRESS_BOOKS.values(), ids=ADDRESS_BOOKS)
def test_an_address_book_has_connections(tmp_path: Path, text: str) -> None:
    _, records = read(tmp_path, text)

    assert kinds(records) == {Connection}
    assert [len(record.person.handles) for record in records if isinstance(record, Connection)] == [1]


@pytest.mark.parametrize(
    "text",
    [
        RECRUITER,
        "First Name,Last Name,Headline,Location\nIlse,Berg,Lead,Ghent\n",
        "First Name,Last Name,Headline,Summary\nIlse,Berg,Lead,\nAda,Ek,CTO,\n",
        "Name,Email Address,Confirmed,Primary\nIlse Berg,ilse@berg.example,Yes,Yes\n",
        "First Name,Last Name,Company Name,Title,Started On,Finished On\nIlse,Berg,Acme,CTO,2020,\n",
    ],
)
def test_a_list_of_other_people_never_states_the_owner(tmp_path: Path, text: str) -> None:
    (tmp_path / "list.csv").write_text(text, "utf-8")

    for export in find_exports([tmp_path / "list.csv"]).exports:
        assert export.kind != "linkedin"
        assert not any(isinstance(record, Owner) for record in read_export(export))
