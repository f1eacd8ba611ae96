"""Tests that a tag limits each report about the viewer's network, over the sample network."""

from collections.abc import Awaitable, Callable, Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from api.graphql import insights
from graph.database.batching import batches
from graph.errors import InvalidTag
from graph.insights.measures.goals import Goal, GoalPurpose, GoalStage, set_goal
from graph.insights.measures.invitations import read_invitations
from graph.insights.tags import find_tag
from operations.insights.connections import list_connections_of_viewer
from operations.insights.goals import assess_goal
from operations.insights.health import assess_network, assess_reach
from operations.insights.invitations import review_invitations
from operations.insights.network_map import draw_network_map
from operations.insights.nurture import suggest_contacts
from operations.insights.reciprocity import list_reciprocity
from operations.insights.review import list_prune_suggestions, review_archived_people
from presentation.answer_json import Data
from presentation.insights.reciprocity import reciprocity_data
from sources.tables.target_list import list_of_targets
from tests.api.conftest import Ask, Counting
from tests.api.documents import SCHEMA
from tests.api.graphql.insights.test_review import session_of
from tests.api.test_answer_json import ON_REQUEST, fragments

WITHOUT_TAG = {
    "tags": "lists the tags themselves",
    "contactPlans": "lists what the viewer set, which may be about two people",
    "assignIntroductions": "is about the targets of a list",
}
"""The root fields of insights that no tag limits, and why."""
LISTS = ("listedPeople", "pruneSuggestions", "archivedPeople", "invitationReview", "reciprocity", "nurtureSuggestions")
"""The lists of people that a tag limits."""


def _root_fields_of_insights() -> set[str]:
    modules = [import_module(f"{insights.__name__}.{each.name}") for each in iter_modules(insights.__path__)]
    queries = {kind for module in modules for name, kind in vars(module).items() if name.endswith("Query")}
    return {field.graphql_name or _camel(field.python_name) for kind in queries for field in _fields(kind)}


def _fields(kind: type) -> Iterable[Any]:
    fields: Iterable[Any] = kind.__strawberry_definition__.fields  # type: ignore[attr-defined]
    return fields


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def test_a_tag_limits_every_report() -> None:
    assert SCHEMA.query_type
    fields = _root_fields_of_insights()
    assert fields >= {*LISTS, "networkHealth", "networkGoal", "networkMap"}
    assert {name for name in fields if "tag" not in SCHEMA.query_type.fields[name].args} == WITHOUT_TAG.keys()


async def _read(ask: Ask, field: str, arguments: str = "", **variables: str | None) -> Data:
    declared = ", ".join(f"${name}: String" for name in variables)
    document = fragments(field, arguments, ON_REQUEST, f"({declared})").replace("()", "")
    answer = await ask(document, **variables)
    assert "errors" not in answer, answer
    data: Data = answer["data"][field]
    return data


async def _nodes(ask: Ask, field: str, tag: str | None) -> list[Data]:
    nodes: list[Data] = []
    after: str | None = None
    while True:
        rows = await _read(ask, field, "first: 50, tag: $tag, after: $after", tag=tag, after=after)
        nodes += rows["nodes"]
        if not rows["pageInfo"]["hasNextPage"]:
            return nodes
        after = rows["pageInfo"]["endCursor"]


def _ids(nodes: Iterable[Data]) -> list[str]:
    return [str(node["person"]["id"]) for node in nodes if node["person"]]


async def _people_of_tag(sample: Counting) -> frozenset[str]:
    """The people of the tag, archived ones among them."""
    session = await session_of(sample)
    return (await find_tag(sample, session.viewer.with_archived_people(), "clients")).people


async def _tag(ask: Ask, ids: Iterable[str]) -> None:
    document = "mutation T($input: TagPeopleInput!) { tagPeople(input: $input) { tag { id } } }"
    answer = await ask(document, input={"tag": "clients", "people": [{"id": id} for id in ids]})
    assert "errors" not in answer, answer


async def test_lists_with_a_tag_are_the_rows_of_its_people(ask: Ask, sample: Counting) -> None:
    before = {field: _ids(await _nodes(ask, field, None)) for field in LISTS}
    archived = before["pruneSuggestions"][:2]
    # of each list some people, and one of those who will be archived
    await _tag(ask, {archived[0], *(id for ids in before.values() for id in (*ids[:1], *ids[2:4]))} - {archived[1]})
    archive = "mutation A($ids: [ID!]!) { archivePeople(input: {personIds: $ids}) { archivedPersonIds } }"
    assert (await ask(archive, ids=archived))["data"]["archivePeople"]["archivedPersonIds"] == archived

    tagged = await _people_of_tag(sample)
    for field in LISTS:
        nodes, limited = await _nodes(ask, field, None), await _nodes(ask, field, "clients")
        if field == "nurtureSuggestions":  # others take the places of those without the tag
            assert limited
            assert {*_ids(limited)} <= tagged
            continue
        expected = [node for node in nodes if node["person"] and node["person"]["id"] in tagged]
        assert limited == expected, field
        assert 0 < len(limited) < len(nodes), field


async def test_the_balance_with_a_tag_has_the_figures_of_the_complete_one(ask: Ask, sample: Counting) -> None:
    complete = await _nodes(ask, "reciprocity", None)
    by_id = {node["person"]["id"]: node for node in complete if node["person"]}
    chosen = [*by_id][1::3]
    await _tag(ask, chosen)

    limited = await _nodes(ask, "reciprocity", "clients")
    tagged = await _people_of_tag(sample)
    assert {*chosen} <= tagged
    assert limited == [by_id[id] for id in by_id if id in tagged]
    assert limited == [
        reciprocity_data([each])[0] for each in await list_reciprocity(await session_of(sample), tag="Clients")
    ]
    unknown = await ask('{ reciprocity(first: 5, tag: "nobody") { nodes { id } } }')
    assert unknown["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_names_to_review_are_limited_to_a_tag(ask: Ask, sample: Counting) -> None:
    names = ["Noor Haddad", "Nobody Known", "Jane Okonkwo"]
    session = await session_of(sample)
    (jane,) = [one.invitation.person for one in await review_invitations(session, list_of_targets(names[2:]))]
    assert jane
    await _tag(ask, [jane.id])

    complete = await review_invitations(session, list_of_targets(names))
    limited = await review_invitations(session, list_of_targets(names), tag="clients")
    tagged = await _people_of_tag(sample)
    assert jane.id in tagged
    assert limited == [one for one in complete if one.invitation.person and one.invitation.person.id in tagged]


async def test_health_goal_and_map_count_the_people_of_a_tag(ask: Ask, sample: Counting) -> None:
    session = await session_of(sample)
    reach = await assess_reach(session)
    known, reached = sorted(reach.known)[::3], sorted(reach.reached)[::2]
    await set_goal(sample, session.viewer, Goal(GoalPurpose.SALES, GoalStage.STARTING, ("Halden",), ("engineer",), ()))
    listed = {one.person.id for one in await list_connections_of_viewer(session)}
    invitations = await read_invitations(sample, session.viewer)
    invited = sorted({one.person_id for one in invitations} & listed)[:3]
    assert len(invited) == 3
    for some in batches({*known, *reached, *invited}, 50):
        await _tag(ask, some)
    tagged = await _people_of_tag(sample)

    health = await _read(ask, "networkHealth", "tag: $tag", tag="clients")
    assert health["counts"]["total"] == len(listed & tagged)
    assert [each["peopleCount"] for each in health["reach"]] == [*reach.among(tagged).counts().values()]
    kinds = {(one.person_id, one.is_sent, one.has_note) for one in invitations if one.person_id in tagged}
    assert 0 < len(kinds) < len({(one.person_id, one.is_sent, one.has_note) for one in invitations})
    assert sum(each["count"] for each in health["acceptance"]) == len(kinds)

    complete, goal = await _read(ask, "networkGoal"), await _read(ask, "networkGoal", "tag: $tag", tag="clients")
    assert goal["connectionCount"] == len(listed & tagged)
    assert goal["knownCount"] == len(listed & tagged & reach.known.keys())
    counts = [(one["knownCount"], one["reachableCount"]) for one in goal["targets"]]
    most = [(one["knownCount"], one["reachableCount"]) for one in complete["targets"]]
    assert counts != most
    assert all(
        few <= many for pair, of_all in zip(counts, most, strict=True) for few, many in zip(pair, of_all, strict=True)
    )

    drawn = await _read(ask, "networkMap", "tag: $tag", tag="clients")
    shown = {*_ids(drawn["people"])}
    assert shown
    assert shown <= tagged
    near = {id for id, one in reach.reached.items() if len(one.introducers) == 1}
    never = {*session.viewer.ineligible_introducers}
    assert shown == (tagged & (reach.known.keys() | near)) - never
    assert all({tie["firstPersonId"], tie["secondPersonId"]} <= shown for tie in drawn["ties"])


async def test_a_report_with_an_unknown_tag_reads_nothing_but_tags(sample: Counting) -> None:
    session = await session_of(sample)
    reports: dict[str, Callable[[str], Awaitable[object]]] = {
        "networkHealth": lambda tag: assess_network(session, (), tag=tag),
        "reach": lambda tag: assess_reach(session, tag=tag),
        "listedPeople": lambda tag: list_connections_of_viewer(session, tag=tag),
        "networkGoal": lambda tag: assess_goal(session, tag=tag),
        "networkMap": lambda tag: draw_network_map(session, tag=tag),
        "pruneSuggestions": lambda tag: list_prune_suggestions(session, tag=tag),
        "archivedPeople": lambda tag: review_archived_people(session, tag=tag),
        "invitationReview": lambda tag: review_invitations(session, tag=tag),
        "nurtureSuggestions": lambda tag: suggest_contacts(session, tag=tag),
        "reciprocity": lambda tag: list_reciprocity(session, tag=tag),
    }
    for name, report in reports.items():
        sample.asked.clear()
        with pytest.raises(InvalidTag):
            await report("nobody")
        # a query that continues after the error is not counted by a limit, and fails when the database is closed
        assert sample.asked == ["insights/list_tags"], name


@pytest.mark.usefixtures("sample")
async def test_changes_of_a_tag_say_whether_it_is_new_and_which_rule_they_replaced(ask: Ask) -> None:
    async def change(mutation: str, values: str, selection: str) -> Data:
        answer = await ask(f"mutation {{ {mutation}(input: {{{values}}}) {{ {selection} }} }}")
        assert "errors" not in answer, answer
        data: Data = answer["data"][mutation]
        return data

    created = [await change("createTag", 'name: "Newly made"', "tag { name } isNew") for _ in range(2)]
    ruled = [
        await change("setTagRule", f'tag: "{tag}", {rule}', "isNew replacedRule")
        for tag, rule in (
            ("newly made", 'companies: ["Fjord Sensing"]'),
            ("newly made", 'domains: ["far.example"]'),
            ("newly made", 'domains: ["far.example"]'),
            ("newly made", "domains: []"),
            ("made by its rule", 'companies: ["Fjord Sensing"]'),
        )
    ]

    assert [(one["tag"]["name"], one["isNew"]) for one in created] == [("Newly made", True), ("Newly made", False)]
    assert [one["isNew"] for one in ruled] == [False, False, False, False, True]
    assert [one["replacedRule"] for one in ruled] == [
        None,
        "Rule: everybody at Fjord Sensing.",
        None,
        "Rule: everybody with an address at far.example.",
        None,
    ]
