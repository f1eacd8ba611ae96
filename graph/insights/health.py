"""Classifies the people whom the viewer's sources list, and sums them up: the health of the viewer's network."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from graph.days import date_of, day_of
from graph.insights.listed_people import ListedPerson
from graph.insights.measures.origins import ConnectionOrigin, InvitationAcceptance
from graph.insights.rules import InsightRule, insight_rules
from graph.names.keys import company_key

GROUPS_SHOWN = 10
"""Maximum number of groups of one dimension in an answer."""
QUARTERS_SHOWN = 8
"""Number of ends of quarters before today in an answer."""
INNER_CIRCLE_SIZE = 15
"""Maximum number of people in the inner circle."""
_YEAR = 365
_TOP_PEOPLE = 10


class ConnectionClass(StrEnum):
    """The class of a connection: the name of its rule in rules.json. Every listed person is in exactly one."""

    STRONG = "strong"
    MUTUAL = "mutual"
    THEY_REACH_OUT = "they_reach_out"
    YOU_REACH_OUT = "you_reach_out"
    GONE_COLD = "gone_cold"
    NEVER = "never"

    @property
    def rule(self) -> InsightRule:
        """The rule that decides this class, with its thresholds and sentence."""
        return insight_rules()[self.value]


def classify(person: ListedPerson) -> ConnectionClass:
    """Return the class of a listed person as of today."""
    known = _class_of_contact(person.outwards.days, person.inwards.days, person.silent_days or 0)
    if person.unreachable and known is not ConnectionClass.NEVER:
        return ConnectionClass.GONE_COLD
    return _with_strengths(known, person.strength, person.reverse_strength)


def _class_of_contact(outwards: Sequence[int], inwards: Sequence[int], silent_days: int) -> ConnectionClass:
    if not outwards and not inwards:
        return ConnectionClass.NEVER
    if silent_days > ConnectionClass.GONE_COLD.rule.thresholds["silent_days"]:
        return ConnectionClass.GONE_COLD
    if outwards and inwards:
        return ConnectionClass.MUTUAL
    return ConnectionClass.THEY_REACH_OUT if inwards else ConnectionClass.YOU_REACH_OUT


def _with_strengths(known: ConnectionClass, strength: float | None, reverse: float | None) -> ConnectionClass:
    least = ConnectionClass.STRONG.rule.thresholds
    is_strong = (strength or 0.0) >= least["strength"] and (reverse or 0.0) >= least["reverse_strength"]
    return ConnectionClass.STRONG if known is ConnectionClass.MUTUAL and is_strong else known


@dataclass(frozen=True, slots=True)
class ConnectionCounts:
    """The number of connections in each class."""

    by_class: Mapping[ConnectionClass, int]

    @property
    def total(self) -> int:
        """The number of connections."""
        return sum(self.by_class.values())

    @property
    def in_contact(self) -> int:
        """The number of connections with contact that have not gone cold."""
        return self.total - self.by_class[ConnectionClass.GONE_COLD] - self.by_class[ConnectionClass.NEVER]

    @property
    def noise_ratio(self) -> float | None:
        """The share of connections without any contact, 0 to 1; None without connections."""
        return self.by_class[ConnectionClass.NEVER] / self.total if self.total else None


def count_classes(classes: Iterable[ConnectionClass]) -> ConnectionCounts:
    """Count the connections of each class; a class without any has 0."""
    counter = Counter(classes)
    return ConnectionCounts({each: counter[each] for each in ConnectionClass})


class HealthDimension(StrEnum):
    """The property that the connections of a group have in common."""

    SOURCE = "source"
    COMPANY = "company"
    ROLE = "role"
    YEAR = "year"
    ORIGIN = "origin"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class ConnectionGroup:
    """The connections with one value of a dimension, such as one employer.

    A person may be in several groups by SOURCE, ORIGIN and TAG. The name of an origin is a value of ConnectionOrigin.
    """

    dimension: HealthDimension
    name: str
    counts: ConnectionCounts


@dataclass(frozen=True, slots=True)
class QuarterHealth:
    """The classes as of the last day of a quarter: of the people who are listed today and were connections then."""

    day: int
    counts: ConnectionCounts


@dataclass(frozen=True, slots=True)
class ContactConcentration:
    """The concentration of the contact of the last 365 days on few people.

    `people` had contact. `people_for_half` is the least number of them with half of all days of contact. `top_share`
    is the share of the ten with the most days, 0 to 1; None without contact.
    """

    people: int
    people_for_half: int
    top_share: float | None


@dataclass(frozen=True, slots=True)
class NetworkHealth:
    """The health of the viewer's network on a day. `inner_circle` has the strongest ties first.

    `duplicates_in_contact` are the connections without contact that are probable duplicates of people with contact.
    """

    as_of: int
    counts: ConnectionCounts
    inner_circle: tuple[ListedPerson, ...]
    groups: tuple[ConnectionGroup, ...]
    acceptance: tuple[InvitationAcceptance, ...]
    concentration: ContactConcentration
    duplicates_in_contact: int


def network_health(
    people: Sequence[ListedPerson],
    source_titles: Mapping[str, str],
    *,
    as_of: int,
    origins: Mapping[str, Sequence[ConnectionOrigin]] | None = None,
    acceptance: tuple[InvitationAcceptance, ...] = (),
    tags: Mapping[str, Collection[str]] | None = None,
) -> NetworkHealth:
    """Sum up the listed people as of today.

    `source_titles` are the titles of the viewer's sources by id, `origins` those of graph.insights.measures.origins.
    `tags` are the ids of the people with each tag, by its name.
    """
    classes = {one.person.id: classify(one) for one in people}
    strong = [one for one in people if classes[one.person.id] is ConnectionClass.STRONG]
    circle = sorted(strong, key=lambda one: (-_mutual_strength(one), one.person.name, one.person.id))
    return NetworkHealth(
        as_of=as_of,
        counts=count_classes(classes.values()),
        inner_circle=tuple(circle[:INNER_CIRCLE_SIZE]),
        groups=tuple(_groups(people, classes, source_titles, origins or {}, tags or {})),
        acceptance=acceptance,
        concentration=contact_concentration(people, as_of=as_of),
        duplicates_in_contact=sum(one.duplicate is not None for one in people),
    )


def _mutual_strength(person: ListedPerson) -> float:
    return (person.strength or 0.0) * (person.reverse_strength or 0.0)


def _groups(
    people: Sequence[ListedPerson],
    classes: Mapping[str, ConnectionClass],
    source_titles: Mapping[str, str],
    origins: Mapping[str, Sequence[ConnectionOrigin]],
    tags: Mapping[str, Collection[str]],
) -> Iterable[ConnectionGroup]:
    def year(one: ListedPerson) -> list[tuple[str, str]]:
        return [] if one.listed_on is None else [(name := str(date_of(one.listed_on).year), name)]

    def text(value: str | None, key: Callable[[str], str]) -> list[tuple[str, str]]:
        return [(key(value), value)] if value and key(value) else []

    keys: dict[HealthDimension, Callable[[ListedPerson], list[tuple[str, str]]]] = {
        HealthDimension.SOURCE: lambda one: [
            (source_titles[source], source_titles[source]) for source in one.listed_by if source in source_titles
        ],
        HealthDimension.COMPANY: lambda one: text(one.person.company, company_key),
        HealthDimension.ROLE: lambda one: text(one.person.title, str.casefold),
        HealthDimension.YEAR: year,
        HealthDimension.ORIGIN: lambda one: [(each.value, each.value) for each in origins.get(one.person.id, ())],
        HealthDimension.TAG: lambda one: [(name, name) for name, tagged in tags.items() if one.person.id in tagged],
    }
    for dimension, keys_of in keys.items():
        members: dict[str, list[ConnectionClass]] = defaultdict(list)
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for one in people:
            for key, name in dict(keys_of(one)).items():
                members[key].append(classes[one.person.id])
                spellings[key][name] += 1
        names = {key: min(counter, key=lambda name: (-counter[name], name)) for key, counter in spellings.items()}
        largest = sorted(members, key=lambda key: (-len(members[key]), names[key]))[:GROUPS_SHOWN]
        if dimension is HealthDimension.YEAR:
            largest = sorted(members, reverse=True)[:GROUPS_SHOWN]
        for key in largest:
            yield ConnectionGroup(dimension, names[key], count_classes(members[key]))


def contact_concentration(people: Iterable[ListedPerson], *, as_of: int) -> ContactConcentration:
    """Compute the concentration of the contact with listed people in the last 365 days."""
    days = (len({*one.outwards.days_since(as_of - _YEAR), *one.inwards.days_since(as_of - _YEAR)}) for one in people)
    counts = sorted((count for count in days if count), reverse=True)
    total, covered, half = sum(counts), 0, 0
    while 2 * covered < total:
        covered += counts[half]
        half += 1
    return ContactConcentration(len(counts), half, sum(counts[:_TOP_PEOPLE]) / total if total else None)


def quarter_ends(as_of: int, count: int = QUARTERS_SHOWN) -> list[int]:
    """Return the last days of the quarters before a day, oldest first."""
    ends: list[int] = []
    first = date_of(as_of)
    for _ in range(count):
        first = date(first.year, first.month - (first.month - 1) % 3, 1)
        first -= timedelta(days=1)
        ends.append(day_of(first))
    return ends[::-1]


StrengthsOn = Callable[[str, int], tuple[float | None, float | None]]
"""Returns the strength of a person's tie to the viewer on a day, and that of the viewer's tie to the person."""


def classify_on(person: ListedPerson, day: int, strengths_on: StrengthsOn) -> ConnectionClass | None:
    """Return the class of a person as of an earlier day; None if the person was no connection yet."""
    if person.listed_on is not None and person.listed_on > day:
        return None
    if not person.outwards.days and not person.inwards.days:
        return ConnectionClass.NEVER
    outwards, inwards = person.outwards.days_until(day), person.inwards.days_until(day)
    last = max((*outwards[-1:], *inwards[-1:]), default=day)
    until = min(day, last if person.coverage_until is None else person.coverage_until)
    known = _class_of_contact(outwards, inwards, max(0, until - last))
    if person.unreachable and person.unreachable.day <= day and known is not ConnectionClass.NEVER:
        return ConnectionClass.GONE_COLD
    # strengths cost most, so they are computed only where they matter
    return (
        known if known is not ConnectionClass.MUTUAL else _with_strengths(known, *strengths_on(person.person.id, day))
    )


def health_on(people: Iterable[ListedPerson], day: int, strengths_on: StrengthsOn) -> QuarterHealth:
    """Sum up the classes as of an earlier day."""
    classes = (classify_on(one, day, strengths_on) for one in people)
    return QuarterHealth(day, count_classes(each for each in classes if each is not None))
