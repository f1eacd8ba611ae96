"""Invented people with identities whose true person is known. They measure duplicate detection.

The worlds are difficult on purpose. Many people share few names, and large firms employ two people of one name.
Fathers and sons work at one firm, and the names of siblings differ by a letter. Some people changed their surname,
write it in two scripts, share a family mailbox, or changed firms after their profile was exported.
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
SIMILAR_GIVEN_NAMES = {
    "Daniel": "Daniela",
    "Mario": "Maria",
    "Alexander": "Alexandra",
    "Julian": "Juliana",
    "Anna": "Anne",
}
NICKNAMES = {
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
    """`truth` maps each identity to its person, and `contacts` to the identities it exchanged messages with."""

    identities: dict[str, Identity] = field(default_factory=dict)
    truth: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, set[str]] = field(default_factory=dict)


@dataclass
class InventedPerson:
    number: int
    names: list[str]
    """The name in the profile, in the work address and in the private address."""
    firm: int
    left: bool = False
    generation: str = ""
    friends: set[int] = field(default_factory=set)
    keys: list[str] = field(default_factory=list)


def make_world(seed: int, size: int = 1_500) -> World:
    """A world of `size` people, equal for equal seeds."""
    dice = Random(seed)
    sizes = [120 if place < 3 else 40 if place < 10 else 12 for place in range(len(FIRMS))]
    people = [_make_person(dice, number, dice.choices(range(len(FIRMS)), sizes)[0]) for number in range(size)]
    people += _add_hard_cases(dice, people)
    _add_friendships(dice, people)
    result = World()
    used_addresses: set[str] = set()
    for person in people:
        _add_identities(dice, result, person, used_addresses)
    for person in people:
        _add_contacts(dice, result, person, people)
    result.identities = dict(sorted(result.identities.items()))
    return result


def _make_person(dice: Random, number: int, firm: int) -> InventedPerson:
    if dice.random() < 0.05:
        first, last = dice.choice(RUSSIAN), dice.choice(RUSSIANS)
        names = [f"{first[n]} {last[n]}" for n in (1, 1, dice.choice((0, 2)))]
        return InventedPerson(number, names, firm, dice.random() < 0.1)
    # names are distributed as unevenly as in reality
    given = GIVEN[min(int(dice.expovariate(0.05)), len(GIVEN) - 1)]
    family = FAMILY[min(int(dice.expovariate(0.05)), len(FAMILY) - 1)]
    if dice.random() < 0.5:
        family = f"{family[:-1]}{dice.choice('aeinors')}{dice.choice(ENDS)}"
    full = f"{given} {family}"
    own = full
    roll = dice.random()
    if roll < 0.12:
        own = f"{NICKNAMES.get(given, given)} {family}"
    elif roll < 0.18:
        own = f"{given[0]}. {family}"
    elif roll < 0.24:
        own = f"{given} {dice.choice(GIVEN)} {family}"
    elif roll < 0.30:
        own = f"{family}, {given}"
    elif roll < 0.33:
        own = f"{given} {dice.choice(FAMILY)}"  # a surname changed by marriage
    return InventedPerson(number, [full, full, own], firm, dice.random() < 0.1)


def _add_hard_cases(dice: Random, people: list[InventedPerson]) -> list[InventedPerson]:
    added: list[InventedPerson] = []
    number = len(people)
    for person in dice.sample(people, len(people) // 40):
        roll = dice.random()
        given, _, family = person.names[0].partition(" ")
        other = InventedPerson(number + len(added), list(person.names), person.firm)
        if roll < 0.35:  # father and son at one firm, seldom with their generation
            if dice.random() < 0.5:
                person.generation, other.generation = "Sr.", "Jr."
        elif roll < 0.6:  # namesakes at the largest firm
            person.firm = other.firm = 0
        else:  # a sibling with a similar given name
            other.names = [f"{SIMILAR_GIVEN_NAMES.get(given, given + 'a')} {family}"] * 3
            other.firm = person.firm if dice.random() < 0.3 else dice.randrange(60)
        added.append(other)
    return added


def _add_friendships(dice: Random, people: list[InventedPerson]) -> None:
    firms: dict[int, list[InventedPerson]] = {}
    for person in people:
        firms.setdefault(person.firm, []).append(person)
    for person in people:
        colleagues = firms[person.firm]
        for other in dice.sample(colleagues, min(len(colleagues), 6)) + dice.sample(people, 5):
            if other is not person:
                person.friends.add(other.number)
                other.friends.add(person.number)


def _add_identities(dice: Random, result: World, person: InventedPerson, used_addresses: set[str]) -> None:
    profile, work, own = (f"{name} {person.generation}".strip() for name in person.names)
    firm = FIRMS[person.firm]
    word = firm.split()[0].lower()
    domain = f"{word}-{person.firm}.com" if person.firm % 7 == 0 else f"{word}.com"
    if dice.random() < 0.6:
        known = FIRMS[dice.randrange(60)] if person.left else firm
        _add_identity(
            result,
            person,
            f"linkedin:{fold_name(profile).replace(' ', '-')}-{person.number}",
            "s-linkedin",
            profile,
            known,
        )
    if dice.random() < 0.7:
        _add_identity(
            result,
            person,
            f"email:{_unused_address(used_addresses, fold_name(work).replace(' ', '.'), domain)}",
            "s-mailbox",
            work,
        )
    if dice.random() < 0.45:
        box = fold_name(own).replace(" ", dice.choice((".", "_", "")))
        roll = dice.random()
        if roll < 0.15:
            box = (
                f"{dice.choice(('sun', 'moto', 'blue', 'chess'))}{dice.choice(('fox', 'rider', 'fan'))}{person.number}"
            )
        shown = own
        if roll > 0.96:  # one mailbox shared by two people
            box, shown = f"family{person.number}", f"{own.split()[0]} and {dice.choice(GIVEN)} {own.split()[-1]}"
        _add_identity(result, person, f"email:{_unused_address(used_addresses, box, 'gmail.com')}", "s-mailbox", shown)
    if dice.random() < 0.01:
        _add_identity(result, person, f"email:info@{word}{person.number}.com", "s-mailbox", work)


def _unused_address(used_addresses: set[str], box: str, domain: str) -> str:
    address, number = f"{box}@{domain}", 1
    while address in used_addresses:
        number += 1
        address = f"{box}{number}@{domain}"
    used_addresses.add(address)
    return address


def _add_identity(
    result: World, person: InventedPerson, key: str, source: str, name: str, firm: str | None = None
) -> None:
    firm_key = company_key(firm) if firm else None
    fact = StoredFact(source, name, fold_name(name), None, firm, firm_key, None, None, 1, None, "", None, None)
    result.identities[key] = Identity(key, [fact], [])
    result.truth[key] = person.number
    person.keys.append(key)


def _add_contacts(dice: Random, result: World, person: InventedPerson, people: list[InventedPerson]) -> None:
    """Contacts as one mailbox shows them: most with its owner, some among friends."""
    own_addresses = [key for key in person.keys if key.startswith("email:")]
    for friend in sorted(person.friends):
        for own_address in own_addresses:
            addresses = [key for key in people[friend].keys if key.startswith("email:")]
            if addresses and dice.random() < 0.35:
                other = dice.choice(addresses)
                result.contacts.setdefault(own_address, set()).add(other)
                result.contacts.setdefault(other, set()).add(own_address)
    if len(own_addresses) > 1 and dice.random() < 0.1:  # a note to oneself
        result.contacts.setdefault(own_addresses[0], set()).add(own_addresses[1])
        result.contacts.setdefault(own_addresses[1], set()).add(own_addresses[0])
