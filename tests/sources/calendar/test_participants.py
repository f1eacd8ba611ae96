"""Who took part in an event."""

import pytest

from graph.records import Assistance, MailingList, Meeting
from sources import calendar
from tests.sources.calendar.events import ANA, BEN, Ics, person


def participants(*lines: str, ics: Ics) -> list[str]:
    (record,) = ics("DTSTART:20260302T093000Z", *lines)
    return [one.handles[0].text for one in record.attendees] if isinstance(record, Meeting) else [repr(record)]


def test_participants_are_invited_people_who_did_not_decline(ics: Ics) -> None:
    people = participants(
        ANA,
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ana@a.example",
        "ATTENDEE;PARTSTAT=TENTATIVE:MAILTO:Ben@b.example",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:cleo@c.example",
        "ATTENDEE;PARTSTAT=DELEGATED:mailto:sent-another@d.example",
        "ATTENDEE;CUTYPE=ROOM:mailto:room@b.example",
        "ATTENDEE;CUTYPE=GROUP:mailto:team@b.example",
        "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:informed@b.example",
        "ATTENDEE:mailto:c_12ab@resource.calendar.google.com",
        "ATTENDEE:mailto:no-reply@booking.example",
        "ATTENDEE:invalid:nomail",
        ics=ics,
    )

    assert people == ["Ben@b.example", "cleo@c.example"]


@pytest.mark.parametrize("kind", ["ROOM", "RESOURCE", "GROUP"])
def test_an_address_that_is_marked_as_a_room_is_no_person_in_any_source(ics: Ics, kind: str) -> None:
    ics(ANA, BEN, "DTSTART:20260302T093000Z", f"ATTENDEE;CUTYPE={kind};CN=Elbe:mailto:elbe@b.example")

    marked = [record.person for record in calendar.read([ics.path]) if isinstance(record, MailingList)]

    assert marked == [person("elbe@b.example")]


@pytest.mark.parametrize(
    "attendee",
    [
        'CN="Room 4A (6 seats)";PARTSTAT=ACCEPTED:mailto:room-4a@b.example',
        "CN=CONF-BER-Spree;CUTYPE=INDIVIDUAL:mailto:conf-ber-spree@b.example",
        "CN=Isar;PARTSTAT=ACCEPTED:mailto:isar@b.example",  # the event's place
        "CN=Konferenzraum Elbe:mailto:kr-elbe@b.example",
        "CN=Salle de réunion B:mailto:x1@b.example",
        "CN=Sala de reuniones 2:mailto:x2@b.example",
        "CN=Vergaderzaal Maas:mailto:x3@b.example",
        "CN=Переговорная 3:mailto:x4@b.example",
        "CN=会議室A:mailto:x5@b.example",
        "CN=Saal 2:mailto:x6@b.example",
        "CN=Beamer:mailto:x7@b.example",
        "CN=all-hands;PARTSTAT=NEEDS-ACTION:mailto:all@b.example",
        "CN=Sales Team:mailto:sales@b.example",
        "mailto:mtg.rm.12@b.example",
        "CN=teamsroom3@b.example:mailto:teamsroom3@b.example",
        "CN=Zimmer 12:invalid:nomail",
    ],
)
def test_rooms_equipment_and_lists_that_nothing_marks_are_no_participants(ics: Ics, attendee: str) -> None:
    separator = ":" if attendee.startswith("mailto:") else ";"

    assert participants("LOCATION:Isar (8 Personen); Lobby", ANA, BEN, f"ATTENDEE{separator}{attendee}", ics=ics) == [
        "ana@a.example",
        "ben@b.example",
    ]


@pytest.mark.parametrize(
    "name", ["Anna Hall", "Hall, Anna", "Marco Sala", "Sala, Marco", "Hans Zimmer", "Tina Roomans", "Els van Dijk"]
)
def test_people_whose_names_resemble_rooms_are_participants(ics: Ics, name: str) -> None:
    assert participants(ANA, f'ATTENDEE;CN="{name}":mailto:x@b.example', "LOCATION:Room 1", ics=ics) == [
        "ana@a.example",
        "x@b.example",
    ]


def test_an_assistant_who_sends_the_invitation_is_not_a_participant(ics: Ics) -> None:
    organizer = 'ORGANIZER;SENT-BY="mailto:helper@a.example";CN="Silva, Ana":mailto:ana@a.example'

    assists, meeting = ics("DTSTART:20260302T093000Z", organizer, BEN)

    assert assists == Assistance(person("helper@a.example"), person("ana@a.example", "Silva, Ana"))
    assert isinstance(meeting, Meeting)
    assert meeting.attendees == (person("ana@a.example", "Silva, Ana"), person("ben@b.example"))


@pytest.mark.parametrize(
    "sender", ["ANA@a.example", "a.silva@a.example", "no-reply@a.example", "ana@other.example", ""]
)
def test_an_assistant_has_another_name_in_the_same_domain(ics: Ics, sender: str) -> None:
    organizer = f'ORGANIZER;SENT-BY="mailto:{sender}";CN=Ana Silva:mailto:ana@a.example'

    (record,) = ics("DTSTART:20260302T093000Z", organizer, BEN)

    assert isinstance(record, Meeting)
