"""Who may be one person, over HTTP: offered, merged, parted and taken back."""

from typing import Any

import pytest

from tests.api.conftest import Ask

PAIRS = """query ($first: Int!, $after: String) { possibleDuplicates(first: $first, after: $after) {
  edges { cursor node { firstPerson { id name } secondPerson { id name } similarity reason } }
  pageInfo { hasNextPage endCursor } } }"""
MERGE = """mutation ($people: [ID!]!) { mergePeople(input: {personIds: $people}) {
  decision { id isSamePerson isOwn firstIdentities { text } secondIdentities { text } } } }"""
SPLIT = """mutation ($person: ID!, $identities: [ID!]!) {
  splitPerson(input: {personId: $person, identityIds: $identities}) {
    decision { id isSamePerson firstIdentities { kind text } } } }"""
UNDO = "mutation ($id: ID!) { undoIdentityDecision(input: {id: $id}) { undoneDecisionId } }"
WHO = """query ($email: String!) {
  person(ref: {email: $email}) { ... on Person { id name identities { id text reason } } } }"""


async def test_pairs_are_listed_in_pages_the_most_likely_first(ask: Ask) -> None:
    all_rows = (await ask(PAIRS, first=50))["data"]["possibleDuplicates"]
    paged: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await ask(PAIRS, first=2, after=after))["data"]["possibleDuplicates"]
        paged += page["edges"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert paged == all_rows["edges"]
    similarities = [edge["node"]["similarity"] for edge in paged]
    assert similarities == sorted(similarities, reverse=True)
    assert all(edge["node"]["reason"] for edge in paged)


@pytest.mark.parametrize("first", [0, 51])
async def test_a_page_has_one_to_fifty_pairs(ask: Ask, first: int) -> None:
    assert (await ask(PAIRS, first=first))["errors"][0]["message"] == "`first` is 1 to 50."


async def test_a_person_is_split_and_merged_again(ask: Ask) -> None:
    priya = "priya.raman@solsticelabs.example"
    before = await ask(WHO, email=priya)
    person = before["data"]["person"]
    parted = [one["id"] for one in person["identities"] if one["text"] == priya]

    split = (await ask(SPLIT, person=person["id"], identities=parted))["data"]["splitPerson"]["decision"]

    assert split["firstIdentities"] == [{"kind": "EMAIL", "text": priya}]
    apart = (await ask(WHO, email=priya))["data"]["person"]
    assert [one["text"] for one in apart["identities"]] == [priya]
    both = [person["id"], apart["id"]]
    merge = (await ask(MERGE, people=both))["data"]["mergePeople"]["decision"]
    assert merge["isSamePerson"]
    assert merge["isOwn"]
    for decision in (merge["id"], split["id"]):
        assert (await ask(UNDO, id=decision))["data"]["undoIdentityDecision"] == {"undoneDecisionId": decision}
    assert (await ask(UNDO, id=merge["id"]))["data"]["undoIdentityDecision"] == {"undoneDecisionId": None}
    assert await ask(WHO, email=priya) == before


async def test_an_impossible_decision_is_one_sentence(ask: Ask) -> None:
    (error,) = (await ask(MERGE, people=["nobody", "nobody else"]))["errors"]

    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"] == "One of these people no longer exists: look them up again."
