"""Sentences and JSON of a goal beside what is measured."""

from graph.insights.measures.goal_progress import GoalIntroducer, GoalProgress, GoalTargetProgress
from graph.insights.measures.goals import Goal
from presentation.answer_json import Data, person_data
from presentation.sentences import format_count, people_who_know


def goal_data(goal: Goal) -> Data:
    """A goal, as the mutation `setNetworkGoal` returns it."""
    return {
        "__typename": "Goal",
        "purpose": goal.purpose.name,
        "stage": goal.stage.name,
        "companies": list(goal.companies),
        "roles": list(goal.roles),
        "fields": list(goal.fields),
    }


def goal_progress_data(progress: GoalProgress) -> Data:
    """A goal beside what is measured, as the query `networkGoal` returns it."""
    least, most = progress.advised
    return {
        "__typename": "NetworkGoal",
        "goal": goal_data(progress.goal),
        "knownCount": progress.known,
        "connectionCount": progress.connections,
        "message": progress_message(progress),
        "targets": [_target(target) for target in progress.targets],
        "advisedMin": least,
        "advisedMax": most,
        "adviceMessage": advice_message(progress),
    }


def progress_message(progress: GoalProgress) -> str:
    """Return how many of the connections know the viewer."""
    verb = "knows" if progress.known == 1 else "know"
    return f"{progress.known:,} of your {format_count(progress.connections, 'connection')} {verb} you."


def advice_message(progress: GoalProgress) -> str:
    """Return the range of common advice, and whether the number of connections is in it."""
    least, most = progress.advised
    purpose, stage = (text.value.replace("_", " ") for text in (progress.goal.purpose, progress.goal.stage))
    if progress.connections < least:
        standing = f"You have {least - progress.connections:,} fewer"
    elif progress.connections > most:
        standing = f"You have {progress.connections - most:,} more"
    else:
        standing = "You are in this range"
    return (
        f"Common advice is to have {least:,} to {most:,} connections for {purpose} ({stage}). {standing}. The advice "
        "does not count who knows you."
    )


def target_message(target: GoalTargetProgress) -> str:
    """Return how many people of a target know the viewer, and how many can be reached."""
    return f"{people_who_know(target.known)} you, and you can reach {target.reachable:,} more."


def _target(target: GoalTargetProgress) -> Data:
    return {
        "__typename": "GoalTarget",
        "kind": target.kind.name,
        "name": target.name,
        "knownCount": target.known,
        "reachableCount": target.reachable,
        "introducers": [_introducer(one) for one in target.introducers],
        "message": target_message(target),
    }


def _introducer(introducer: GoalIntroducer) -> Data:
    return {
        "__typename": "GoalIntroducer",
        "person": person_data(introducer.person),
        "peopleCount": introducer.people,
        "expectedIntroductions": introducer.expected,
    }
