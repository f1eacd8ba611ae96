"""Rules of tags: which people a tag contains besides those whom a member tagged.

A rule is evaluated whenever the tag is used, by what the viewer may see. So a shared tag reveals nothing of its owner's
sources.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import cypher
from graph.database.client import Graph
from graph.errors import InvalidTag
from graph.insights.educations import educations_at_schools
from graph.insights.listed_people import LIST_TIES_OF_VIEWER
from graph.introductions.companies import BY_DOMAIN
from graph.lookup.company_jobs import jobs_at_companies, matching_companies
from graph.names.keys import clean_text, company_key, fold_name
from graph.records import Channel
from graph.ties.evidence import label_only_pairs, visible_tie
from graph.viewer import Viewer

LIST_PEOPLE_BY_CHANNEL = cypher.load("insights/list_people_by_channel")
LIST_PEOPLE_OF_GROUPS = cypher.load("insights/list_people_of_groups")
LIST_PEOPLE_OF_SOURCES = cypher.load("insights/list_people_of_sources")

MAX_RULE_VALUES = 20
"""Maximum number of values of each list of a rule."""
_YEARS = range(1900, 2101)
_MAX_VALUE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class TagRule:
    """A rule. A person matches if they match one value of each field that is set.

    `companies` are names of present employers, `domains` those of addresses. `channels` had contact with the viewer.
    `kinds` are kinds of sources that name the person, except sources of colleagues whose name is withheld. `groups` are
    those in the viewer's own sources.
    `least_strength` is that of the person's tie to the viewer. `schools` are words of the names of present or former
    schools. `studied_from` and `studied_until` limit them to studies in one of these years.
    """

    companies: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    least_strength: float | None = None
    groups: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    studied_from: int | None = None
    studied_until: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the rule has no value, so that nobody matches."""
        return self == TagRule()

    @property
    def is_about_people(self) -> bool:
        """Whether the rule goes by who people are, and not only by sources, channels or the strength of ties."""
        return bool(self.companies or self.domains or self.groups or self.schools)


def rule_of_row(row: Mapping[str, Any]) -> TagRule | None:
    """Return the stored rule of a tag; None if it has none."""
    names = ("companies", "domains", "channels", "kinds", "groups", "schools")
    companies, domains, channels, kinds, groups, schools = (tuple(row[name] or ()) for name in names)
    studies = (schools, row["studied_from"], row["studied_until"])
    rule = TagRule(companies, domains, channels, kinds, row["least_strength"], groups, *studies)
    return None if rule.is_empty else rule


def checked_rule(rule: TagRule) -> TagRule:
    """Return the rule as it is stored. Raises InvalidTag if a value is not valid."""
    companies = _cleaned("companies", rule.companies)
    schools = _cleaned("schools", rule.schools)
    if not all(company_key(name) for name in (*companies, *schools)):
        raise InvalidTag("A company or school of a rule must contain a letter or a digit.")
    years = [year for year in (rule.studied_from, rule.studied_until) if year is not None]
    if years != sorted(years) or any(year not in _YEARS for year in years) or (years and not schools):
        raise InvalidTag(
            f"Years of a rule need a school, are from {_YEARS[0]} to {_YEARS[-1]}, and the first is not after the last."
        )
    domains = _cleaned("domains", (domain.lower().removeprefix("@").removeprefix("www.") for domain in rule.domains))
    if any("." not in domain or "@" in domain for domain in domains):
        raise InvalidTag("A domain of a rule must have the form of example.org.")
    channels, kinds = _cleaned("channels", rule.channels), _cleaned("kinds of sources", rule.kinds)
    if not {*channels} <= {channel.value for channel in Channel}:
        raise InvalidTag("A channel of the rule is not known.")
    return replace(
        rule,
        companies=companies,
        domains=domains,
        channels=channels,
        kinds=kinds,
        groups=_cleaned("groups", rule.groups),
        schools=schools,
    )


def _cleaned(name: str, values: Iterable[str]) -> tuple[str, ...]:
    texts = tuple(dict.fromkeys(text for value in values if (text := clean_text(value))))
    if len(texts) > MAX_RULE_VALUES or any(len(text) > _MAX_VALUE_LENGTH for text in texts):
        raise InvalidTag(f"A rule may have {MAX_RULE_VALUES} {name} of {_MAX_VALUE_LENGTH} characters at most.")
    return texts


async def people_of_rule(graph: Graph, viewer: Viewer, rule: TagRule) -> frozenset[str]:
    """Return the people whom the rule matches, by their ids, without the viewer."""
    parts = []
    if rule.companies:
        parts.append(_present_employees(graph, viewer, rule.companies))
    if rule.domains:
        parts.append(_people_at_domains(graph, viewer, rule.domains))
    if rule.channels:
        view = {"viewer_id": viewer.person_id, "sources": viewer.evidence_sources}
        parts.append(_ids(graph, viewer, LIST_PEOPLE_BY_CHANNEL, channels=list(rule.channels), **view))
    if rule.kinds:
        named_by = {"sources": viewer.sources, "withheld": viewer.withheld_colleagues}
        parts.append(_ids(graph, viewer, LIST_PEOPLE_OF_SOURCES, kinds=list(rule.kinds), **named_by))
    if rule.groups:
        keys = [fold_name(group) for group in rule.groups]
        parts.append(
            _ids(graph, viewer, LIST_PEOPLE_OF_GROUPS, groups=keys, member=viewer.member, sources=viewer.sources)
        )
    if rule.schools:
        parts.append(_people_of_schools(graph, viewer, rule))
    if rule.least_strength is not None:
        parts.append(_people_with_strength(graph, viewer, rule.least_strength))
    matches = await asyncio.gather(*parts)
    return frozenset.intersection(*matches) - {viewer.person_id or ""} if matches else frozenset()


async def list_contact_groups(graph: Graph, viewer: Viewer) -> list[str]:
    """Return the groups in the viewer's own sources by name. Spellings of one name are one group."""
    rows = await graph.run(
        LIST_PEOPLE_OF_GROUPS, network=viewer.network, groups=None, member=viewer.member, sources=viewer.sources
    )
    spellings = sorted({group for row in rows for group in row["groups"]}, reverse=True)
    names = {fold_name(group): group for group in spellings}
    return [names[key] for key in sorted(names) if key]


async def _present_employees(graph: Graph, viewer: Viewer, companies: Iterable[str]) -> frozenset[str]:
    keys = [key for name in companies for key in await matching_companies(graph, viewer, name)]
    jobs = await jobs_at_companies(graph, viewer, list(dict.fromkeys(keys)))
    return frozenset(job.person_id for job in jobs if job.is_current)


async def _people_of_schools(graph: Graph, viewer: Viewer, rule: TagRule) -> frozenset[str]:
    educations = await educations_at_schools(graph, viewer, rule.schools)
    years = (rule.studied_from, rule.studied_until)
    return frozenset(one.person_id for one in educations if one.overlaps_years(*years))


async def _people_at_domains(graph: Graph, viewer: Viewer, domains: Iterable[str]) -> frozenset[str]:
    ids_by_domain = [await _ids(graph, viewer, BY_DOMAIN, domain=domain, sources=viewer.sources) for domain in domains]
    return frozenset().union(*ids_by_domain)


async def _people_with_strength(graph: Graph, viewer: Viewer, least: float) -> frozenset[str]:
    """Return the people whose tie to the viewer is as strong, as far as the viewer may see it."""
    me = viewer.person_id or ""
    (row,) = await graph.run(
        LIST_TIES_OF_VIEWER, network=viewer.network, viewer_id=me, audiences=viewer.visible_audiences
    )
    known = {id: strength for id, strength, _, _ in row["ties"] if strength is not None and strength >= least}
    label_only = await label_only_pairs(graph, viewer, [(id, me) for id in known])
    return frozenset(
        id
        for id, strength in known.items()
        if visible_tie(strength, label_only=(id, me) in label_only).strength >= least
    )


async def _ids(graph: Graph, viewer: Viewer, query: cypher.Query, **params: Any) -> frozenset[str]:
    return frozenset(row["id"] for row in await graph.run(query, network=viewer.network, **params))
