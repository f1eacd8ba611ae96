"""Writes a LinkedIn archive as LinkedIn does, with the date format of each of its files.

The zip is not compressed, because versions of zlib may compress to different bytes.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from tertius.sample.cast import (
    ANA,
    AYLIN,
    COLLEAGUES,
    ELIF,
    INVITING_COLLECTOR,
    JOANA,
    LAST_DAY,
    LUKASZ,
    MARCUS,
    MIGUEL,
    NILS,
    NOOR,
    PRIYA,
    ROLES,
    RUI,
    THEO,
    WEI_OPTICS,
    SamplePerson,
    crowd,
)
from tertius.sample.dice import Dice

_HEADERS = {
    "Connections.csv": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "messages.csv": (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
        "DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
    ),
    "Invitations.csv": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
    "Recommendations_Received.csv": ("First Name,Last Name,Company,Job Title,Text,Creation Date,Status"),
    "Recommendations_Given.csv": "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
    "Endorsement_Received_Info.csv": (
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status"
    ),
    "Endorsement_Given_Info.csv": (
        "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status"
    ),
    "Profile.csv": (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
        "Geo Location,Twitter Handles,Websites,Instant Messengers"
    ),
    "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On",
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities",
    "Skills.csv": "Name",
    "Company Follows.csv": "Organization,Followed On",
    "Registration.csv": "Registered At,Registration Ip,Subscription Types",
    "Jobs/Job Applications.csv": (
        "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
        "Resume Name,Question And Answers"
    ),
    "Jobs/Saved Jobs.csv": "Saved Date,Job Url,Job Title,Company Name",
}
_NOTE = (
    "When exporting your connection data, you may notice that some of the email addresses are "
    "missing. You will only see those of connections who have allowed their connections to see them."
)
_SKILLS = ("Partnerships", "Negotiation", "Sensor Data", "Ports and Harbours", "Public Speaking")
_ZIPPED = (2026, 11, 20, 18, 0, 0)

Row = tuple[str, ...]


def archive() -> bytes:
    """Return the zip file."""
    dice = Dice("linkedin")
    tables: dict[str, Iterable[Row]] = {
        "Connections.csv": _connections(),
        "messages.csv": _messages(dice),
        "Invitations.csv": _invitations(dice),
        "Recommendations_Received.csv": _recommendations((NOOR, ELIF, RUI)),
        "Recommendations_Given.csv": _recommendations((PRIYA, MIGUEL)),
        "Endorsement_Received_Info.csv": _endorsements(dice, (NOOR, MARCUS, *crowd()[24:39])),
        "Endorsement_Given_Info.csv": _endorsements(dice, (MARCUS, LUKASZ, *crowd()[38:48])),
        **_about_ana(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as files:
        for name, rows in tables.items():
            entry = zipfile.ZipInfo(name, _ZIPPED)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            files.writestr(entry, _text(name, rows))
    return buffer.getvalue()


def _text(name: str, rows: Iterable[Row]) -> str:
    text = io.StringIO()
    if name == "Connections.csv":
        text.write(f'Notes:\n"{_NOTE}"\n\n')
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_HEADERS[name].split(","))
    table.writerows(rows)
    return text.getvalue()


def _connections() -> list[Row]:
    """Return connections, newest first. Two have closed their accounts: their rows have only a date."""
    everybody = (*ROLES, *COLLEAGUES, *crowd())
    listed = sorted(
        ((one.listed, one.profile, one) for one in everybody if one.listed),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    rows: list[Row] = [
        (one.given, one.family, profile, one.shown, one.company, one.title, _day(since))
        for since, profile, one in listed
    ]
    gone = [("", "", "", "", "", "", _day(date(year, 4, 9))) for year in (2016, 2019)]
    return [*rows, *gone]


def _messages(dice: Dice) -> list[Row]:
    """Return conversations of two, one of four, an unanswered recruiter, an advertisement and a draft."""
    pairs = [(NOOR, 400), (MIGUEL, 90), (PRIYA, 35), (ELIF, 210), (WEI_OPTICS, 150)]
    pairs += [(one, dice.between(20, 900)) for one in crowd()[28:40]]
    rows: list[Row] = []
    for talk, (one, ago) in enumerate(pairs):
        at = dice.moment(LAST_DAY - timedelta(days=ago))
        rows.append(_message(talk, at, one, [ANA], "Hello Ana, are you at the fair this year?"))
        answered = at + timedelta(hours=dice.between(1, 70))
        rows.append(_message(talk, answered, ANA, [one], "I am, both days. Coffee?"))
    four = [ANA, MIGUEL, COLLEAGUES[1], crowd()[2]]
    at = dice.moment(date(2026, 9, 14))
    for number, by in enumerate((MIGUEL, COLLEAGUES[1], ANA, MIGUEL)):
        others = [one for one in four if one is not by]
        later = at + timedelta(minutes=20 * number)
        rows.append(_message(50, later, by, others, "Dinner on Wednesday?"))
    for week in range(3):
        at = dice.moment(date(2026, 9, 1) + timedelta(weeks=week))
        rows.append(_message(51, at, crowd()[60], [ANA], "A role that fits you. Ten minutes?"))
    advertiser = SamplePerson("LinkedIn Member", "", "", "")
    at = dice.moment(date(2026, 3, 3))
    rows.append(_message(52, at, advertiser, [ANA], "Try our platform for free."))
    at = dice.moment(date(2026, 11, 18))
    rows.append(_message(53, at, ANA, [crowd()[61]], "Dear", draft=True))
    rows.append(_message(54, dice.moment(LAST_DAY), crowd()[40], [ANA], "Is Friday still good?"))
    at = Dice("invitations' messages").moment(LAST_DAY - timedelta(days=95))
    rows.append(_message(55, at, JOANA, [ANA], "Whom do I ask about the pilot?"))
    rows.append(_message(55, at + timedelta(hours=3), ANA, [JOANA], "Me."))
    return sorted(rows, key=lambda row: row[6], reverse=True)


def _message(
    talk: int,
    at: datetime,
    by: SamplePerson,
    to: Sequence[SamplePerson],
    content: str,
    *,
    draft: bool = False,
) -> Row:
    sender = (by.name, by.profile if by.family else "")
    receivers = (",".join(one.name for one in to), ",".join(one.profile for one in to))
    flags = ("Yes" if draft else "No", "No")
    when = f"{at:%Y-%m-%d %H:%M:%S} UTC"
    return (f"2-c0nv{talk:04d}", "", *sender, *receivers, when, "", content, "INBOX", "", *flags)


def _invitations(dice: Dice) -> list[Row]:
    """Return invitations of connections, and those without an answer: each calls for another advice."""

    def row(by: SamplePerson, to: SamplePerson, note: str = "", at: datetime | None = None) -> Row:
        at = at or dice.moment(LAST_DAY - timedelta(days=dice.between(5, 170)))
        direction = "OUTGOING" if by is ANA else "INCOMING"
        return by.name, to.name, _american(at), note, direction, by.profile, to.profile

    bare = [row(one, ANA) for one in crowd()[70:76]]
    noted = [row(one, ANA, "We met at the port conference.") for one in crowd()[76:79]]
    sent = [row(ANA, one) for one in crowd()[80:83]]
    answered = [*bare, *noted, *sent, row(ANA, crowd()[83], "Shall we talk?")]
    later = Dice("invitations")  # of their own, so that the other rows stay as they were
    waiting = [(JOANA, ANA, 12), (NILS, ANA, 20), (INVITING_COLLECTOR, ANA, 6), (ANA, THEO, 71), (ANA, AYLIN, 8)]
    return answered + [
        row(by, to, "We met at the fair." if by is NILS else "", at=later.moment(LAST_DAY - timedelta(days=ago)))
        for by, to, ago in waiting
    ]


def _recommendations(people: Sequence[SamplePerson]) -> list[Row]:
    text = "Clear, quick and kind, even in the last week before a launch."
    return [
        (one.given, one.family, one.company, one.title, text, f"0{month}/11/26, 09:45 AM", "VISIBLE")
        for month, one in enumerate(people, start=2)
    ]


def _endorsements(dice: Dice, people: Sequence[SamplePerson]) -> list[Row]:
    rows: list[Row] = []
    for one in people:
        at = dice.moment(LAST_DAY - timedelta(days=dice.between(60, 1500)))
        url = one.profile.removeprefix("https://")
        when = f"{at:%Y/%m/%d %H:%M:%S} UTC"
        rows.append((when, dice.pick(_SKILLS), one.given, one.family, url, "ACCEPTED"))
    return rows


def _about_ana() -> dict[str, list[Row]]:
    names, lisbon = (ANA.given, ANA.family), "Lisbon, Portugal"
    about = (f"{ANA.title} at {ANA.company}", "Ports, sensors and people.", "Data Services")
    job = "https://jobs.example/4711"
    return {
        "Profile.csv": [(*names, "", "", "", *about, "", lisbon, "", "", "")],
        "Email Addresses.csv": [
            (ANA.addresses[0], "Yes", "Yes", "3/1/21, 8:02 AM"),
            ("ana@ferreira-lisboa.example", "Yes", "No", "Not Available"),
        ],
        "Positions.csv": [
            (ANA.company, ANA.title, "", lisbon, "Mar 2021", ""),
            ("Cobalt Studio", "Account Manager", "", lisbon, "Sep 2016", "Feb 2021"),
            ("Lodestar Freight", "Trainee", "", "Porto, Portugal", "2014", "2016"),
        ],
        "Education.csv": [("Instituto do Cais", "2009", "2014", "", "MSc, Transport Systems", "Rowing")],
        "Skills.csv": [(skill,) for skill in _SKILLS],
        "Company Follows.csv": [
            ("Halden Robotics", "Wed Jun 24 12:43:42 UTC 2026"),
            ("Northwind Grid", "Thu Oct 24 16:49:32 UTC 2024"),
        ],
        "Registration.csv": [("9/14/12, 7:45 PM", "203.0.113.7", "Core")],
        "Jobs/Job Applications.csv": [
            ("12/2/20, 4:11 PM", ANA.addresses[0], "", ANA.company, ANA.title, job, "ana.pdf", "")
        ],
        "Jobs/Saved Jobs.csv": [
            ("9/1/26, 9:00 AM", "https://jobs.example/4712", "Head of Alliances", "Halden Robotics")
        ],
    }


def _day(day: date) -> str:
    """Format as `20 Nov 2026` in every locale."""
    return f"{day:%d} {day.ctime()[4:7]} {day.year}"


def _american(at: datetime) -> str:
    hour = f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
    return f"{at.month}/{at.day}/{at:%y}, {hour}"
