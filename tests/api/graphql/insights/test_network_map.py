"""Tests of `networkMap` over the sample network."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.api.conftest import Ask

MAP = """{
  networkMap {
    asOf
    people { person { id name } strengthLabel bestRouteCount shortenedRouteCount }
    ties { firstPersonId secondPersonId strengthLabel }
  }
  viewer { person { id } }
  networkHealth { reach { introducerCount peopleCount } }
}"""
ARCHIVE = "mutation($ids: [ID!]!) { archivePeople(input: {personIds: $ids}) { archivedPersonIds } }"
ARCHIVED = "{ archivedPeople { nodes { id } } }"
RESTORE = "mutation($ids: [ID!]!) { restorePeople(input: {ids: $ids}) { restoredCount } }"


@pytest.fixture
async def restored(ask: Ask) -> AsyncIterator[None]:
    yield
    entries = (await ask(ARCHIVED))["data"]["archivedPeople"]["nodes"]
    await ask(RESTORE, ids=[entry["id"] for entry in entries])


def by_name(drawn: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["person"]["name"]: each for each in drawn["people"]}


async def test_the_map_shows_who_knows_the_viewer_and_whom_they_know(ask: Ask) -> None:
    data = (await ask(MAP))["data"]
    everybody = data["networkMap"]["people"]
    ids = {each["person"]["id"] for each in everybody}
    people = by_name(data["networkMap"])

    known = [each for each in everybody if each["strengthLabel"]]
    reach = {each["introducerCount"]: each["peopleCount"] for each in data["networkHealth"]["reach"]}
    assert (len(known), len(ids) - len(known)) == (reach[0], reach[1])
    assert data["viewer"]["person"]["id"] not in ids
    assert people["Noor Haddad"]["strengthLabel"] == "STRONG"
    assert people["Jane Okonkwo"]["strengthLabel"] is None
    assert sum(each["bestRouteCount"] for each in everybody) == reach[1] + reach[2] + reach[3]
    assert people["Noor Haddad"]["bestRouteCount"] >= 1


async def test_each_pair_has_one_tie_between_people_of_the_map(ask: Ask) -> None:
    drawn = (await ask(MAP))["data"]["networkMap"]
    ids = {name: each["person"]["id"] for name, each in by_name(drawn).items()}
    pairs = [frozenset((tie["firstPersonId"], tie["secondPersonId"])) for tie in drawn["ties"]]

    assert len(set(pairs)) == len(pairs)
    assert set().union(*pairs) <= set(ids.values())
    assert frozenset((ids["Noor Haddad"], ids["Jane Okonkwo"])) in pairs


@pytest.mark.usefixtures("restored")
async def test_an_archived_person_is_not_on_the_map(ask: Ask) -> None:
    drawn = (await ask(MAP))["data"]["networkMap"]
    rui = by_name(drawn)["Rui Tavares"]["person"]["id"]

    assert (await ask(ARCHIVE, ids=[rui]))["data"]["archivePeople"]["archivedPersonIds"] == [rui]
    after = (await ask(MAP))["data"]["networkMap"]

    assert "Rui Tavares" not in by_name(after)
    assert rui not in {id for tie in after["ties"] for id in (tie["firstPersonId"], tie["secondPersonId"])}
