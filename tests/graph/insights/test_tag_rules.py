"""Tests of the rules of tags: whom they match, always by what the viewer may see."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import neo4j
import pytest

from graph.database.client import Graph
from graph.errors import InvalidTag
from graph.insights.tag_rules import MAX_RULE_VALUES, TagRule, people_of_rule
from graph.insights.tags import (
    create_tag,
    find_tag,
    import_tags,
    list_tags,
    set_tag_rule,
    tag_people,
    untag_people,
)
from graph.lookup.index import Lookups
from graph.lookup.resolve import ResolvedTarget, find_by_name, resolve_reference
from graph.networks.sources import SharingLevel
from graph.privacy.erasure import erase_person
from graph.privacy.export import export_person_by_id
from graph.records import WORKSPACE, Channel, Connection, Education, GroupMember, Interaction, LatestDate, Part, Record
from presentation.insights.tags import rule_text
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import NOON, TODAY, by_mail, connections, own, talk, wrote

ANA, BEN = "ana@home.example", "ben@home.example"
DAN, EVA, JANE = "dan@near.example", "eva@near.example", "jane@far.example"


async def names(graph: Graph, tag: str, member: str = "ana") -> set[str]:
    """The names of the people with a tag."""
    viewer = await viewer_of(graph, member)
    tagged = (await find_tag(graph, viewer, tag)).people
    named = {}
    for address in (DAN, EVA, JANE, BEN, ANA):
        target = await resolve_reference(graph, viewer, address)
        if isinstance(target, ResolvedTarget):
            named[target.person.id] = address
    return {named[id] for id in tagged}


async def set_rule(graph: Graph, rule: TagRule, tag: str = "rule") -> None:
    await set_tag_rule(graph, await viewer_of(graph, "ana"), tag, rule)


async def create_network(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    call = Interaction(by_mail(EVA), (by_mail(ANA),), NOON - timedelta(days=9), Channel.CALL, "call")
    mail: Sequence[Record] = [*talk(ANA, DAN), wrote(ANA, EVA, ago=400), *talk(ANA, JANE), call]
    await load_for(graph, "ana", [own(ANA, "Ana"), *mail])
    listed = connections((by_mail(DAN), "Near Ltd"), (by_mail(JANE), "Far Ltd"))
    studies = [
        Education(by_mail(DAN), "University of Leeds", date(2008, 9, 1), date(2012, 6, 30), "connections"),
        Education(by_mail(EVA), "Leeds Beckett University", None, date(2020, 12, 31), "connections"),
        Education(by_mail(JANE), "Technische Universität München", None, None, "connections"),
    ]
    await load_for(graph, "ana", [own(ANA, "Ana"), *listed, *studies], kind="linkedin")


async def test_each_part_of_a_rule_matches_and_all_parts_must(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_network(driver, graph)
    for rule, expected in {
        TagRule(companies=("Near Ltd",)): {DAN},
        TagRule(companies=("Near Ltd", "far")): {DAN, JANE},
        TagRule(domains=("@near.example",)): {DAN, EVA},
        TagRule(channels=("call",)): {EVA},
        TagRule(channels=("call", "mail")): {DAN, EVA, JANE},
        TagRule(kinds=("linkedin",)): {DAN, EVA, JANE},
        TagRule(least_strength=0.55): {DAN, JANE},
        TagRule(domains=("near.example",), kinds=("linkedin",), least_strength=0.55): {DAN},
        TagRule(companies=("Nobody Inc",)): set(),
        TagRule(schools=("leeds",)): {DAN, EVA},
        TagRule(schools=("Leeds Beckett",)): {EVA},
        TagRule(schools=("eeds",)): set(),
        TagRule(schools=("universitat munchen", "Leeds Beckett")): {EVA, JANE},
        TagRule(schools=("universitat",)): {JANE},
        TagRule(schools=("leeds",), studied_from=2012): {DAN, EVA},
        TagRule(schools=("leeds",), studied_from=2013): {EVA},
        TagRule(schools=("leeds",), studied_until=2015): {DAN},
        TagRule(schools=("leeds",), studied_from=2009, studied_until=2014): {DAN},
        TagRule(schools=("universitat",), studied_until=2020): set(),
        TagRule(): set(),
    }.items():
        await set_rule(graph, rule)
        assert await names(graph, "rule") == expected, rule
    ana = await viewer_of(graph, "ana")
    without_days = replace(ana, strength_only_sources=ana.sources)
    rule = TagRule(schools=("leeds",))
    assert len(await people_of_rule(graph, without_days, rule)) == 2
    assert not await people_of_rule(graph, without_days, replace(rule, studied_from=2012))


async def test_a_rule_is_current_and_adds_to_the_people_who_were_tagged(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await create_network(driver, graph)
    ana = await viewer_of(graph, "ana")
    eva = await resolve_reference(graph, ana, EVA)
    assert isinstance(eva, ResolvedTarget)
    await tag_people(graph, ana, "rule", [eva.person.id])
    await set_rule(graph, TagRule(companies=("Near Ltd",)))
    assert await names(graph, "rule") == {DAN, EVA}

    moved = connections((by_mail(DAN), "Other Ltd"), (by_mail(JANE), "Near Ltd"))
    await load_for(graph, "ana", [own(ANA, "Ana"), *moved], kind="linkedin")

    assert await names(graph, "rule") == {EVA, JANE}
    archived = replace(await viewer_of(graph, "ana"), archived_people=frozenset({eva.person.id}))
    assert eva.person.id not in (await find_tag(graph, archived, "rule")).people
    await set_rule(graph, TagRule())
    assert await names(graph, "rule") == {EVA}


async def test_a_shared_rule_matches_by_what_each_member_may_see(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_network(driver, graph)
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, EVA)], SharingLevel.PRIVATE)
    await set_rule(graph, TagRule(domains=("near.example",), channels=("mail",)))
    await create_tag(graph, await viewer_of(graph, "ana"), "rule", is_shared=True)

    assert await names(graph, "rule") == {DAN, EVA}
    assert await names(graph, "rule", "ben") == {EVA}


async def test_the_kind_of_a_source_does_not_tell_which_withheld_colleague_knows_somebody(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await create_team_network(driver, graph, "ben")
    listed = connections((by_mail(DAN, "Dan"), "Near Ltd"))
    await load_for(graph, "ana", [own(ANA, "Ana"), *listed], SharingLevel.EVIDENCE, kind="linkedin")
    own_list = connections((by_mail(JANE, "Jane"), "Far Ltd"))
    await load_for(graph, "ben", [own(BEN, "Ben"), *own_list], kind="linkedin")
    ben = await viewer_of(graph, "ben")
    await set_tag_rule(graph, ben, "listed", TagRule(kinds=("linkedin",)))
    dan, jane = await id_of(graph, DAN), (await resolve_reference(graph, ben, JANE))
    assert isinstance(jane, ResolvedTarget)

    assert {dan, jane.person.id} <= (await find_tag(graph, ben, "listed")).people
    withheld = replace(ben, withheld_colleagues=ben.colleagues)
    tagged = (await find_tag(graph, withheld, "listed")).people
    assert jane.person.id in tagged
    assert dan not in tagged
    # the same holds for the candidates of a name
    kinds = [(await find_by_name(Lookups(graph, viewer), "Dan"))[0].sources for viewer in (ben, withheld)]
    assert kinds == [("linkedin",), ()]


async def test_a_network_shares_a_limited_number_of_rules(
    driver: neo4j.AsyncDriver, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    await create_network(driver, graph)
    monkeypatch.setattr("graph.insights.tags.MAX_SHARED_RULES", 1)
    ana, ben = await viewer_of(graph, "ana"), await viewer_of(graph, "ben")
    rule = TagRule(companies=("Near Ltd",))
    for viewer, name in ((ana, "near"), (ben, "far")):
        await set_tag_rule(graph, viewer, name, rule)
    await create_tag(graph, ana, "near", is_shared=True)
    await create_tag(graph, ben, "people", is_shared=True)

    with pytest.raises(InvalidTag, match="Members share 1 tags with a rule"):
        await create_tag(graph, ben, "far", is_shared=True)
    with pytest.raises(InvalidTag, match="Members share 1 tags with a rule"):
        await set_tag_rule(graph, ben, "people", rule)
    with pytest.raises(InvalidTag, match="Members share 1 tags with a rule"):
        await untag_people(graph, ben, "far", [], is_shared=True)
    await set_tag_rule(graph, ana, "near", rule)


async def test_groups_of_an_address_book_become_tags_that_follow_it(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_network(driver, graph)

    def book(**groups: tuple[str, ...]) -> list[Record]:
        people = {"dan": DAN, "eva": EVA, "jane": JANE}
        return [
            Part("contacts"),
            *(Connection(by_mail(people[name]), None, "contacts", of) for name, of in groups.items()),
        ]

    first = book(dan=("Clients",), eva=("clients", "Choir"), jane=())
    await load_for(graph, "ana", [own(ANA, "Ana"), *first], kind="vcard")
    ana = await viewer_of(graph, "ana")
    assert len(await import_tags(graph, ana, ["choir"])) == 1
    assert len(await import_tags(graph, ana)) == 1
    assert await import_tags(graph, ana) == []

    assert await names(graph, "clients") == {DAN, EVA}
    assert await names(graph, "choir") == {EVA}
    second = book(dan=(), eva=("Clients",), jane=("Clients",))
    await load_for(graph, "ana", [own(ANA, "Ana"), LatestDate(TODAY), *second], kind="vcard")
    assert await names(graph, "clients") == {EVA, JANE}
    exported = await export_person_by_id(graph, ana, await id_of(graph, EVA))
    assert {row["group"] for row in exported["names"] if "group" in row} == {"Clients", "clients", "Choir"}

    channel: list[Record] = [Part(WORKSPACE), LatestDate(TODAY), GroupMember(by_mail(DAN), "#board", WORKSPACE)]
    await load_for(graph, "ana", [own(ANA, "Ana"), *channel], kind="slack")
    assert len(await import_tags(graph, await viewer_of(graph, "ana"))) == 1
    assert await names(graph, "#board") == {DAN}
    assert await import_tags(graph, await viewer_of(graph, "ben")) == []


async def test_more_groups_than_tags_with_a_rule_create_no_tag(
    driver: neo4j.AsyncDriver, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    await create_network(driver, graph)
    channels = [GroupMember(by_mail(DAN), f"#{name}", WORKSPACE) for name in ("board", "sales")]
    await load_for(graph, "ana", [own(ANA, "Ana"), Part(WORKSPACE), LatestDate(TODAY), *channels], kind="slack")
    monkeypatch.setattr("graph.insights.tags.MAX_RULES", 1)
    ana = await viewer_of(graph, "ana")
    before = await list_tags(graph, ana)

    with pytest.raises(InvalidTag, match="2 groups have no tag"):
        await import_tags(graph, ana)
    assert await list_tags(graph, ana) == before
    assert len(await import_tags(graph, ana, ["#sales"])) == 1


async def id_of(graph: Graph, address: str) -> str:
    resolution = await resolve_reference(graph, await viewer_of(graph, "ana"), address)
    assert isinstance(resolution, ResolvedTarget)
    return resolution.person.id


async def test_a_rule_with_invalid_values_is_refused(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_network(driver, graph)
    for rule in (
        TagRule(companies=("…",)),
        TagRule(domains=("near",)),
        TagRule(domains=("dan@near.example",)),
        TagRule(channels=("pigeon",)),
        TagRule(schools=("…",)),
        TagRule(studied_from=2010),
        TagRule(schools=("Leeds",), studied_from=2012, studied_until=2011),
        TagRule(schools=("Leeds",), studied_from=12),
        TagRule(companies=tuple(f"c{number}" for number in range(MAX_RULE_VALUES + 1))),
    ):
        with pytest.raises(InvalidTag):
            await set_rule(graph, rule)
    assert [tag.name for tag in await list_tags(graph, await viewer_of(graph, "ana"))] == []


async def test_a_rule_above_the_maximum_creates_no_tag(
    driver: neo4j.AsyncDriver, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    await create_network(driver, graph)
    monkeypatch.setattr("graph.insights.tags.MAX_RULES", 1)
    await set_rule(graph, TagRule(companies=("Near Ltd",)), "near")
    with pytest.raises(InvalidTag):
        await set_rule(graph, TagRule(companies=("Far Ltd",)), "far")

    assert [tag.name for tag in await list_tags(graph, await viewer_of(graph, "ana"))] == ["near"]
    await set_rule(graph, TagRule(companies=("Far Ltd",)), "near")
    assert await names(graph, "near") == {JANE}


async def test_erasure_and_export_cover_the_texts_of_tags(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_network(driver, graph)
    await set_rule(graph, TagRule(companies=("Near Ltd",)), "Near people")
    await set_rule(graph, TagRule(kinds=("linkedin",)), f"friends of {DAN}")
    ana = await viewer_of(graph, "ana")
    exported = await export_person_by_id(graph, ana, ana.person_id or "")

    assert [tag["name"] for tag in exported["ownTags"]] == [f"friends of {DAN}", "Near people"]
    studied = await export_person_by_id(graph, ana, await id_of(graph, DAN))
    assert [(row["school"], row["since"]) for row in studied["names"] if "school" in row] == [
        ("University of Leeds", "2008-09-01")
    ]
    assert exported["ownTags"][1]["rule"] == {"companies": ["Near Ltd"]}
    assert exported["goal"] is None
    await erase_person(graph, ana, DAN)
    assert [tag.name for tag in await list_tags(graph, await viewer_of(graph, "ana"))] == ["Near people"]


def test_a_rule_in_words() -> None:
    studies = (("Leeds",), 2008, 2012)
    rule = TagRule(("Near", "Far"), ("near.example",), ("large_meeting",), ("linkedin",), 0.55, ("Clients",), *studies)

    assert rule_text(rule) == (
        "Rule: everybody at Near or Far, with an address at near.example, with contact by large meeting, in LinkedIn, "
        "in the group Clients, who studied at Leeds from 2008 until 2012, with a tie that is good or stronger."
    )


async def test_a_change_says_whether_the_tag_is_new_and_which_rule_it_replaced(
    graph: Graph, driver: neo4j.AsyncDriver
) -> None:
    await create_network(driver, graph)
    ana = await viewer_of(graph, "ana")
    near, far = TagRule(companies=("Near",)), TagRule(companies=("Far",))

    changes = [await set_tag_rule(graph, ana, "Rule", rule) for rule in (near, near, far, TagRule(), TagRule())]
    changes += [await create_tag(graph, ana, name) for name in ("rule", "other", "Other")]

    assert [change.is_new for change in changes] == [True, False, False, False, False, False, True, False]
    assert [change.replaced_rule for change in changes] == [None, None, near, far, None, None, None, None]
