"""Tests of `pruneSuggestions`, and of archiving and restoring, over the sample network."""

from graph.insights.measures.goals import Goal, GoalPurpose, GoalStage, set_goal
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from operations.insights.invitations import review_invitations
from operations.insights.review import list_prune_suggestions, review_archived_people
from operations.session import Session
from presentation.insights.invitations import invitation_data
from presentation.insights.review import archived_data, prune_data
from sources.tables.target_list import list_of_targets
from tests.api.conftest import TODAY, Ask, Counting
from tests.api.test_answer_json import ON_REQUEST, fragments


async def session_of(sample: Counting) -> Session:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    state = await read_state(sample, network)
    return Session(sample, state, build_viewer(state, member))


async def test_invitations_are_the_same_object_both_ways(ask: Ask, sample: Counting) -> None:
    names = ["Noor Haddad", "Nobody Known", "Jane Okonkwo"]
    document = fragments("invitationReview", "first: 50, names: $names", ON_REQUEST, "").replace(
        "query Q", "query Q($names: [String!])"
    )

    named = (await ask(document, names=names))["data"]["invitationReview"]
    session = await session_of(sample)
    reviews = await review_invitations(session, list_of_targets(names))
    assert named["nodes"] == [invitation_data(each) for each in reviews]
    assert [node["advice"] for node in named["nodes"]][:2] == ["NOTHING_TO_DO", "LEAVE"]

    opened = (await ask(document))["data"]["invitationReview"]["nodes"]
    assert opened == [invitation_data(each) for each in await review_invitations(session)]


async def test_people_of_the_goal_are_not_suggested_for_archiving(sample: Counting) -> None:
    session = await session_of(sample)
    before = await list_prune_suggestions(session)
    jane = next(each.listed.person for each in before if each.listed.person.name == "Jane Okonkwo")
    assert jane.company

    await set_goal(sample, session.viewer, Goal(GoalPurpose.SALES, GoalStage.STARTING, (jane.company,), (), ()))
    after = await list_prune_suggestions(session)
    left_out = {each.listed.person.id for each in before} - {each.listed.person.id for each in after}
    assert jane.id in left_out
    assert jane.company not in {each.listed.person.company for each in after}
    assert len(left_out) < len(before) / 2


async def test_suggestions_are_archived_reviewed_and_restored(ask: Ask, sample: Counting) -> None:
    document = fragments("pruneSuggestions", "first: 50", ON_REQUEST, "")
    before = (await ask(document))["data"]["pruneSuggestions"]
    assert before["nodes"] == [
        prune_data(each) for each in (await list_prune_suggestions(await session_of(sample)))[:50]
    ]
    assert all(reason["sentence"].endswith(".") for node in before["nodes"] for reason in node["reasons"])
    chosen = before["nodes"][0]["person"]

    archive = (
        "mutation A($ids: [ID!]!) { archivePeople(input: {personIds: $ids, rule: NEVER_CONTACTED}) "
        "{ archivedPersonIds inUsePersonIds unknownPersonIds restorableIds } }"
    )
    archived, repeated = [(await ask(archive, ids=[chosen["id"], "nobody"]))["data"]["archivePeople"] for _ in range(2)]
    restorable = archived.pop("restorableIds")
    assert repeated == archived | {"restorableIds": []}
    assert archived == {"archivedPersonIds": [chosen["id"]], "inUsePersonIds": [], "unknownPersonIds": ["nobody"]}
    search = "query S($name: String!) { people(search: $name, first: 5) { nodes { id } } }"
    assert chosen["id"] not in str(await ask(search, name=chosen["name"]))
    assert chosen["id"] not in str((await ask(document))["data"])

    review = fragments("archivedPeople", "first: 50", ON_REQUEST, "")
    (node,) = (await ask(review))["data"]["archivedPeople"]["nodes"]
    (stored,) = await review_archived_people(await session_of(sample))
    assert node == archived_data(stored)
    assert (node["person"], node["rule"], node["isReviewDue"]) == (chosen, "NEVER_CONTACTED", False)
    answer = await ask("query N($id: ID!) { node(id: $id) { __typename id } }", id=node["id"])
    assert answer["data"]["node"] == {"__typename": "ArchivedPerson", "id": node["id"]}

    restore = "mutation R($ids: [ID!]!) { restorePeople(input: {ids: $ids}) { restoredCount } }"
    counts = [
        (await ask(restore, ids=[*restorable, *map(str, range(999))]))["data"]["restorePeople"]["restoredCount"]
        for _ in range(2)
    ]
    assert counts == [1, 0]
    assert (await ask(document))["data"]["pruneSuggestions"] == before
    unknown = [str(number) for number in range(51)]
    assert (await ask(archive, ids=unknown))["data"]["archivePeople"]["unknownPersonIds"] == unknown
    too_many = await ask(archive, ids=[str(number) for number in range(1_001)])
    assert too_many["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
