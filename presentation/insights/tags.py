"""Tags as sentences and JSON."""

from graph.insights.tags import Tag
from presentation.answer_json import Data


def tag_text(tag: Tag) -> str:
    """Return `clients: 3 people (shared)`."""
    people = f"{len(tag.people):,} {'person' if len(tag.people) == 1 else 'people'}"
    notes = ["shared"] if tag.is_own and tag.is_shared else [] if tag.is_own else ["shared by another member"]
    return f"{tag.name}: {people}{f' ({notes[0]})' if notes else ''}"


def tag_data(tag: Tag) -> Data:
    """Return the tag as Tag of the GraphQL schema."""
    return {
        "__typename": "Tag",
        "id": tag.id,
        "name": tag.name,
        "isOwn": tag.is_own,
        "isShared": tag.is_shared,
        "peopleCount": len(tag.people),
    }
