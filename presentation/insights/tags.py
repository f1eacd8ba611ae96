"""Tags as sentences and JSON."""

from graph.insights.tag_rules import TagRule
from graph.insights.tags import Tag
from presentation.answer_json import Data
from presentation.sentences import strength_label


def tag_text(tag: Tag) -> str:
    """Return `clients: 3 people (shared)`."""
    people = f"{len(tag.people):,} {'person' if len(tag.people) == 1 else 'people'}"
    notes = ["shared"] if tag.is_own and tag.is_shared else [] if tag.is_own else ["shared by another member"]
    rule = f". {rule_text(tag.rule)}" if tag.rule else ""
    return f"{tag.name}: {people}{f' ({notes[0]})' if notes else ''}{rule}"


def rule_text(rule: TagRule) -> str:
    """Return whom a rule matches: `Rule: everybody at Halden, with a tie that is good or stronger.`"""
    clauses = [
        f"at {' or '.join(rule.companies)}" if rule.companies else "",
        f"with an address at {' or '.join(rule.domains)}" if rule.domains else "",
        f"with contact by {' or '.join(channel.replace('_', ' ') for channel in rule.channels)}"
        if rule.channels
        else "",
        f"in {' or '.join(rule.kinds)}" if rule.kinds else "",
        "" if rule.least_strength is None else f"with a tie that is {strength_label(rule.least_strength)} or stronger",
    ]
    return f"Rule: everybody {', '.join(filter(None, clauses))}."


def tag_data(tag: Tag) -> Data:
    """Return the tag as Tag of the GraphQL schema."""
    return {
        "__typename": "Tag",
        "id": tag.id,
        "name": tag.name,
        "isOwn": tag.is_own,
        "isShared": tag.is_shared,
        "peopleCount": len(tag.people),
        "rule": rule_text(tag.rule) if tag.rule else None,
    }
