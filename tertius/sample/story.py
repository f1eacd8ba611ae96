"""Who wrote to whom, and when: one function to a part of the story that docs/sample.md tells."""

from datetime import date, timedelta

from tertius.sample.cast import (
    ANA,
    BRAD,
    CLAIRE,
    COLLEAGUES,
    ELIF,
    GRACE,
    HELENA,
    JANE,
    LAST_DAY,
    LUKASZ,
    MARCUS,
    MIGUEL,
    NOOR,
    PIOTR,
    PRIYA,
    RUI,
    SAMUEL,
    ULRIKE,
    VICTOR,
    WEI_FREIGHT,
    WEI_OPTICS,
    WRITERS,
    Person,
    crowd,
)
from tertius.sample.takeout import Mailbox

FIRST_DAY = date(2025, 5, 22)
PILOT = "Harbour pilot <harbour-pilot@tidewater.example>"
EVENTS = "Tidewater events <events@tidewater.example>"
MEETUP = "Robotics Lisbon <robotics-lisbon@lists.example.org>"


def mailbox() -> bytes:
    """Ana's whole mailbox, as Takeout writes it."""
    mail = Mailbox("mail")
    the_quiet_friend(mail)
    the_hub(mail)
    two_introducers(mail)
    who_never_answered(mail)
    gone_cold(mail)
    the_cold_emailer(mail)
    old_acquaintances(mail)
    everyday(mail)
    the_mailing_list(mail)
    machines(mail)
    return mail.text()


def the_quiet_friend(mail: Mailbox) -> None:
    """Noor writes with Ana, and with Jane while Ana reads along. Ana herself never writes to Jane.

    Rui, a colleague, wrote with Jane too, but that was in spring.
    """
    mail.talk(NOOR, ANA, FIRST_DAY, LAST_DAY, 17)
    mail.talk(NOOR, JANE, date(2026, 3, 2), LAST_DAY - timedelta(days=3), 16, cc=[ANA])
    mail.talk(RUI, ANA, FIRST_DAY, LAST_DAY - timedelta(days=1), 26)
    mail.talk(RUI, JANE, date(2026, 3, 9), date(2026, 5, 29), 26, cc=[ANA])


def the_hub(mail: Mailbox) -> None:
    """Marcus writes to everybody, Ana in copy, and has answered her once.

    Her questions come a day after a round, so that the next round is no answer to them.
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
    """Elif writes with Ana, Piotr with Elif, Grace with Piotr. Ana, in copy, answers Elif only."""
    mail.talk(ELIF, ANA, FIRST_DAY, LAST_DAY - timedelta(days=2), 24)
    mail.talk(ELIF, PIOTR, date(2026, 2, 16), LAST_DAY - timedelta(days=4), 17, cc=[ANA])
    mail.talk(PIOTR, GRACE, date(2026, 4, 13), LAST_DAY - timedelta(days=7), 14, cc=[ANA])


def who_never_answered(mail: Mailbox) -> None:
    """Victor never answers Ana. That he writes with Helena is seen by the pilot's address in copy."""
    for day in mail.days(date(2025, 10, 1), date(2026, 9, 30), 60):
        mail.write(mail.dice.moment(day), ANA, [VICTOR], subject="Introducing Tidewater")
    mail.talk(VICTOR, HELENA, date(2026, 5, 4), LAST_DAY - timedelta(days=9), 20, cc=[PILOT])


def gone_cold(mail: Mailbox) -> None:
    """Claire and Ana wrote until spring 2023. Claire writes with Samuel today.

    That is seen because the events address, and not Ana, is in copy.
    """
    mail.talk(CLAIRE, ANA, date(2022, 9, 5), date(2023, 3, 14), 40)
    mail.talk(CLAIRE, SAMUEL, date(2026, 6, 1), LAST_DAY - timedelta(days=10), 21, cc=[EVENTS])


def the_cold_emailer(mail: Mailbox) -> None:
    """Brad sells. Ana never wrote a word to him."""
    opening = mail.write(mail.dice.moment(date(2026, 8, 18)), BRAD, [ANA], subject="10x your pipeline, Ana?")
    for day in mail.days(date(2026, 8, 24), date(2026, 11, 16), 13):
        mail.write(mail.dice.moment(day), BRAD, [ANA], answers=opening)


def old_acquaintances(mail: Mailbox) -> None:
    """People whom Ana writes with, each there for one thing that an export does to a name."""
    mail.talk(MIGUEL, ANA, FIRST_DAY, LAST_DAY - timedelta(days=2), 45)
    mail.talk(PRIYA, ANA, FIRST_DAY, LAST_DAY - timedelta(days=1), 34)
    mail.talk(LUKASZ, ANA, date(2025, 9, 1), LAST_DAY - timedelta(days=5), 60)
    mail.talk(WEI_OPTICS, ANA, date(2026, 4, 20), LAST_DAY - timedelta(days=11), 80)
    mail.talk(WEI_FREIGHT, ANA, date(2026, 6, 8), LAST_DAY - timedelta(days=25), 70)


def everyday(mail: Mailbox) -> None:
    """Colleagues, and others whom Ana writes with now and then, some of them with each other."""
    for colleague in COLLEAGUES:
        mail.talk(colleague, ANA, FIRST_DAY, LAST_DAY - timedelta(days=mail.dice.between(0, 9)), 130)
    offsite = mail.dice.moment(date(2026, 10, 6))
    mail.write(offsite, ANA, list(COLLEAGUES), cc=[RUI], subject="Offsite")
    for number, person in enumerate(crowd()[:WRITERS]):
        until = LAST_DAY - timedelta(days=mail.dice.between(1, 60) * (1 + number % 4))
        every = mail.dice.between(60, 200)
        mail.talk(person, ANA, max(FIRST_DAY, until - timedelta(days=every + 40)), until, every, odds=0.7)
    for one, other in zip(crowd()[:12:2], crowd()[1:12:2], strict=True):
        mail.talk(one, other, date(2026, 7, 1), date(2026, 10, 30), 50, cc=[ANA], odds=0.8)


def the_mailing_list(mail: Mailbox) -> None:
    """A list that many write to. Ulrike and Jane write there too, and that is no word to Ana."""
    listed = {
        "List-Id": "Robotics Lisbon <robotics-lisbon.lists.example.org>",
        "Precedence": "list",
    }
    writers: list[Person] = [*crowd()[18:30], JANE, ULRIKE, NOOR, ANA, VICTOR]
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


def machines(mail: Mailbox) -> None:
    """Newsletters, notices and offers; and one message each of Spam, Trash and Drafts."""
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


def _sender(name: str, address: str) -> Person:
    """A machine. Its name has no family."""
    return Person(name, "", "", "", (address,))
