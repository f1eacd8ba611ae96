"""Tags: groups of people that a member names, private or shared with the network.

A tag stores identities, so it outlives sources and follows its people through merges and splits. A private tag of
another member is like one that does not exist: the same query and the same answer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import cypher
from graph.database.client import Graph
from graph.errors import InvalidTag
from graph.ids import stable_id
from graph.insights.fading import LIST_PEOPLE_WHO_KNOW_VIEWER
from graph.insights.tag_rules import TagRule, checked_rule, list_contact_groups, people_of_rule, rule_of_row
from graph.lookup.identities import list_identities
from graph.names.keys import clean_text, fold_name
from graph.viewer import Viewer

_LIST_TAGS = cypher.load("insights/list_tags")
_WRITE_TAG = cypher.load("insights/write_tag")
_DELETE_TAG = cypher.load("insights/delete_tag")
_SET_TAG_RULE = cypher.load("insights/set_tag_rule")

MAX_TAG_LENGTH = 60
"""Maximum number of characters in the name of a tag."""
MAX_TAGS = 200
"""Maximum number of tags of a member."""
MAX_RULES = 50
"""Maximum number of tags of a member that have a rule: each is evaluated whenever tags are listed."""
MAX_SHARED_RULES = 50
"""Maximum number of shared tags of a network that have a rule: each is evaluated whenever a member lists tags."""
MAX_TAGGED = 5_000
"""Maximum number of people whom one change tags."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that the viewer may use. `people` are the ids of the people in view who are tagged or match the rule."""

    id: str
    name: str
    is_own: bool
    is_shared: bool
    people: frozenset[str]
    rule: TagRule | None = None


@dataclass(frozen=True, slots=True)
class TagChange:
    """A change to a tag. `replaced_rule` is the rule that it replaced or removed, None without one."""

    id: str
    is_new: bool
    replaced_rule: TagRule | None = None


async def list_tags(graph: Graph, viewer: Viewer) -> list[Tag]:
    """The viewer's tags and those that other members share, without archived people: the viewer's first, by name."""
    return [await _tag(graph, viewer, row) for row in await _read_rows(graph, viewer)]


async def _read_rows(graph: Graph, viewer: Viewer) -> list[dict[str, Any]]:
    """The tags that the viewer may use, without evaluating their rules."""
    return await graph.run(
        _LIST_TAGS,
        network=viewer.network,
        member=viewer.member,
        sources=viewer.sources,
        circle=viewer.duplicate_audiences,
    )


async def _tag(graph: Graph, viewer: Viewer, row: Mapping[str, Any]) -> Tag:
    rule = rule_of_row(row)
    people = frozenset(row["people"])
    if rule is not None:
        people |= (await people_of_rule(graph, viewer, rule)).difference(viewer.objectors)
    return Tag(row["id"], row["name"], row["is_own"], row["is_shared"], people - viewer.archived_people, rule)


async def find_tag(graph: Graph, viewer: Viewer, name: str) -> Tag:
    """The tag with this name, the viewer's own before a shared one. Raises InvalidTag if the viewer may use none."""
    folded = fold_name(clean_text(name))
    row = next((row for row in await _read_rows(graph, viewer) if row["folded"] == folded), None)
    if row is None:
        raise InvalidTag(f"You have no tag “{clean_text(name)}”.")
    return await _tag(graph, viewer, row)


async def people_by_tag(graph: Graph, viewer: Viewer) -> dict[str, frozenset[str]]:
    """The people of each tag by its name. Of several tags with one name, it is the tag that `find_tag` returns."""
    tags: dict[str, Tag] = {}
    for tag in await list_tags(graph, viewer):
        tags.setdefault(fold_name(tag.name), tag)
    return {tag.name: tag.people for tag in tags.values()}


async def create_tag(graph: Graph, viewer: Viewer, name: str, *, is_shared: bool | None = None) -> TagChange:
    """Create a tag of the viewer, or change whether it is shared. Raises InvalidTag."""
    shown = await _checked_name(graph, viewer, name, is_shared=is_shared)
    return await _write(graph, viewer, shown, is_shared=is_shared)


async def tag_people(
    graph: Graph, viewer: Viewer, name: str, people: Iterable[str], *, is_shared: bool | None = None
) -> str:
    """Tag people, by their ids, with a tag of the viewer, which is created if it does not exist. Returns its id.

    The same transaction changes whether the tag is shared. People who are not in view are left out. Raises InvalidTag.
    """
    ids = list(dict.fromkeys(people))
    if len(ids) > MAX_TAGGED:
        raise InvalidTag(f"Tag {MAX_TAGGED:,} people at most at a time.")
    shown = await _checked_name(graph, viewer, name, is_shared=is_shared)
    return (await _write(graph, viewer, shown, is_shared=is_shared, added=await _keys(graph, viewer, ids))).id


async def untag_people(
    graph: Graph, viewer: Viewer, name: str, people: Iterable[str], *, is_shared: bool | None = None
) -> str:
    """Remove a tag of the viewer from people, by their ids. Returns its id. Raises InvalidTag for an unknown tag.

    The same transaction changes whether the tag is shared.
    """
    id = _tag_id(viewer, clean_text(name))
    rows = await _read_rows(graph, viewer)
    if id not in {row["id"] for row in rows}:
        raise InvalidTag(f"You have no tag “{clean_text(name)}”.")
    if is_shared and any(rule_of_row(row) for row in rows if row["id"] == id):
        _check_shared_rules(rows, id)
    removed = await _keys(graph, viewer, list(people))
    return (await _write(graph, viewer, clean_text(name), is_shared=is_shared, removed=removed)).id


async def set_tag_rule(graph: Graph, viewer: Viewer, name: str, rule: TagRule) -> TagChange:
    """Replace the rule of a tag of the viewer, which is created if it does not exist.

    An empty rule removes it. Raises InvalidTag.
    """
    checked, id = checked_rule(rule), _tag_id(viewer, clean_text(name))
    rows = await _read_rows(graph, viewer)
    others = [row for row in rows if row["is_own"] and row["id"] != id]
    if not checked.is_empty and any(row["is_shared"] for row in rows if row["id"] == id):
        _check_shared_rules(rows, id)
    if not checked.is_empty and sum(rule_of_row(row) is not None for row in others) >= MAX_RULES:
        raise InvalidTag(f"You have {MAX_RULES} tags with a rule, which is the maximum. Remove a rule first.")
    created = await create_tag(graph, viewer, name)
    replaced = await graph.run(
        _SET_TAG_RULE,
        network=viewer.network,
        member=viewer.member,
        id=id,
        companies=checked.companies,
        domains=checked.domains,
        channels=checked.channels,
        kinds=checked.kinds,
        least_strength=checked.least_strength,
        groups=checked.groups,
        schools=checked.schools,
        studied_from=checked.studied_from,
        studied_until=checked.studied_until,
    )
    # no row if the tag was deleted meanwhile
    return replace(created, replaced_rule=next((rule_of_row(row) for row in replaced if row["is_change"]), None))


async def import_tags(graph: Graph, viewer: Viewer, only: Collection[str] = ()) -> list[str]:
    """Create a tag for each group in the viewer's own sources that has none. Returns their ids.

    `only` are the names of groups, empty for all. The rule of each tag is its group, so the tag follows later loads.
    Raises InvalidTag, before it creates any, if the viewer would have too many tags.
    """
    own = [row for row in await _read_rows(graph, viewer) if row["is_own"]]
    groups = await list_contact_groups(graph, viewer)
    wanted = {fold_name(name) for name in only or groups}.difference(row["folded"] for row in own)
    new = [group for group in groups if len(group) <= MAX_TAG_LENGTH and fold_name(group) in wanted]
    rules = sum(rule_of_row(row) is not None for row in own)
    if len(new) > min(MAX_RULES - rules, MAX_TAGS - len(own)):
        raise InvalidTag(
            f"{len(new)} groups have no tag. You may have {MAX_RULES} tags with a rule and {MAX_TAGS} tags. "
            "Set the rule of a tag for each group that you need instead."
        )
    return [(await set_tag_rule(graph, viewer, group, TagRule(groups=(group,)))).id for group in new]


async def delete_tag(graph: Graph, viewer: Viewer, id: str) -> bool:
    """Delete a tag of the viewer. Returns False if the viewer has no tag with this id."""
    (row,) = await graph.run(_DELETE_TAG, network=viewer.network, member=viewer.member, id=id)
    return bool(row["deleted"])


async def viewer_through_tag(graph: Graph, viewer: Viewer, name: str) -> Viewer:
    """The viewer whose routes lead only through people with this tag.

    Nobody else whom the viewer could ask is an introducer. Raises InvalidTag.
    """
    tag = await find_tag(graph, viewer, name)
    rows = await graph.run(
        LIST_PEOPLE_WHO_KNOW_VIEWER,
        network=viewer.network,
        viewer_id=viewer.person_id,
        audiences=viewer.audiences,
    )
    askable = {row["id"] for row in rows} | {*viewer.colleagues}
    return replace(
        viewer,
        excluded_introducers=tuple(sorted({*viewer.excluded_introducers, *(askable - tag.people)})),
        colleagues=tuple(id for id in viewer.colleagues if id in tag.people),
    )


async def _checked_name(graph: Graph, viewer: Viewer, name: str, *, is_shared: bool | None = None) -> str:
    """The name as it is stored. Raises InvalidTag if it is not valid, or if there are too many tags."""
    shown = clean_text(name)
    if not fold_name(shown) or len(shown) > MAX_TAG_LENGTH:
        raise InvalidTag(f"The name of a tag has 1 to {MAX_TAG_LENGTH} characters, with a letter or a digit.")
    rows, id = await _read_rows(graph, viewer), _tag_id(viewer, shown)
    own = {row["id"] for row in rows if row["is_own"]}
    if len(own) >= MAX_TAGS and id not in own:
        raise InvalidTag(f"You have {MAX_TAGS} tags, which is the maximum. Delete one first.")
    if is_shared and any(rule_of_row(row) for row in rows if row["id"] == id):
        _check_shared_rules(rows, id)
    return shown


def _check_shared_rules(rows: Iterable[Mapping[str, Any]], id: str) -> None:
    """Raises InvalidTag if members share as many other tags with a rule as a network may have."""
    shared = [row for row in rows if row["is_shared"] and row["id"] != id and rule_of_row(row) is not None]
    if len(shared) >= MAX_SHARED_RULES:
        raise InvalidTag(
            f"Members share {MAX_SHARED_RULES} tags with a rule, which is the maximum. Keep this tag private."
        )


def _tag_id(viewer: Viewer, name: str) -> str:
    return stable_id("tag", viewer.network, viewer.member, fold_name(name))


async def _keys(graph: Graph, viewer: Viewer, people: list[str]) -> list[str]:
    identities = await list_identities(graph, viewer, people)
    return sorted({identity.key for own in identities.values() for identity in own})


async def _write(
    graph: Graph,
    viewer: Viewer,
    name: str,
    *,
    is_shared: bool | None = None,
    added: Iterable[str] = (),
    removed: Iterable[str] = (),
) -> TagChange:
    """Write what changes."""
    (row,) = await graph.run(
        _WRITE_TAG,
        network=viewer.network,
        member=viewer.member,
        id=_tag_id(viewer, name),
        name=name,
        folded=fold_name(name),
        is_shared=is_shared,
        added=list(added),
        removed=list(removed),
    )
    return TagChange(row["id"], row["is_new"])
