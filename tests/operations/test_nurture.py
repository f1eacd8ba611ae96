"""Tests whom Tertius suggests to contact: each reason with its evidence, the same all week, and only until acted on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.derivation.refresh import refresh_network
from graph.errors import InvalidContactPlan
from graph.insights.measures.goals import Goal, GoalPurpose, GoalStage, set_goal
from graph.insights.nurture_candidates import NurtureReason, first_day_of_week
from graph.networks.state import build_viewer, read_state
from graph.records import Job, LatestDate, Part, Record
from operations.insights.nurture import NurtureResponse, respond_to_suggestion, set_contact_plan, suggest_contacts
from operations.session import Session
from presentation.insights.nurture import nurture_data, nurture_lines, nurture_message
from tests.graph.worlds import TODAY, by_mail, by_profile, connections, home, load_export, own, talk, wrote

ANA = "ana@home.example"
BEN, CLEO, DAN, EVA, FAY, GUS, BRAD = (
    f"{name}@{name}.example" for name in ("ben", "cleo", "dan", "eva", "fay", "gus", "brad")
)
MONDAY = date(2026, 11, 16)


def mail() -> list[Record]:
    """Ana's mailbox: one story for each reason, and a salesman whom she never answered."""
    return [
        own(ANA, "Ana"),
        LatestDate(TODAY),
        *talk(ANA, BEN, times=12, ago=26),
        *talk(ANA, CLEO, times=1, ago=300),
        wrote(CLEO, ANA, ago=40),
        *talk(ANA, DAN, times=2, ago=100),
        *talk(ANA, EVA, times=2, ago=200),
        *talk(ANA, FAY, times=9, ago=6),
        *talk(ANA, GUS, times=9, ago=7),
        *(wrote(BRAD, ANA, ago=ago) for ago in (30, 40, 50)),
    ]


def jobs(eva: str, on: date) -> list[Record]:
    """Ana's connections on a day: Eva's company changes, Fay and Gus have one role at two companies."""
    rows = [
        (by_profile("eva", "Eva Lind", EVA), None),
        (by_profile("fay", "Fay Moss", FAY), None),
        (by_profile("gus", "Gus Pike", GUS), None),
    ]
    employers = [("eva", "Eva Lind", eva), ("fay", "Fay Moss", "Moss Ltd"), ("gus", "Gus Pike", "Pike Ltd")]
    return [
        own(ANA, "Ana"),
        LatestDate(on),
        *connections(*rows),
        Part("positions"),
        *(
            Job(by_profile(slug, name), company, "Data Lead", None, None, "positions")
            for slug, name, company in employers
        ),
    ]


async def session_on(graph: Graph, day: date) -> Session:
    """The owner's session on a day of the network."""
    network, member = await home(graph)
    state = await refresh_network(graph, network, as_of=day, is_pinned=True)
    return Session(graph, state, build_viewer(state, member))


async def test_an_introducer_to_people_of_the_goal_is_suggested(graph: Graph) -> None:
    others = [f"p{number}@target.example" for number in range(3)]
    between = [record for other in others for record in talk(BEN, other, times=4, ago=40)]
    await load_export(graph, [own(ANA, "Ana"), LatestDate(TODAY), *talk(ANA, BEN, times=2, ago=45), *between])
    listed = connections(*((by_mail(other), "Target Ltd") for other in others))
    await load_export(graph, [own(ANA, "Ana"), *listed], kind="linkedin")
    session = await session_on(graph, TODAY)
    assert NurtureReason.GOAL_INTRODUCER not in {
        each.candidate.reason for each in (await suggest_contacts(session)).suggestions
    }
    await set_goal(graph, session.viewer, Goal(GoalPurpose.SALES, GoalStage.STARTING, ("Target Ltd",)))

    suggestions = [each for each in (await suggest_contacts(session)).suggestions if each.person.name == "Ben"]

    assert [(each.candidate.reason, each.candidate.count) for each in suggestions] == [
        (NurtureReason.GOAL_INTRODUCER, 3)
    ]
    assert nurture_message(suggestions[0], first_day_of_week(session.viewer.as_of)) == (
        "The best routes to 3 people of your goal begin with Ben. The targets: Target Ltd."
    )


async def test_suggestions_have_reasons_and_stay_the_same_all_week(graph: Graph) -> None:
    await load_export(graph, mail())
    for company, on in (("Old Ltd", TODAY - timedelta(days=90)), ("New Ltd", MONDAY - timedelta(days=10))):
        await load_export(graph, jobs(company, on), kind="linkedin", today=on)
    session = await session_on(graph, MONDAY)
    await set_contact_plan(session, DAN, every_days=60, note="=Likes tea")

    week = await suggest_contacts(session)
    by_reason = {each.candidate.reason: each for each in week.suggestions}
    assert date_of(week.starts_on) == MONDAY
    assert {reason: each.person.name for reason, each in by_reason.items()} == {
        NurtureReason.UNANSWERED_QUESTION: "Cleo",
        NurtureReason.WEAKENING_TIE: "Ben",
        NurtureReason.OVERDUE_CONTACT: "Dan",
        NurtureReason.NEW_JOB: "Eva Lind",
        NurtureReason.MUTUAL_INTRODUCTION: "Fay Moss",
    } | {NurtureReason.MUTUAL_INTRODUCTION: by_reason[NurtureReason.MUTUAL_INTRODUCTION].person.name}
    pair = by_reason[NurtureReason.MUTUAL_INTRODUCTION]
    assert {pair.person.name, pair.other.name if pair.other else None} == {"Fay Moss", "Gus Pike"}
    ben, job = by_reason[NurtureReason.WEAKENING_TIE], by_reason[NurtureReason.NEW_JOB]
    assert ben.tie.strength >= 0.55
    assert ben.strength_after_contact > ben.tie.strength
    assert (job.candidate.subject, job.candidate.before) == ("Data Lead at New Ltd", "Data Lead at Old Ltd")
    lines = list(nurture_lines(nurture_data(week, session.viewer)))
    assert len(lines) == 6
    assert '"\'=Likes tea"' in "".join(lines)

    for days in (2, 6):
        later = await session_on(graph, MONDAY + timedelta(days=days))
        again = await suggest_contacts(later)
        assert [each.id for each in again.suggestions] == [each.id for each in week.suggestions]
        assert [row["message"] for row in nurture_data(again, later.viewer)] == [
            row["message"] for row in nurture_data(week, session.viewer)
        ]

    await respond_to_suggestion(later, NurtureResponse.DONE, CLEO)
    await respond_to_suggestion(later, NurtureResponse.NEVER, FAY, GUS)
    await respond_to_suggestion(later, NurtureResponse.SNOOZE, EVA, until=MONDAY + timedelta(days=20))
    await load_export(graph, [own(ANA, "Ana"), wrote(ANA, BEN, ago=1, id="news")], name="home")
    left = await suggest_contacts(replace(later, state=await read_state(graph, later.viewer.network)))
    assert [each.person.name for each in left.suggestions] == ["Dan"]
    with pytest.raises(InvalidContactPlan):
        await respond_to_suggestion(later, NurtureResponse.SNOOZE, EVA, until=MONDAY)
    with pytest.raises(InvalidContactPlan):
        await respond_to_suggestion(later, NurtureResponse.DONE, "nobody@nowhere.example")


async def test_silence_that_no_source_covers_never_counts(graph: Graph) -> None:
    messages = [own(ANA, "Ana"), *talk(ANA, BEN, times=12, ago=100), *talk(ANA, DAN, times=2, ago=110)]
    await load_export(graph, [*messages, wrote(BEN, ANA, ago=99.5), wrote(DAN, ANA, ago=99)])
    session = await session_on(graph, TODAY)
    await set_contact_plan(session, DAN, every_days=60)

    assert day_of(TODAY) - 101 <= (session.state.sources[0].coverage_until or 0) < day_of(TODAY) - 90
    assert (await suggest_contacts(session)).suggestions == ()
