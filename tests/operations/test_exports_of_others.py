"""Exports of other people: refused beside the member's own, or stored as data of others without ties to the member."""

import zipfile
from pathlib import Path

import neo4j
import pytest

from graph.database.client import Graph
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.networks.state import read_state
from operations.load_exports import LoadResult, load_paths
from operations.load_report import report_lines
from tests.graph.ingest.test_load import query_rows
from tests.graph.worlds import TODAY, home, owner_viewer

PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
    "Twitter Handles,Websites,Instant Messengers\n{first},{last},,,,Recruiter,,,,Berlin,,,\n"
)
EMAILS = "Email Address,Confirmed,Primary,Updated On\n{email},Yes,Yes,\n"
CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "{friend},Petrik,https://www.linkedin.com/in/{friend}-petrik,,Halmgard,CTO,03 Feb 2021\n"
)
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
    "2-{friend},,{friend} Petrik,https://www.linkedin.com/in/{friend}-petrik,{first} {last},"
    "https://www.linkedin.com/in/{first}-{last},2026-09-01 10:00:00 UTC,,x,INBOX\n"
    "2-{friend},,{first} {last},https://www.linkedin.com/in/{first}-{last},{friend} Petrik,"
    "https://www.linkedin.com/in/{friend}-petrik,2026-09-01 11:00:00 UTC,,x,INBOX\n"
)
KNOWN_BY = "MATCH (:Member)-[:IS]->(me)<-[:KNOWS]-(p) RETURN DISTINCT p.name ORDER BY p.name"
MEMBER_KEYS = "MATCH (:Member)-[:IS]->(:Person)<-[:OF]-(i) RETURN i.key ORDER BY i.key"
MINE = ["email:maren@home.example", "linkedin:maren-osei"]


def archive(place: Path, first: str, last: str, friend: str, *, with_emails: bool = True) -> Path:
    """Write a LinkedIn archive of one person, who has one friend."""
    names = {"first": first, "last": last, "friend": friend, "email": f"{first.lower()}@home.example"}
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("Connections.csv", CONNECTIONS.format(**names))
        file.writestr("Profile.csv", PROFILE.format(**names))
        file.writestr("messages.csv", MESSAGES.format(**names))
        if with_emails:
            file.writestr("Email Addresses.csv", EMAILS.format(**names))
    return place


async def load(graph: Graph, *paths: Path, of: str | None = None, isolated: bool = False) -> LoadResult:
    network, member = await home(graph)
    return await load_paths(graph, network, member, paths, today=TODAY, data_subject=of, isolated=isolated)


@pytest.mark.parametrize("with_emails", [True, False])
async def test_a_bundle_loads_the_members_own_archive_and_refuses_the_others(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path, with_emails: bool
) -> None:
    own = archive(tmp_path / "own.zip", "Maren", "Osei", "Jonas")
    colleagues = tmp_path / "downloads"
    colleagues.mkdir()
    archive(colleagues / "a.zip", "Carla", "Boss", "Xu", with_emails=with_emails)
    archive(colleagues / "b.zip", "Maren", "Osei", "Jonas", with_emails=with_emails)
    archive(colleagues / "c.zip", "Piet", "Maas", "Yves", with_emails=with_emails)

    fresh = await load(graph, colleagues, isolated=not with_emails)
    assert not fresh.loaded
    assert "belong to different people" in str(fresh.failed[0][1])
    await load(graph, own)
    result = await load(graph, colleagues, isolated=with_emails)

    assert len(result.loaded) == 1
    messages = [str(error) for _, error in result.failed]
    assert len(messages) == 2
    assert "Carla Boss" in messages[0]
    assert "Piet Maas" in messages[1]
    assert all("you are Maren Osei (maren@home.example)" in message for message in messages)
    assert await query_rows(driver, KNOWN_BY) == [["Jonas Petrik"]]
    assert await query_rows(driver, MEMBER_KEYS) == [[key] for key in MINE]
    assert await query_rows(driver, "MATCH (p:Person) WHERE p.name CONTAINS 'Boss' RETURN p.name") == []


async def test_an_archive_of_another_data_subject_gives_ties_to_them_and_none_to_the_member(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path
) -> None:
    await load(graph, archive(tmp_path / "own.zip", "Maren", "Osei", "Jonas"))
    carla = archive(tmp_path / "carla.zip", "Carla", "Boss", "Xu")

    (refused,) = (await load(graph, carla)).failed
    assert "This export belongs to Carla Boss (carla@home.example), and you are Maren Osei" in str(refused[1])
    result = await load(graph, carla, of="Carla Boss")

    assert result.ok
    assert [report.source.title for report in result.loaded] == ["LinkedIn of Carla Boss"]
    assert any("you get no tie from it" in line for line in report_lines(result))
    assert not (await load(graph, carla, of="Carla Boss")).loaded[0].changed
    assert await query_rows(driver, KNOWN_BY) == [["Jonas Petrik"]]
    assert await query_rows(driver, MEMBER_KEYS) == [[key] for key in MINE]
    assert await query_rows(
        driver, "MATCH (p:Person {name: 'Xu Petrik'})-[:KNOWS]->(q) RETURN DISTINCT q.name ORDER BY q.name"
    ) == [["Carla Boss"]]
    listed = "MATCH (s:Source {account: 'of Carla Boss'})-[l:LISTS]->() RETURN count(l)"
    assert await query_rows(driver, listed) == [[0]]
    assert isinstance(await resolve_reference(graph, await owner_viewer(graph), "Carla Boss"), ResolvedTarget)


async def test_the_first_archive_may_be_of_another_data_subject(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path
) -> None:
    result = await load(graph, archive(tmp_path / "carla.zip", "Carla", "Boss", "Xu"), of="carla@home.example")

    assert result.ok
    assert await query_rows(driver, MEMBER_KEYS) == []
    own = await load(graph, archive(tmp_path / "own.zip", "Maren", "Osei", "Jonas"))
    assert own.ok
    assert await query_rows(driver, MEMBER_KEYS) == [[key] for key in MINE]
    assert len((await read_state(graph, (await home(graph))[0])).sources) == 2
