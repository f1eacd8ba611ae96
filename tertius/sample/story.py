"""The messages of the sample: one function for each situation that docs/sample.md describes."""

from datetime import date, timedelta

from tertius.sample.cast import (
    ANA,
    BRAD,
    CHIARA,
    CLAIRE,
    COLLEAGUES,
    ELIF,
    GRACE,
    HELENA,
    INGRID,
    JANE,
    LAST_DAY,
    LUKASZ,
    MARCUS,
    MATTEO,
    MIGUEL,
    NOOR,
    PIOTR,
    PRIYA,
    RUI,
    SAMUEL,
    TIRRENO,
    TOBIAS,
    ULRIKE,
    VICTOR,
    WEI_FREIGHT,
    WEI_OPTICS,
    WRITERS,
    SamplePerson,
    crowd,
)
from tertius.sample.takeout import Mailbox

FIRST_DAY = date(2025, 5, 22)
PILOT = "Harbour pilot <harbour-pilot@tidewater.example>"
EVENTS = "Tidewater events <events@tidewater.example>"
MEETUP = "Robotics Lisbon <robotics-lisbon@lists.example.org>"


def mailbox() -> bytes:
    """Return Ana's mailbox as Takeout writes it."""
    mail = Mailbox("mail")
    quiet_friend(mail)
    broadcaster(mail)
    two_introducers(mail)
    one_sided_tie(mail)
    lapsed_tie(mail)
    cold_emailer(mail)
    old_acquaintances(mail)
    everyday(mail)
    mailing_list(mail)
    automated_senders(mail)
    returned_mail(mail)
    unanswered_question(mail)
    introducer_of_several(mail)
    return mail.text()


def quiet_friend(mail: Mailbox) -> None:
    """Noor exchanges mail with Ana, and with Jane with Ana in copy. Ana never writes to Jane.

    Rui, a colleague, exchanged mail with Jane only until spring.
    """
    mail.talk(NOOR, ANA, FIRST_DAY, LAST_DAY, 17)
    mail.talk(NOOR, JANE, date(2026, 3, 2), LAST_DAY - timedelta(days=3), 16, cc=[ANA])
    mail.talk(RUI, ANA, FIRST_DAY, LAST_DAY - timedelta(days=1), 26)
    mail.talk(RUI, JANE, date(2026, 3, 9), date(2026, 5, 29), 26, cc=[ANA])


def broadcaster(mail: Mailbox) -> None:
    """Marcus writes to everybody with Ana in copy, and has answered her once.

    Her questions are sent a day after a round, so that the next round does not count as an answer.
    """
    hello = mail.write(mail.dice.moment(date(2025, 6, 3)), MARCUS, [ANA])
    thanks = mail.write(mail.later(hello), ANA, [MARCUS], answers=hello)
    mail.write(mail.later(thanks), MARCUS, [ANA], answers=thanks)
    rounds = mail.days(date(2025, 7, 1), LAST_DAY - timedelta(days=8), 32)
    for turn, day in enumerate(rounds):
        circle = [JANE, *mail.dice.some(crowd()[:WRITERS], mail.dice.between(4, 6))]
        news = mail.write(mail.dice.moment(day), MARCUS, circle, cc=[ANA], subject="The circle, this month")
        if turn % 5 == 2:
            mail.write(mail.later(news), circle[1], [MARCUS], cc=[ANA], answers=news)
        if turn % 2 == 0:
            mail.write(mail.dice.moment(day + timedelta(days=1)), ANA, [MARCUS], subject="A word with you?")
    everybody = [JANE, GRACE, RUI, ELIF, *crowd()[:22]]
    mail.write(mail.dice.moment(date(2026, 9, 9)), MARCUS, [ANA], cc=everybody, subject="Autumn dinner")


def two_introducers(mail: Mailbox) -> None:
    """Elif exchanges mail with Ana, Piotr with Elif, Grace with Piotr. Ana, in copy, answers only Elif."""
    mail.talk(ELIF, ANA, FIRST_DAY, LAST_DAY - timedelta(days=2), 24)
    mail.talk(ELIF, PIOTR, date(2026, 2, 16), LAST_DAY - timedelta(days=4), 17, cc=[ANA])
    mail.talk(PIOTR, GRACE, date(2026, 4, 13), LAST_DAY - timedelta(days=7), 14, cc=[ANA])


def one_sided_tie(mail: Mailbox) -> None:
    """Victor never answers Ana. His mail with Helena is visible because the pilot's address is in copy."""
    for day in mail.days(date(2025, 10, 1), date(2026, 9, 30), 60):
        mail.write(mail.dice.moment(day), ANA, [VICTOR], subject="Introducing Tidewater")
    mail.talk(VICTOR, HELENA, date(2026, 5, 4), LAST_DAY - timedelta(days=9), 20, cc=[PILOT])


def lapsed_tie(mail: Mailbox) -> None:
    """Claire and Ana exchanged mail until spring 2023. Claire exchanges mail with Samuel today.

    It is visible because the events address is in copy, not Ana.
    """
    mail.talk(CLAIRE, ANA, date(2022, 9, 5), date(2023, 3, 14), 40)
    mail.talk(CLAIRE, SAMUEL, date(2026, 6, 1), LAST_DAY - timedelta(days=10), 21, cc=[EVENTS])


def cold_emailer(mail: Mailbox) -> None:
    """Brad sells. Ana never wrote to him."""
    opening = mail.write(mail.dice.moment(date(2026, 8, 18)), BRAD, [ANA], subject="10x your pipeline, Ana?")
    for day in mail.days(date(2026, 8, 24), date(2026, 11, 16), 13):
        mail.write(mail.dice.moment(day), BRAD, [ANA], answers=opening)


def old_acquaintances(mail: Mailbox) -> None:
    """People who exchange mail with Ana, each an example of how exports write names."""
    mail.talk(MIGUEL, ANA, FIRST_DAY, LAST_DAY - timedelta(days=2), 45)
    mail.talk(PRIYA, ANA, FIRST_DAY, LAST_DAY - timedelta(days=1), 34)
    mail.talk(LUKASZ, ANA, date(2025, 9, 1), LAST_DAY - timedelta(days=5), 60)
    mail.talk(WEI_OPTICS, ANA, date(2026, 4, 20), LAST_DAY - timedelta(days=11), 80)
    mail.talk(WEI_FREIGHT, ANA, date(2026, 6, 8), LAST_DAY - timedelta(days=25), 70)


def everyday(mail: Mailbox) -> None:
    """Colleagues, and others who sometimes exchange mail with Ana, a few of them with each other."""
    for colleague in COLLEAGUES:
        mail.talk(colleague, ANA, FIRST_DAY, LAST_DAY - timedelta(days=mail.dice.between(0, 9)), 130)
    offsite = mail.dice.moment(date(2026, 10, 6))
    mail.write(offsite, ANA, list(COLLEAGUES), cc=[RUI], subject="Offsite")
    for number, person in enumerate(crowd()[:WRITERS]):
        until = LAST_DAY - timedelta(days=mail.dice.between(1, 60) * (1 + number % 4))
        every = mail.dice.between(60, 200)
        mail.talk(person, ANA, max(FIRST_DAY, until - timedelta(days=every + 40)), until, every, probability=0.7)
    for one, other in zip(crowd()[:12:2], crowd()[1:12:2], strict=True):
        mail.talk(one, other, date(2026, 7, 1), date(2026, 10, 30), 50, cc=[ANA], probability=0.8)


def mailing_list(mail: Mailbox) -> None:
    """A mailing list. Ulrike and Jane write to it too, which is no contact with Ana."""
    listed = {
        "List-Id": "Robotics Lisbon <robotics-lisbon.lists.example.org>",
        "Precedence": "list",
    }
    writers: list[SamplePerson] = [*crowd()[18:30], JANE, ULRIKE, NOOR, ANA, VICTOR]
    for number, day in enumerate(mail.days(FIRST_DAY, LAST_DAY - timedelta(days=1), 28)):
        by = writers[number % len(writers)]
        labels = "Sent" if by is ANA else "Inbox,Category Forums"
        mail.write(
            mail.dice.moment(day),
            by,
            [MEETUP],
            subject="[robotics-lisbon] Meetup",
            labels=labels,
            more=listed,
        )


def automated_senders(mail: Mailbox) -> None:
    """Newsletters, notifications and offers, and one message each in Spam, Trash and Drafts."""
    weekly = _sender("The Harbour Weekly", "news@harbourweekly.example")
    calendar = _sender("Calendar", "no-reply@calendar.example")
    shop = _sender("Kettle & Leaf", "hello@kettleandleaf.example")
    prize = _sender("Prize Office", "winner@prizeoffice.example")
    bulk = {
        "List-Id": "<weekly.harbourweekly.example>",
        "List-Unsubscribe": "<mailto:stop@harbourweekly.example>",
        "Precedence": "bulk",
    }
    auto = {"Auto-Submitted": "auto-generated"}
    updates, offers = "Inbox,Category Updates", "Inbox,Category Promotions"
    for day in mail.days(date(2025, 8, 1), LAST_DAY - timedelta(days=2), 45):
        mail.write(mail.dice.moment(day), weekly, [ANA], subject="This week", labels=updates, more=bulk)
    for day in mail.days(date(2025, 9, 1), LAST_DAY - timedelta(days=6), 60):
        mail.write(mail.dice.moment(day), calendar, [ANA], subject="Reminder", labels=updates, more=auto)
    for day in mail.days(date(2026, 1, 7), LAST_DAY - timedelta(days=12), 80):
        mail.write(mail.dice.moment(day), shop, [ANA], subject="Ten per cent off", labels=offers)
    mail.write(mail.dice.moment(date(2026, 10, 27)), prize, [ANA], subject="You have won", labels="Spam")
    mail.write(mail.dice.moment(date(2026, 7, 2)), shop, [ANA], subject="Your order", labels="Trash")
    mail.write(mail.dice.moment(date(2026, 11, 19)), ANA, [ULRIKE], subject="Hello?", labels="Drafts")


def returned_mail(mail: Mailbox) -> None:
    """Tobias exchanged mail with Ana and with Ingrid, with Ana in copy. Since November mail to him is returned."""
    mail.talk(TOBIAS, ANA, date(2026, 2, 2), date(2026, 8, 28), 60)
    mail.talk(TOBIAS, INGRID, date(2026, 4, 13), date(2026, 8, 21), 40, cc=[ANA])
    letter = mail.write(mail.dice.moment(date(2026, 11, 3)), ANA, [TOBIAS], subject="Your new address?")
    report = {"X-Failed-Recipients": TOBIAS.addresses[0], "Auto-Submitted": "auto-replied"}
    server = _sender("Mail Delivery Subsystem", "mailer-daemon@tidewater.example")
    at = letter.at + timedelta(minutes=1)
    mail.write(at, server, [ANA], subject="Delivery Status Notification (Failure)", labels="Inbox", more=report)


def unanswered_question(mail: Mailbox) -> None:
    """Matteo and Ana write to each other. His question of October has no answer."""
    mail.talk(MATTEO, ANA, date(2026, 4, 13), date(2026, 9, 25), 20)
    mail.write(mail.dice.moment(date(2026, 10, 13)), MATTEO, [ANA], subject="Are you free on Thursday?")


def introducer_of_several(mail: Mailbox) -> None:
    """Chiara exchanged mail with Ana until June, and with three people of Tirreno Lines, with Ana in copy."""
    mail.talk(CHIARA, ANA, date(2026, 4, 6), date(2026, 6, 26), 70)
    for person in TIRRENO:
        mail.talk(CHIARA, person, date(2026, 4, 13), date(2026, 6, 12), 25, cc=[ANA])


def _sender(name: str, address: str) -> SamplePerson:
    """Return an automated sender: a person without family name."""
    return SamplePerson(name, "", "", "", (address,))
