"""Tags as sentences and JSON."""

from graph.insights.tag_rules import TagRule
from graph.insights.tags import Tag
from graph.networks.sources import kind_label
from presentation.answer_json import Data
from presentation.sentences import strength_label


def tag_text(tag: Data) -> str:
    """Return `clients: 3 people (shared)`, for a tag as `tag_data` returns it."""
    count = tag["peopleCount"]
    people = f"{count:,} {'person' if count == 1 else 'people'}"
    note = " (shared by another member)" if not tag["isOwn"] else " (shared)" if tag["isShared"] else ""
    rule = f". {tag['rule']}" if tag["rule"] else ""
    return f"{tag['name']}: {people}{note}{rule}"


def replaced_rule_text(tag: str, rule: str) -> str:
    """Return the sentences about a rule, in words, that a change replaced or removed."""
    return f"This change removed the earlier rule of the tag “{tag}”. {rule}"


def rule_text(rule: TagRule) -> str:
    """Return whom a rule matches: `Rule: everybody at Halden, with a tie that is good or stronger.`"""
    clauses = [
        f"at {' or '.join(rule.companies)}" if rule.companies else "",
        f"with an address at {' or '.join(rule.domains)}" if rule.domains else "",
        f"with contact by {' or '.join(channel.replace('_', ' ') for channel in rule.channels)}"
        if rule.channels
        else "",
        f"in {' or '.join(map(kind_label, rule.kinds))}" if rule.kinds else "",
        f"in the group {' or '.join(rule.groups)}" if rule.groups else "",
        f"who studied at {' or '.join(rule.schools)}{_years(rule)}" if rule.schools else "",
        "" if rule.least_strength is None else f"with a tie that is {strength_label(rule.least_strength)} or stronger",
    ]
    return f"Rule: everybody {', '.join(filter(None, clauses))}."


def _years(rule: TagRule) -> str:
    limits = (("from", rule.studied_from), ("until", rule.studied_until))
    return "".join(f" {word} {year}" for word, year in limits if year is not None)


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
