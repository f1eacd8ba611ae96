"""The whole answer of each report over the sample network, which has every class, reason, rule and advice by name.

TERTIUS_TEST_REWRITE=1 writes the answers to the folder `golden`. Read the difference before you commit it.
"""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import neo4j
import pytest
import pytest_asyncio

from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.insights.health import ConnectionClass
from graph.insights.nurture_candidates import NurtureReason
from graph.insights.review.invitations import InvitationAdvice
from graph.insights.review.prune import PruneRule
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from graph.networks.tokens import grant_token
from graph.records import WORKSPACE, Part, Record, UnreachableHandles, UnreachableReason
from graph.statements.tie_statements import add_statement
from graph.strength.statement_kinds import StatementKind
from operations.load_exports import load_paths
from tertius.sample import EXPORTS, MEMBER
from tests.api.conftest import TODAY, TOKEN, Ask, Counting
from tests.api.test_answer_json import ON_REQUEST, fragments
from tests.conftest import wipe
from tests.graph.worlds import by_mail, talk

GOLDEN = Path(__file__).with_name("golden")
EARLIEST = date(2025, 6, 2)
JOBS: dict[str, dict[date, str]] = {
    "noor-haddad": {EARLIEST: "Meridian Ports,Engineer", date(2026, 6, 1): "Fjord Sensing,Principal Engineer"},
    "marcus-vale": {EARLIEST: "Cobalt Studio,Analyst", date(2025, 11, 19): "Vale Circle,Founder and Host"},
    "claire-dubois": {EARLIEST: "Galerie Sud,Assistant", date(2026, 10, 20): "Atelier Nord,Curator"},
}
"""The jobs that lists of earlier days show, by profile: the exports of the sample show those of one day only."""
LEFT_OUT = {"id", "cursor", "startCursor", "endCursor", "createdAt", "updatedAt"}
GOAL = """mutation { setNetworkGoal(input: {goal: {purpose: SALES, stage: STARTING, companies: ["Tirreno Lines"],
  roles: ["director"], fields: ["freight"]}}) { goal { purpose } } }"""
RULES = {
    "freight": 'companies: ["Baltic Freight", "Lodestar Freight"]',
    "solstice": 'domains: ["solsticelabs.example"]',
    "chats": "channels: [CHAT]",
    "listed": "sourceKinds: [LINKEDIN]",
    "close": "minStrengthLabel: STRONG",
}
REPORTS = {
    "network_health": ("networkHealth", ""),
    "network_goal": ("networkGoal", ""),
    "network_map": ("networkMap", ""),
    "invitation_review": ("invitationReview", "first: 20"),
    "named_people": ("invitationReview", 'first: 9, names: ["Noor Haddad", "Wei Chen", "Nobody Known", "Samuel Osei"]'),
    "archived_people": ("archivedPeople", ""),
    "reciprocity": ("reciprocity", "first: 8"),
    "contact_plans": ("contactPlans", ""),
    "tags": ("tags", ""),
    "assignment": (
        "assignIntroductions",
        'requestsEach: 1, targets: ["Jane Okonkwo", "Giulia Conti", "Paolo Greco", "Samuel Osei", "Ingrid Solberg"]',
    ),
    **{f"connections_{one}": ("listedPeople", f"first: 2, class: {one.upper()}") for one in ConnectionClass},
    **{f"prune_{rule}": ("pruneSuggestions", f"first: 1, rule: {rule.upper()}") for rule in PruneRule},
}
QUESTIONS = {
    "unreachable_introducer": "Ingrid Solberg",
    "tie_that_ended": "Samuel Osei",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sample(driver: neo4j.AsyncDriver, tmp_path_factory: pytest.TempPathFactory) -> Counting:
    """The sample network, loaded after earlier lists with the former jobs of three people."""
    await wipe(driver)
    graph = Graph(driver)
    with pytest.MonkeyPatch.context() as patch:
        # ids, and with them the order of equals, are the same in each run
        patch.setattr("graph.networks.registry.uuid4", lambda: UUID(int=4))
        network, member = await find_or_create_network(graph, "demo", today=EARLIEST)
    for on in sorted({on for jobs in JOBS.values() for on in jobs}):
        rows = ["First Name,Last Name,URL,Email Address,Company,Position,Connected On"]
        for slug, jobs in JOBS.items():
            job, name = jobs[max(since for since in jobs if since <= on)], slug.replace("-", ",").title()
            rows.append(f"{name},https://www.linkedin.com/in/{slug}-example,,{job},{on:%d %b %Y}")
        path = tmp_path_factory.mktemp(str(on)) / "Connections.csv"
        path.write_text("\n".join(rows), "utf-8")
        await load_paths(graph, network, member, [path], today=on, owner=MEMBER)
    await load_paths(graph, network, member, [EXPORTS], today=TODAY, owner=MEMBER)
    await grant_token(graph, network, member, TOKEN)
    return Counting(driver)


async def change(ask: Ask, mutation: str, values: str, selection: str) -> Any:
    answer = await ask(f"mutation {{ {mutation}(input: {{{values}}}) {{ {selection} }} }}")
    assert "errors" not in answer, answer
    return answer["data"][mutation]


async def person_id(ask: Ask, name: str) -> str:
    answer = await ask("query($name: String!) { people(search: $name, first: 1) { nodes { id } } }", name=name)
    return str(answer["data"]["people"]["nodes"][0]["id"])


async def out_of_touch(graph: Graph, person: str) -> None:
    """State as of the sample's day that Ana is out of touch with this person."""
    network, member = await find_or_create_network(graph, "demo", today=TODAY)
    viewer = build_viewer(await read_state(graph, network), member)
    kind = StatementKind.OUT_OF_TOUCH
    await add_statement(graph, viewer, by=person, towards=viewer.person_id or "", kind=kind, on=TODAY, today=TODAY)


async def request(ask: Ask, target: str, introducer: str, *steps: tuple[str, str]) -> str:
    """Ask the introducer for an introduction, and take these steps."""
    values = (
        f'target: {{name: {{name: "{target}"}}}}, introducer: {{name: {{name: "{introducer}"}}}}, purpose: "A pilot"'
    )
    id = str((await change(ask, "createIntroductionRequest", values, "request { id }"))["request"]["id"])
    for mutation, more in steps:
        await change(ask, mutation, f'id: "{id}"{more}', "__typename")
    return id


INTRODUCED = (
    ("sendIntroductionRequest", ""),
    ("respondToIntroductionRequest", ", response: ACCEPT"),
    ("recordTargetResponse", ", response: ASKED"),
    ("recordTargetResponse", ", response: AGREED"),
    ("recordIntroduction", ""),
)


async def load_introducers_who_are_not_asked(graph: Graph) -> None:
    """Load two people who know Henrik Dahl: one without contact for two years, one whose account is closed."""
    network, member = await find_or_create_network(graph, "demo", today=TODAY)
    rosa, tom, henrik = "rosa.lindt@quay.example", "tom.berg@quay.example", "henrik.dahl@quay.example"
    records: list[Record] = [
        Part(WORKSPACE),
        *talk(MEMBER, rosa, ago=700),
        *talk(MEMBER, tom, ago=60),
        *talk(rosa, henrik),
        *talk(tom, henrik, ago=60),
        UnreachableHandles(by_mail(tom), TODAY, UnreachableReason.ACCOUNT_CLOSED),
    ]
    await load_records(graph, network, member, kind="slack", records=records, today=TODAY)


async def test_each_report_has_its_golden_answer(ask: Ask, sample: Counting, driver: neo4j.AsyncDriver) -> None:
    answers: dict[str, Any] = {"nurture_all": await report(ask, "nurtureSuggestions", "")}

    async def suggest(reason: NurtureReason, *names: str) -> None:
        people = ", ".join(f'{{name: {{name: "{name}"}}}}' for name in names)
        await change(ask, "tagPeople", f'tag: "{reason}", people: [{people}]', "__typename")
        answers[f"nurture_{reason}"] = await report(ask, "nurtureSuggestions", f'tag: "{reason}"')

    await suggest(NurtureReason.UNANSWERED_QUESTION, "Matteo Bianchi")
    await suggest(NurtureReason.WEAKENING_TIE, "Íñigo Galván")
    await suggest(NurtureReason.NEW_JOB, "Claire Dubois")
    await suggest(NurtureReason.WORK_ANNIVERSARY, "Marcus Vale")
    await suggest(NurtureReason.MUTUAL_INTRODUCTION, "Noor Haddad", "Elif Yılmaz")
    for tag, rule in RULES.items():
        await change(ask, "setTagRule", f'tag: "{tag}", {rule}', "__typename")
    await out_of_touch(sample, await person_id(ask, "Imogen Fenwick"))
    plan = 'person: {name: {name: "Victor Lang"}}, everyDays: 20, note: "Lunch"'
    await change(ask, "setContactPlan", plan, "__typename")
    await suggest(NurtureReason.OVERDUE_CONTACT, "Victor Lang")
    archived = await person_id(ask, "Salma Aziz")
    await change(ask, "archivePeople", f'personIds: ["{archived}"], rule: NEVER_CONTACTED', "__typename")
    await ask(GOAL)
    await suggest(NurtureReason.GOAL_INTRODUCER, "Chiara Moretti")
    await request(ask, "Jane Okonkwo", "Noor Haddad", *INTRODUCED)
    await request(ask, "Piotr Kowalczyk", "Elif Yılmaz", *INTRODUCED, ("thankIntroducer", ""))
    await request(ask, "Giulia Conti", "Chiara Moretti")
    await request(ask, "Paolo Greco", "Chiara Moretti")
    # the clock of the database is later than the day of the sample
    introduced = int(datetime(2026, 11, 5, 12, tzinfo=UTC).timestamp() * 1000)
    await driver.execute_query("MATCH (r:IntroductionRequest) SET r.times = [_ IN r.times | $at]", at=introduced)
    await suggest(NurtureReason.UNTHANKED_INTRODUCER, "Noor Haddad")
    await suggest(NurtureReason.ONE_SIDED_INTRODUCER, "Elif Yılmaz")
    await suggest(NurtureReason.NEEDED_INTRODUCER, "Chiara Moretti")
    for name, (field, arguments) in REPORTS.items():
        answers[name] = await report(ask, field, arguments)
    for name, target in QUESTIONS.items():
        answers[name] = await report(ask, "introductions", f'to: {{name: {{name: "{target}"}}}}')

    answers["company_that_people_left"] = await report(ask, "company", 'name: "Meridian Ports"')
    await load_introducers_who_are_not_asked(sample)
    answers["introducers_not_asked"] = await report(ask, "introductions", 'to: {name: {name: "Henrik Dahl"}}')

    if os.environ.get("TERTIUS_TEST_REWRITE"):
        GOLDEN.mkdir(exist_ok=True)
        for name, answer in answers.items():
            (GOLDEN / f"{name}.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", "utf-8")
    golden = {path.stem: json.loads(path.read_text("utf-8")) for path in GOLDEN.glob("*.json")}
    assert golden.keys() == answers.keys()
    for name, answer in answers.items():
        assert answer == golden[name], name


def test_the_golden_answers_have_every_class_reason_rule_and_advice() -> None:
    texts = {path.stem: path.read_text("utf-8") for path in GOLDEN.glob("*.json")}

    for kinds, report_name in ((NurtureReason, "nurture"), (PruneRule, "prune")):
        assert [kind for kind in kinds if f'"{kind.name}"' not in texts[f"{report_name}_{kind}"]] == []
    reviews = texts["invitation_review"] + texts["named_people"]
    assert [advice for advice in InvitationAdvice if f'"{advice.name}"' not in reviews] == []
    assert all(json.loads(texts[f"connections_{one}"])["nodes"] for one in ConnectionClass)


async def report(ask: Ask, field: str, arguments: str) -> Any:
    """The whole answer of a field, without ids and with fractions of four digits."""
    document = fragments(field, arguments, ON_REQUEST, "").replace(f"{field}()", field)
    answer = await ask(document)
    assert "errors" not in answer, answer
    return _comparable(answer["data"][field])


def _comparable(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _comparable(each) for name, each in value.items() if name not in LEFT_OUT}
    if isinstance(value, list):
        return [_comparable(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value


def test_introducers_who_are_not_asked_are_in_sections_of_their_own() -> None:
    answer = json.loads((GOLDEN / "introducers_not_asked.json").read_text("utf-8"))

    assert answer["__typename"] == "Refusal"
    assert [each["person"]["name"] for each in answer["asleepIntroducers"]] == ["Rosa Lindt"]
    assert [(each["person"]["name"], each["reason"]) for each in answer["unreachableIntroducers"]] == [
        ("Tom Berg", "ACCOUNT_CLOSED")
    ]
    company = json.loads((GOLDEN / "company_that_people_left.json").read_text("utf-8"))
    former = [each["person"]["name"] for each in company["formerContacts"]]
    assert "Noor Haddad" in former
    assert "Noor Haddad" not in [each["person"]["name"] for each in company["currentContacts"]]
