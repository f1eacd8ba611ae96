"""Every number in the sentence that explains a tie is that of the stored evidence."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import neo4j
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from graph.answers import Step
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.lookup.profiles import read_profiles
from graph.networks.state import read_state
from graph.records import Channel, Interaction, Meeting, Record, StatementRecord
from graph.strength.model import model
from graph.strength.statement_kinds import CHANNEL_OF_KIND
from graph.ties.evidence import read_evidence
from graph.ties.history import history
from graph.ties.past import read_past
from presentation.explanations import tie_explanation
from presentation.sentences import STALE_DAYS, format_relative_day
from tests.graph.worlds import NOON, TODAY, by_mail, home, load_export, own, owner_viewer

ME, BEN = "ana@home.example", "ben@acme.example"
CROWD = tuple(by_mail(f"guest{place}@far.example", f"Guest {'ABCDEFGHIJ'[place]}") for place in range(10))
ON = day_of(TODAY)
WRITTEN = ("mail", "linkedin", "invitation", "chat", "thread")


def interaction_of(ends: Sequence[str], channel: Channel, ago: int, n: int = 1) -> Interaction:
    by, to = ends
    identifier = f"{ends}{channel}{ago}{n}"
    return Interaction(by_mail(by), (by_mail(to),), NOON - timedelta(days=ago), channel, identifier)


interactions_strategy = st.builds(
    interaction_of,
    st.permutations((ME, BEN)),
    st.sampled_from(
        [channel for channel in Channel if channel not in model().statement_lasts and "meeting" not in channel]
    ),
    st.integers(0, 700),
    st.integers(1, 2),
)
meetings_strategy = st.builds(
    lambda others, ago: Meeting(
        (by_mail(ME), by_mail(BEN), *others), NOON - timedelta(days=ago), f"{len(others)}{ago}"
    ),
    st.sampled_from([(), CROWD[:1], CROWD]),
    st.integers(0, 700),
)
statements_strategy = st.builds(
    lambda channel, ago: [
        StatementRecord(by_mail(one), by_mail(other), NOON.date() - timedelta(days=ago), TODAY, channel)
        for one, other in ((ME, BEN), (BEN, ME))
    ],
    st.sampled_from([*CHANNEL_OF_KIND.values()]),
    st.integers(0, 300),
)

Counts = Counter[tuple[str, str]]


def counts_in(sentence: str) -> tuple[Counts, str]:
    """The numbers in a sentence, by kind and person, and the rest of the sentence."""
    counts: Counts = Counter()
    for pattern in (
        r"(?P<both>[\d,]+) messages both ways \((?P<n>[\d,]+) from (?P<who>\w+), (?P<m>[\d,]+) from (?P<whom>\w+)\)",
        r"(?P<n>[\d,]+) messages? from (?P<who>\w+), n",
        r"(?P<n>[\d,]+) (?P<what>(?:large )?meeting)s?",
        r"(?P<n>[\d,]+) (?P<what>call|reaction|endorsement)s? by (?P<who>\w+)",
        (
            r"asked (?:you|Ben) (?P<n>once|[\d,]+ times) in the (?:last year|year to \w+ \d{4}), "
            r"(?P<who>\w+) answered (?P<m>none|[\d,]+)"
        ),
    ):
        for one in re.finditer(pattern, sentence):
            parts = one.groupdict()
            what, who = parts.get("what") or "message", parts.get("who") or ""
            if sentence[one.start() :].startswith("asked"):
                counts["asked", ""], counts["answered", ""] = number(parts["n"]), number(parts["m"])
            else:
                counts[what, who] = number(parts["n"])
            if parts.get("both"):
                counts[what, parts["whom"]] = number(parts["m"])
                assert number(parts["both"]) == number(parts["n"]) + number(parts["m"])
        sentence = re.sub(pattern, "", sentence)
    return counts, sentence


def number(text: str) -> int:
    return {"once": 1, "none": 0}.get(text) or int(re.sub(r"\D", "", text) or 0)


def expected(records: Iterable[Record], by: str, newest: date) -> Counts:
    """The numbers of the loaded records."""
    counted: Counts = Counter()
    days: dict[tuple[str, str], set[date]] = {}
    for record in records:
        if isinstance(record, Meeting):
            counted["meeting" if len(record.attendees) <= 8 else "large meeting", ""] += 1
        elif isinstance(record, Interaction):
            who, channel = record.by.handles[0].text, record.channel.value
            name = "you" if who == ME else "Ben"
            if channel in WRITTEN:
                counted["message", name] += 1
            elif channel != "recommendation":
                counted[channel, name] += 1
            days.setdefault((who, channel), set()).add(record.at.date())
    other = ME if by == BEN else BEN
    for channel in model().asking:
        for asked in days.get((other, channel), ()):
            answers = [day for day in days.get((by, channel), ()) if 0 < (day - asked).days <= 14]
            counts = min(answers, default=asked + timedelta(days=14))
            if newest - timedelta(days=365) < asked and counts <= newest:
                counted["asked", ""] += 1
                counted["answered", ""] += bool(answers)
    return counted


@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(  # asked over a year before the last day, and the time to answer ended within that year
    interactions=[interaction_of((ME, BEN), Channel.LINKEDIN, 24), interaction_of((ME, BEN), Channel.MAIL, 397)],
    meetings=[],
    statements=[],
    repeated=0,
)
@given(
    interactions=st.lists(interactions_strategy, min_size=1, max_size=40, unique_by=lambda interaction: interaction.id),
    meetings=st.lists(meetings_strategy, max_size=5, unique_by=lambda meeting: meeting.id),
    statements=st.lists(statements_strategy, max_size=1),
    repeated=st.integers(0, 20),
)
async def test_every_number_in_the_sentence_is_that_of_the_evidence(
    driver: neo4j.AsyncDriver,
    graph: Graph,
    interactions: list[Record],
    meetings: list[Record],
    statements: list[list[StatementRecord]],
    repeated: int,
) -> None:
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    await load_export(graph, [own(ME, "Ana"), *interactions, *meetings])
    await load_export(graph, [own(ME, "Ana"), *interactions[:repeated], *meetings[:repeated]], kind="another")
    await load_export(graph, [one for both in statements for one in both], kind="statements", owner=None)
    rows, _, _ = await driver.execute_query("MATCH (p:Person)<-[:OF]-(i) RETURN i.key AS key, p.id AS id")
    ids = {row["key"].removeprefix("email:"): row["id"] for row in rows}
    viewer = await owner_viewer(graph)
    network, member = await home(graph)
    state = await read_past(graph, await read_state(graph, network), member, [(ids[ME], ids[BEN])])
    named = await read_profiles(graph, viewer, ids.values())
    newest = max(record.at.date() for record in (*interactions, *meetings))  # type: ignore[union-attr]

    for by, towards in ((ME, BEN), (BEN, ME)):
        pair = ids[by], ids[towards]
        seen = await read_evidence(graph, viewer, [pair])
        judged = history(state, *pair, on=ON)
        act = Step(named[pair[0]], named[pair[1]], judged.strength or 0.0, seen[pair], seen[pair[::-1]])
        sentence = tie_explanation(act, judged, ids[ME])

        counts, rest = counts_in(sentence)
        assert counts == expected([*interactions, *meetings], by, newest)
        for both in statements:
            day = f"{both[0].on.day} {both[0].on:%b %Y}"
            assert f"you stated on {day} that " in rest
            rest = rest.replace(day, "")
        if judged.turn:
            rest = rest.replace(f"in {date_of(judged.turn.day):%B %Y}", "")
        ago = ON - day_of(newest)
        if ago > STALE_DAYS:
            end = f"your sources of this tie end {format_relative_day(day_of(newest), ON)}"
            assert end in rest
            rest = rest.replace(end, "")
        last = f"last contact {ago} days ago" if ago < 60 else f"last contact in {newest:%B %Y}"
        assert last in rest
        assert not re.search(r"\d", rest.replace(last, "")), sentence
