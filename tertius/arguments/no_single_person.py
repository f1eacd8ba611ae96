"""Says why an argument names no single person."""

from collections.abc import Sequence

from graph.answers import NO_NAME_MESSAGE, AmbiguousTarget, Person, UnknownTarget
from presentation.sentences import did_you_mean


def no_single_person(text: str, resolution: AmbiguousTarget | UnknownTarget) -> str:
    """Why the text of an argument names no single person, and who has a similar name."""
    if isinstance(resolution, AmbiguousTarget):
        return several_people(text)
    return nobody(text, resolution.message, resolution.similar_people)


def several_people(text: str) -> str:
    """Say that the text of an argument matches several people."""
    return f"Several people match “{text}”. Name an e-mail address, a profile or an id; `tertius people` shows ids."


def nobody(text: str, message: str, similar: Sequence[Person]) -> str:
    """Say that the text of an argument matches nobody, and who has a similar name or else why."""
    suggestion = did_you_mean(similar) if message == NO_NAME_MESSAGE else message
    return f"No person matches “{text}”. {suggestion}".rstrip()
