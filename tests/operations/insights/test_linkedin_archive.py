"""The reports on a LinkedIn archive of 2,000 connections, which is not in the repository, equal a count of its rows."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from graph.database.client import Graph
from graph.days import day_of
from graph.insights.health import ConnectionClass, HealthDimension
from graph.insights.review.prune import PruneRule
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from operations.insights.connections import list_connections_of_viewer
from operations.insights.health import assess_network
from operations.insights.invitations import review_invitations
from operations.insights.nurture import suggest_contacts
from operations.insights.review import list_prune_suggestions
from operations.load_exports import load_paths
from operations.session import Session
from tests.api.conftest import TODAY
from tests.sources.shared_exports import unpacked

OWNER = "https://www.linkedin.com/in/fake-ada-byron-lovelace"


@dataclass
class Count:
    """What the rows of an archive state: the day of each connection, the days of contact, and invitations.

    An invitation is its direction, the profile, and whether it has a note. A recommendation names no profile:
    `uncertain` are those of a name that several connections have.
    """

    listed: dict[str, int] = field(default_factory=dict)
    contact: dict[str, list[int]] = field(default_factory=dict)
    invitations: set[tuple[str, str, bool]] = field(default_factory=set)
    uncertain: int = 0

    def of(self, direction: str, *, with_note: bool) -> tuple[int, int]:
        """The number of people invited so, and of those who are connections."""
        people = {who for way, who, has_note in self.invitations if (way, has_note) == (direction, with_note)}
        return len(people), len(people & self.listed.keys())


def rows(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    text = archive.read(name).decode()
    yield from csv.DictReader(io.StringIO(text[text.index("First Name,") if name == "Connections.csv" else 0 :]))


def day(text: str) -> int:
    if text[:2].isdigit() and text[2] == " ":
        return day_of(datetime.strptime(f"{text} +0000", "%d %b %Y %z").date())
    return day_of(date.fromisoformat(text[:10]))


def count(path: Path) -> Count:
    """Count the rows of the archive with plain dictionaries, without any code of the product."""
    counts = Count()
    names: dict[str, list[str]] = {}
    with zipfile.ZipFile(path) as archive:
        for row in rows(archive, "Connections.csv"):
            counts.listed[row["URL"]] = day(row["Connected On"])
            names.setdefault(f"{row['First Name']} {row['Last Name']}", []).append(row["URL"])
        for row in rows(archive, "messages.csv"):
            other = row["RECIPIENT PROFILE URLS"] if row["SENDER PROFILE URL"] == OWNER else row["SENDER PROFILE URL"]
            counts.contact.setdefault(other, []).append(day(row["DATE"]))
        for row in rows(archive, "Invitations.csv"):
            is_sent = row["Direction"] == "OUTGOING"
            other, has_note = row["inviteeProfileUrl" if is_sent else "inviterProfileUrl"], bool(row["Message"].strip())
            counts.invitations.add((row["Direction"], other, has_note))
            if has_note:
                counts.contact.setdefault(other, []).append(day(row["Sent At"]))
        recommended = [
            (f"{row['First Name']} {row['Last Name']}", day(row["Creation Date"]))
            for file in ("Recommendations_Received.csv", "Recommendations_Given.csv")
            for row in rows(archive, file)
        ]
    for name, on in recommended:
        if len(names[name]) == 1:
            counts.contact.setdefault(names[name][0], []).append(on)
        else:
            counts.uncertain += 1
    return counts


async def test_the_reports_on_an_archive_equal_a_count_of_its_rows(graph: Graph, tmp_path: Path) -> None:
    archive = next(unpacked("linkedin", tmp_path).rglob("sample_export.zip"))
    network, member = await find_or_create_network(graph, "home", today=TODAY)
    await load_paths(graph, network, member, [archive], today=TODAY)
    state = await read_state(graph, network)
    session = Session(graph, state, build_viewer(state, member))
    expected = count(archive)
    in_contact = expected.contact.keys() & expected.listed.keys()

    health = await assess_network(session, await list_connections_of_viewer(session))
    by_class = {name: number for name, number in health.counts.by_class.items() if number}
    cold = by_class.pop(ConnectionClass.GONE_COLD)
    assert by_class == {ConnectionClass.NEVER: len(expected.listed) - cold}
    assert 0 <= cold - len(in_contact) <= expected.uncertain
    assert (health.counts.total, health.inner_circle) == (2_000, ())
    years = {g.name: g.counts.total for g in health.groups if g.dimension is HealthDimension.YEAR}
    assert years == dict(sorted(Counter(str(year(on)) for on in expected.listed.values()).items())[-len(years) :])

    acceptance = [(one.is_sent, one.has_note, one.count, one.accepted) for one in health.acceptance]
    assert acceptance == [
        (is_sent, has_note, *expected.of("OUTGOING" if is_sent else "INCOMING", with_note=has_note))
        for is_sent in (True, False)
        for has_note in (True, False)
    ]
    unanswered = {(way, who) for way, who, _ in expected.invitations if who not in expected.listed}
    reviews = await review_invitations(session)
    assert Counter("OUTGOING" if each.invitation.is_sent else "INCOMING" for each in reviews) == Counter(
        way for way, _ in unanswered
    )
    assert {each.advice.name for each in reviews if each.invitation.is_sent} == {"WITHDRAW"}

    covered = max(source.coverage_until or 0 for source in state.stored_sources)
    together = Counter(expected.listed.values())
    never = {who: on for who, on in expected.listed.items() if who not in in_contact}
    pruned = Counter(reason.rule for each in await list_prune_suggestions(session) for reason in each.reasons)
    counts = {
        PruneRule.NEVER_CONTACTED: sum(covered - on >= 365 for on in never.values()),
        PruneRule.ACCEPTED_IN_BURST: sum(covered - on >= 180 and together[on] >= 10 for on in never.values()),
    }
    assert all(0 <= number - pruned[rule] <= cold - len(in_contact) for rule, number in counts.items())
    long_cold = sum(covered - max(expected.contact[who]) >= 1_095 for who in in_contact)
    assert 0 <= pruned[PruneRule.COLD_FOR_YEARS] - long_cold <= cold - len(in_contact)
    assert (await suggest_contacts(session)).suggestions == ()


def year(on: int) -> int:
    return date.fromordinal(on + date(1970, 1, 1).toordinal()).year
