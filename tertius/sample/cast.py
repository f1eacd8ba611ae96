"""The invented people of the sample: those with a role, and a crowd of other connections.

Addresses end in .example, example.com, example.org or example.net, which are reserved; LinkedIn slugs end in
`-example`.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zlib import crc32

from tertius.sample import MEMBER, names
from tertius.sample.dice import Dice

LAST_DAY = date(2026, 11, 20)
WRITERS = 34
CONFERENCE_DAY, CONFERENCE_GUESTS = date(2026, 4, 14), range(100, 110)
"""Ana connected with these people of the crowd on one day, and never heard of them again."""
_LEGAL_FORMS = {"GmbH", "Ltd", "Inc.", "LLP", "S.A."}
_NO_ACCENT = str.maketrans("łŁøØßđĐıæåÅ", "lLoOsdDiaaA")


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """An invented person.

    `addresses` are in order of use. `listed` is the day on which Ana connected with them on LinkedIn, `shown` the
    address in their profile, usually empty. `zone` is the offset from UTC in hours; `mark` distinguishes two profiles
    of the same name.
    """

    given: str
    family: str
    company: str
    title: str
    addresses: tuple[str, ...] = ()
    listed: date | None = None
    shown: str = ""
    zone: int = 0
    mark: str = ""

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()

    @property
    def profile(self) -> str:
        words = ascii_words(self.name) or f"member-{crc32(self.name.encode()):x}"
        return f"https://www.linkedin.com/in/{words}{self.mark}-example"


def ascii_words(text: str) -> str:
    """Return `lukasz-wisniewski` for `Łukasz Wiśniewski`; empty for a name without Latin letters."""
    plain = unicodedata.normalize("NFKD", text.translate(_NO_ACCENT))
    words = "".join(c for c in plain.lower() if c.isascii() and (c.isalpha() or c in " -"))
    return "-".join(words.replace("-", " ").split())


def domain(company: str) -> str:
    """Return the domain of a company."""
    words = (word for word in company.replace(",", "").split() if word not in _LEGAL_FORMS)
    return "".join(c for c in "".join(words).lower() if c.isalnum()) + ".example"


def _at(given: str, family: str, company: str) -> str:
    return f"{ascii_words(given)}.{ascii_words(family)}@{domain(company)}"


def _part(
    given: str,
    family: str,
    job: str,
    listed: date | None = None,
    *,
    shown: bool = False,
    addresses: tuple[str, ...] = (),
    zone: int = 0,
    mark: str = "",
) -> SamplePerson:
    """Return a person. `job` is "title, company"; with `shown` the last address is in the LinkedIn profile."""
    title, company = job.rsplit(", ", 1)
    addresses = addresses or (_at(given, family, company),)
    return SamplePerson(given, family, company, title, addresses, listed, addresses[-1] if shown else "", zone, mark)


ANA = _part("Ana", "Ferreira", "Head of Partnerships, Tidewater", addresses=(MEMBER,))

# The friend with few contacts, and the person she can introduce Ana to
NOOR = _part("Noor", "Haddad", "Principal Engineer, Fjord Sensing", date(2017, 10, 3), zone=1)
JANE = _part("Jane", "Okonkwo", "CTO, Halden Robotics", date(2022, 6, 14), shown=True, zone=1)
RUI = _part("Rui", "Tavares", "Field Engineer, Tidewater", date(2021, 4, 6))
# The host who writes to everybody and hardly knows Ana
MARCUS = _part("Marcus", "Vale", "Founder and Host, Vale Circle", date(2020, 2, 11))
# A route over two introducers
ELIF = _part("Elif", "Yılmaz", "Operations Lead, Meridian Ports", date(2019, 9, 23), zone=3)
PIOTR = _part("Piotr", "Kowalczyk", "Terminal Planner, Gdynia Cranes", zone=1)
GRACE = _part("Grace", "Mwangi", "COO, Baltic Freight", date(2023, 3, 30), zone=2)
# Ana writes to Victor, who never answers
VICTOR = _part("Victor", "Lang", "Partner, Stonebridge Capital", date(2024, 11, 5), zone=1)
HELENA = _part("Helena", "Brandt", "Head of Ventures, Aurora Mutual", zone=1)
# A tie that ended years ago
CLAIRE = _part("Claire", "Dubois", "Curator, Atelier Nord", date(2021, 5, 18), zone=1)
SAMUEL = _part("Samuel", "Osei", "Director, Lakeshore Museum", zone=0)
# The salesman whom Ana never answers
BRAD = _part("Brad", "Keller", "Growth Lead, Pipelinepilot", date(2026, 8, 17), zone=-5)
# A stranger, and a possible connector at the same company
ULRIKE = _part("Ulrike", "Neumann", "Director of Grid Planning, Northwind Grid GmbH", date(2025, 2, 20))
MIGUEL = _part("Miguel", "Santos", "Asset Manager, Northwind Grid", date(2018, 1, 15), shown=True)
# Two addresses, the private one in the LinkedIn profile
PRIYA = _part(
    "Priya",
    "Raman",
    "Head of Data, Solstice Labs",
    date(2020, 8, 27),
    shown=True,
    addresses=("priya.raman@solsticelabs.example", "priya.raman@example.net"),
    zone=5,
)
# Two people with the same name
WEI_OPTICS = _part("Wei", "Chen", "Optical Engineer, Lotus Optics", date(2019, 3, 8), shown=True)
WEI_FREIGHT = _part(
    "Wei",
    "Chen",
    "Pricing Manager, Baltic Freight",
    date(2022, 9, 1),
    shown=True,
    zone=2,
    mark="-2",
)
# No address on LinkedIn, but an e-mail address at the company
LUKASZ = _part("Łukasz", "Wiśniewski", "Avionics Lead, Kestrel Avionics", date(2021, 11, 29), zone=1)
# Mail to Tobias was returned; Ingrid is someone he knows
TOBIAS = _part("Tobias", "Reuter", "Port Engineer, Weser Yard", date(2020, 11, 12), zone=1)
INGRID = _part("Ingrid", "Solberg", "Fleet Director, Nordkapp Lines", zone=1)
# Matteo asked Ana something that she never answered; he has the role of Elif
MATTEO = _part("Matteo", "Bianchi", "Operations Lead, Porto Azzurro", date(2022, 5, 9), zone=1)
# Chiara, silent since June, can introduce Ana to three people of one company
CHIARA = _part("Chiara", "Moretti", "Commercial Director, Molo Ventures", date(2021, 2, 22), zone=1)
TIRRENO = (
    _part("Giulia", "Conti", "Managing Director, Tirreno Lines", date(2026, 3, 5), zone=1),
    _part("Paolo", "Greco", "Fleet Manager, Tirreno Lines", date(2026, 3, 5), zone=1),
    _part("Sara", "Rinaldi", "Head of Procurement, Tirreno Lines", date(2026, 3, 6), zone=1),
)
# Accounts with the signs of somebody who collects connections: one is a connection, one wants to be
COLLECTOR = SamplePerson("Growth☆888", "", "", "Open Networker", listed=date(2025, 6, 2))
INVITING_COLLECTOR = SamplePerson("Connect☆500k", "", "", "Open Networker")
# Open invitations: Joana wrote with Ana before, Nils sent a note; Ana invited Theo long ago and Aylin last week
JOANA, NILS = SamplePerson("Joana", "Pires", "", ""), SamplePerson("Nils", "Aaker", "", "")
THEO, AYLIN = SamplePerson("Theo", "Lindgren", "", ""), SamplePerson("Aylin", "Demir", "", "")

ROLES = (
    *(
        NOOR,
        JANE,
        RUI,
        MARCUS,
        ELIF,
        PIOTR,
        GRACE,
        VICTOR,
        HELENA,
        CLAIRE,
        SAMUEL,
        BRAD,
        ULRIKE,
        MIGUEL,
    ),
    *(PRIYA, WEI_OPTICS, WEI_FREIGHT, LUKASZ),
    *(TOBIAS, INGRID, MATTEO, CHIARA, *TIRRENO, COLLECTOR),
)


def _colleague(given: str, family: str, title: str, listed: date, local: str) -> SamplePerson:
    addresses = (f"{local}@{domain('Tidewater')}",)
    return SamplePerson(given, family, "Tidewater", title, addresses, listed)


COLLEAGUES = (
    _colleague("Beatriz", "Nunes", "Managing Director", date(2021, 3, 2), "beatriz.nunes"),
    _colleague("Søren", "Holm", "Data Scientist", date(2022, 1, 17), "soren.holm"),
    _colleague("Kwame", "Asante", "Product Manager", date(2023, 6, 5), "kwame.asante"),
    _colleague("娜", "李", "Software Engineer", date(2024, 2, 12), "li.na"),
    _colleague("Дмитрий", "Соколов", "Site Reliability Engineer", date(2022, 10, 10), "d.sokolov"),
    _colleague("Aoife", "Byrne", "Finance Lead", date(2021, 9, 14), "aoife.byrne"),
)


@cache
def crowd() -> tuple[SamplePerson, ...]:
    """Return Ana's other connections: the first WRITERS exchange mail with her, the rest are only listed."""
    dice = Dice("crowd")
    people: dict[str, SamplePerson] = {}
    while len(people) < 240:
        given, family = (dice.pick(words.split()) for words in dice.pick(names.GIVEN_AND_FAMILY))
        name, company, number = f"{given} {family}", dice.pick(names.COMPANIES), len(people)
        writes = number < WRITERS
        if name in people or (writes and not ascii_words(name)):
            continue
        private = f"{ascii_words(name).replace('-', '.')}@example.{dice.pick(('com', 'org', 'net'))}"
        address = private if number % 10 == 9 else _at(given, family, company)
        shows = ascii_words(name) and dice.happens(0.12)
        title, listed = dice.pick(names.TITLES), LAST_DAY - timedelta(days=dice.between(3, 5000))
        people[name] = SamplePerson(
            given,
            family,
            company,
            title,
            (address,) if writes else (),
            CONFERENCE_DAY if number in CONFERENCE_GUESTS else listed,
            address if shows else "",
            dice.pick((-5, 0, 0, 1, 1, 1, 2, 8)),
        )
    return tuple(people.values())
