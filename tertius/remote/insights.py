"""Insights on a server, as the commands `tertius insights …` read and change them."""

from collections.abc import Sequence

from api.paths import CONNECTIONS, PRUNE
from graph.insights.health import ConnectionClass
from graph.insights.measures.goals import Goal
from graph.insights.planning.introduction_plan import PlanCoverage
from graph.insights.review.prune import PruneRule
from presentation.answer_json import Data
from sources.tables.target_list import TargetList, TargetRow
from tertius.remote.client import PAGE_SIZE, ServerClient
from tertius.remote.questions import resolve_on_server


def ask_health(client: ServerClient, tag: str | None) -> Data:
    """The health of the viewer's network."""
    health: Data = client.query("network_health", tag=tag)["networkHealth"]
    return health


def ask_connections(client: ServerClient, only: ConnectionClass | None, tag: str | None) -> list[Data]:
    """The viewer's connections, of one class with `only`, with a tag with `tag`."""
    return client.read_list(CONNECTIONS, {"class": only and only.name, "tag": tag})


def ask_goal(client: ServerClient, tag: str | None) -> Data | None:
    """The viewer's goal beside what is measured, None without a goal."""
    goal: Data | None = client.query("network_goal", tag=tag)["networkGoal"]
    return goal


def set_goal_on_server(client: ServerClient, goal: Goal | None) -> None:
    """Store the viewer's goal. None removes it."""
    fields = goal and {
        "purpose": goal.purpose.name,
        "stage": goal.stage.name,
        "companies": goal.companies,
        "roles": goal.roles,
        "fields": goal.fields,
    }
    client.query("set_network_goal", input={"goal": fields})


def ask_prune_suggestions(client: ServerClient, only: PruneRule | None, tag: str | None) -> list[Data]:
    """The connections that the viewer could archive, those of one rule with `only`, with a tag with `tag`."""
    return client.read_list(PRUNE, {"rule": only and only.name, "tag": tag})


def archive_on_server(client: ServerClient, people: Sequence[str]) -> tuple[list[str], list[str]]:
    """Archive people. Returns those who are in use, and those who cannot be archived, as the user named them."""
    names = {resolve_on_server(client, text): text for text in people}
    outcome = client.query("archive_people", input={"personIds": list(names)})["archivePeople"]
    in_use, unknown = outcome["inUsePersonIds"], outcome["unknownPersonIds"]
    return [text for id, text in names.items() if id in in_use], [text for id, text in names.items() if id in unknown]


def ask_invitation_review(client: ServerClient, names: TargetList | None, tag: str | None) -> list[Data]:
    """The open invitations with advice, or the people of a list, with a tag with `tag`."""
    if names is None:
        return client.query_pages("invitation_review", "invitationReview", names=None, tag=tag)
    reviews: list[Data] = []
    for start in range(0, len(names.rows), PAGE_SIZE):
        rows = names.rows[start : start + PAGE_SIZE]
        texts = [row.text for row in rows]
        invitations = client.query_pages("invitation_review", "invitationReview", names=texts, tag=tag)
        if tag is not None:  # the people of a tag are known, so their names are complete
            reviews += invitations
            continue
        for row, review in zip(rows, invitations, strict=True):
            unnamed = not row.name and not row.handles
            reviews.append({**review, "name": " ".join(row.cells)} if unnamed else review)
    return reviews


def ask_plan(
    client: ServerClient, targets: TargetList, *, requests_each: int, team: bool, max_introducers: int
) -> Data:
    """The plan for a list of targets. Rows that cannot be read are not sent."""
    sent = [row for row in targets.rows if not row.error]
    plan: Data = client.query(
        "assign_introductions",
        targets=[row.text for row in sent],
        requestsEach=requests_each,
        start="TEAM" if team else "ME",
        maxIntroducers=max_introducers,
    )["assignIntroductions"]
    planned = iter(plan["targets"])
    lines = [{**(_unread(row) if row.error else next(planned)), "line": row.line} for row in targets.rows]
    return {**plan, "targets": lines}


def _unread(row: TargetRow) -> Data:
    """The planned target of a row that cannot be read."""
    empty = ("target", "introducer", "score", "scoreLabel", "summary", "messageToForward")
    return {
        "__typename": "PlannedTarget",
        "line": row.line,
        "coverage": PlanCoverage.UNKNOWN.name,
        **dict.fromkeys(empty),
        "reason": row.error,
    }
