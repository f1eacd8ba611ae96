"""The goal of a member's network, stored with the member, and the ranges of connections in goals.json.

Only the member reads a goal: every query names the viewer's own member.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import cypher
from graph.database.client import Graph
from graph.errors import InvalidNetworkGoal
from graph.names.visible_text import visible_text
from graph.viewer import Viewer

READ_GOAL = cypher.load("insights/read_goal")
SET_GOAL = cypher.load("insights/set_goal")

MAX_GOAL_TARGETS = 20
"""Maximum number of companies, of roles and of fields of a goal."""
_MAX_TARGET_LENGTH = 200


class GoalPurpose(StrEnum):
    """The purpose of the network. Each name is a key of goals.json."""

    JOB_SEARCH = "job_search"
    THOUGHT_LEADERSHIP = "thought_leadership"
    SALES = "sales"
    RECRUITING = "recruiting"
    FOUNDING = "founding"


class GoalStage(StrEnum):
    """The stage of the member. A job search has the first three stages, every other purpose the last two."""

    EARLY_CAREER = "early_career"
    MID_CAREER = "mid_career"
    SENIOR = "senior"
    STARTING = "starting"
    ESTABLISHED = "established"


@dataclass(frozen=True, slots=True)
class Goal:
    """A member's goal. `companies`, `roles` and `fields` are whom to reach, as the member wrote them."""

    purpose: GoalPurpose
    stage: GoalStage
    companies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def advised_range(self) -> tuple[int, int]:
        """The least and the largest number of connections that advice names. Raises InvalidNetworkGoal."""
        ranges = goal_ranges()[self.purpose]
        if self.stage not in ranges:
            stages = ", ".join(stage.value.replace("_", "-") for stage in ranges)
            purpose = self.purpose.value.replace("_", " ")
            raise InvalidNetworkGoal(f"The stage does not fit the goal {purpose}. Its stages are {stages}.")
        return ranges[self.stage]


@cache
def goal_ranges() -> Mapping[GoalPurpose, Mapping[GoalStage, tuple[int, int]]]:
    """Return the ranges of goals.json, by purpose and stage in the order of the file."""
    stored = json.loads(files(__package__).joinpath("goals.json").read_text("utf-8"))
    return {
        GoalPurpose[purpose]: {GoalStage[stage]: (least, most) for stage, (least, most) in stages.items()}
        for purpose, stages in stored.items()
    }


async def read_goal(graph: Graph, viewer: Viewer) -> Goal | None:
    """Return the viewer's goal; None if there is none."""
    (row,) = await graph.run(READ_GOAL, network=viewer.network, member=viewer.member)
    if row["purpose"] is None:
        return None
    return Goal(
        GoalPurpose(row["purpose"]),
        GoalStage(row["stage"]),
        tuple(row["companies"]),
        tuple(row["roles"]),
        tuple(row["fields"]),
    )


async def set_goal(graph: Graph, viewer: Viewer, goal: Goal | None) -> Goal | None:
    """Replace the viewer's goal; None removes it. Returns what is stored. Raises InvalidNetworkGoal."""
    if goal is not None:
        _ = goal.advised_range
    await graph.run(
        SET_GOAL,
        network=viewer.network,
        member=viewer.member,
        purpose=goal and goal.purpose.value,
        stage=goal and goal.stage.value,
        companies=goal and _cleaned("companies", goal.companies),
        roles=goal and _cleaned("roles", goal.roles),
        fields=goal and _cleaned("fields", goal.fields),
    )
    return await read_goal(graph, viewer)


def _cleaned(kind: str, targets: Iterable[str]) -> list[str]:
    texts = list(dict.fromkeys(text for target in targets if (text := " ".join(visible_text(target).split()))))
    if len(texts) > MAX_GOAL_TARGETS:
        raise InvalidNetworkGoal(f"A goal has {MAX_GOAL_TARGETS} {kind} at most.")
    if any(len(text) > _MAX_TARGET_LENGTH for text in texts):
        raise InvalidNetworkGoal(f"Each of the {kind} of a goal has {_MAX_TARGET_LENGTH} characters at most.")
    return texts
