"""Invented people with all their identities, of which the true person is known, to measure duplicate detection.

The worlds are difficult on purpose: few names for many people, firms so large that two people of one name work there,
fathers and sons at one firm, siblings whose names differ by a letter, changed surnames, names in two scripts, mailboxes
shared by a family, and people who changed firms after their profile was exported.
"""

from dataclasses import dataclass, field
from random import Random

from graph.names.keys import company_key, fold_name
from graph.people.clusters import Identity, StoredFact

_GIVEN = """Robert William Elizabeth Catherine Michael James Jennifer Daniel Daniela Mario Maria Anna Anne Thomas Peter
Alexander Alexandra Samuel Nicholas Victoria Amara Kwame Wei Ling Hiroshi Yuki Priya Arjun Fatima Omar Ingrid Lars Sofia
Mateo Lucia Diego Chloé Étienne Zoë Jürgen Søren Łukasz Agnieszka Noor Elif Deniz Sunita Grace Julian Juliana"""
_FAMILY = """Smith Jones Brown Taylor Wilson Okafor Mensah Chen Wang Tanaka Sato Patel Sharma Haddad Ferreira Santos
Müller Schmidt Novák Kowalski Nguyen Tran Kim Park Andersson Nielsen Rossi Ricci García Fernández Dubois Lefèvre Yılmaz
Kaya O'Brien Murphy Campbell Stewart Van-Dijk Bakker Costa Lindqvist Achterberg Quill Thornbury Ravensworth"""
_FIRMS = """Acme Borel Cotan Dunmor Elvar Fenix Gorda Hallex Ixor Jaspa Kelvo Lumen Mirad Norvik Ostara Pelor Quanta
Rivero Solva Tarsis"""
GIVEN, FAMILY = _GIVEN.split(), _FAMILY.split()
FIRMS = [f"{word}{end}" for word in _FIRMS.split() for end in (" Ltd", " Robotics", " Energy")]
ENDS = ("berg", "feld", "ton", "wick", "ova", "ez", "ini")
NEARLY = {"Daniel": "Daniela", "Mario": "Maria", "Alexander": "Alexandra", "Julian": "Juliana", "Anna": "Anne"}
SHORT = {
    "Robert": "Bob",
    "William": "Bill",
    "Elizabeth": "Liz",
    "Catherine": "Kate",
    "Michael": "Mike",
    "James": "Jim",
    "Jennifer": "Jen",
    "Daniel": "Dan",
    "Thomas": "Tom",
    "Alexander": "Alex",
    "Alexandra": "Alex",
    "Samuel": "Sam",
    "Nicholas": "Nick",
    "Victoria": "Vicky",
}
RUSSIAN = [
    ("Сергей", "Sergey", "Sergei"),
    ("Дмитрий", "Dmitry", "Dmitrii"),
    ("Наталья", "Natalya", "Natalia"),
    ("Юлия", "Yulia", "Julia"),
]
RUSSIANS = [
    ("Иванов", "Ivanov", "Ivanoff"),
    ("Щербаков", "Shcherbakov", "Scherbakov"),
    ("Кузнецов", "Kuznetsov", "Kuznecov"),
    ("Жуков", "Zhukov", "Joukov"),
]
SOURCES = {"s-linkedin", "s-mailbox"}


@dataclass
class World:
    """`truth` says whose each identity is; `contacts` with whom each exchanged anything."""

    identities: dict[str, Identity] = field(default_factory=dict)
    truth: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, set[str]] = field(default_factory=dict)


@dataclass
class Someone:
    number: int
    names: list[str]
    """As the profile, the firm and they themselves write it."""
    firm: int
    left: bool = False
    generation: str = ""
    friends: set[int] = field(default_factory=set)
    keys: list[str] = field(default_factory=list)


def world(seed: int, size: int = 1_500) -> World:
    """A world of so many people, the same for the same seed."""
    dice = Random(seed)
    sizes = [120 if place < 3 else 40 if place < 10 else 12 for place in range(len(FIRMS))]
    people = [_someone(dice, number, dice.choices(range(len(FIRMS)), sizes)[0]) for number in range(size)]
    people += _hard(dice, people)
    _befriend(dice, people)
    made = World()
    taken: set[str] = set()
    for one in people:
        _appear(dice, made, one, taken)
    for one in people:
        _write(dice, made, one, people)
    made.identities = dict(sorted(made.identities.items()))
    return made


def _someone(dice: Random, number: int, firm: int) -> Someone:
    if dice.random() < 0.05:
        first, last = dice.choice(RUSSIAN), dice.choice(RUSSIANS)
        names = [f"{first[n]} {last[n]}" for n in (1, 1, dice.choice((0, 2)))]
        return Someone(number, names, firm, dice.random() < 0.1)
    # names are as unevenly spread as they are among people
    given = GIVEN[min(int(dice.expovariate(0.05)), len(GIVEN) - 1)]
    family = FAMILY[min(int(dice.expovariate(0.05)), len(FAMILY) - 1)]
    if dice.random() < 0.5:
        family = f"{family[:-1]}{dice.choice('aeinors')}{dice.choice(ENDS)}"
    full = f"{given} {family}"
    own = full
    turn = dice.random()
    if turn < 0.12:
        own = f"{SHORT.get(given, given)} {family}"
    elif turn < 0.18:
        own = f"{given[0]}. {family}"
    elif turn < 0.24:
        own = f"{given} {dice.choice(GIVEN)} {family}"
    elif turn < 0.30:
        own = f"{family}, {given}"
    elif turn < 0.33:
        own = f"{given} {dice.choice(FAMILY)}"  # married since, or before
    return Someone(number, [full, full, own], firm, dice.random() < 0.1)


def _hard(dice: Random, people: list[Someone]) -> list[Someone]:
    more: list[Someone] = []
    number = len(people)
    for one in dice.sample(people, len(people) // 40):
        turn = dice.random()
        given, _, family = one.names[0].partition(" ")
        other = Someone(number + len(more), list(one.names), one.firm)
        if turn < 0.35:  # father and son at one firm, who seldom say which they are
            if dice.random() < 0.5:
                one.generation, other.generation = "Sr.", "Jr."
        elif turn < 0.6:  # namesakes at the largest firm
            one.firm = other.firm = 0
        else:  # a sister called nearly as her brother
            other.names = [f"{NEARLY.get(given, given + 'a')} {family}"] * 3
            other.firm = one.firm if dice.random() < 0.3 else dice.randrange(60)
        more.append(other)
    return more


def _befriend(dice: Random, people: list[Someone]) -> None:
    firms: dict[int, list[Someone]] = {}
    for one in people:
        firms.setdefault(one.firm, []).append(one)
    for one in people:
        colleagues = firms[one.firm]
        for other in dice.sample(colleagues, min(len(colleagues), 6)) + dice.sample(people, 5):
            if other is not one:
                one.friends.add(other.number)
                other.friends.add(one.number)


def _appear(dice: Random, made: World, one: Someone, taken: set[str]) -> None:
    profile, work, own = (f"{name} {one.generation}".strip() for name in one.names)
    firm = FIRMS[one.firm]
    word = firm.split()[0].lower()
    domain = f"{word}-{one.firm}.com" if one.firm % 7 == 0 else f"{word}.com"
    if dice.random() < 0.6:
        known = FIRMS[dice.randrange(60)] if one.left else firm
        _add(made, one, f"linkedin:{fold_name(profile).replace(' ', '-')}-{one.number}", "s-linkedin", profile, known)
    if dice.random() < 0.7:
        _add(made, one, f"email:{_free(taken, fold_name(work).replace(' ', '.'), domain)}", "s-mailbox", work)
    if dice.random() < 0.45:
        box = fold_name(own).replace(" ", dice.choice((".", "_", "")))
        turn = dice.random()
        if turn < 0.15:
            box = f"{dice.choice(('sun', 'moto', 'blue', 'chess'))}{dice.choice(('fox', 'rider', 'fan'))}{one.number}"
        shown = own
        if turn > 0.96:  # one mailbox for two, in one's name
            box, shown = f"family{one.number}", f"{own.split()[0]} and {dice.choice(GIVEN)} {own.split()[-1]}"
        _add(made, one, f"email:{_free(taken, box, 'gmail.com')}", "s-mailbox", shown)
    if dice.random() < 0.01:
        _add(made, one, f"email:info@{word}{one.number}.com", "s-mailbox", work)


def _free(taken: set[str], box: str, domain: str) -> str:
    address, number = f"{box}@{domain}", 1
    while address in taken:
        number += 1
        address = f"{box}{number}@{domain}"
    taken.add(address)
    return address


def _add(made: World, one: Someone, key: str, source: str, name: str, firm: str | None = None) -> None:
    firm_key = company_key(firm) if firm else None
    fact = StoredFact(source, name, fold_name(name), None, firm, firm_key, None, None, 1, None, "", None, None)
    made.identities[key] = Identity(key, [fact], [])
    made.truth[key] = one.number
    one.keys.append(key)


def _write(dice: Random, made: World, one: Someone, people: list[Someone]) -> None:
    """Letters as one mailbox sees them: most of them to its owner, some among friends."""
    mails = [key for key in one.keys if key.startswith("email:")]
    for friend in sorted(one.friends):
        for mail in mails:
            theirs = [key for key in people[friend].keys if key.startswith("email:")]
            if theirs and dice.random() < 0.35:
                other = dice.choice(theirs)
                made.contacts.setdefault(mail, set()).add(other)
                made.contacts.setdefault(other, set()).add(mail)
    if len(mails) > 1 and dice.random() < 0.1:  # a note to oneself
        made.contacts.setdefault(mails[0], set()).add(mails[1])
        made.contacts.setdefault(mails[1], set()).add(mails[0])
