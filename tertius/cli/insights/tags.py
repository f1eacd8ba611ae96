"""`tertius insights tags`, `tag`, `untag` and `delete-tag`."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from graph.errors import InvalidTag
from graph.insights.tag_rules import TagRule
from graph.insights.tags import create_tag, delete_tag, find_tag, list_tags, set_tag_rule
from operations.insights.tags import change_tagged_people
from presentation.insights.tags import tag_data, tag_text
from presentation.kinds import SourceKind
from presentation.sentences import least_strength, strength_labels
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def show_tags(*, as_json: bool) -> None:
    """Print the tags."""

    async def do(_: OpenNetwork) -> None:
        """Change nothing."""

    _change_and_print(do, as_json=as_json)


def tag_and_print(tag: str, people: Sequence[str], *, shared: bool | None, as_json: bool) -> None:
    """Tag people, and print the tags."""

    async def do(network: OpenNetwork) -> None:
        await change_tagged_people(network.session, tag, people)
        if shared is not None:
            await create_tag(network.graph, network.viewer, tag, is_shared=shared)

    _change_and_print(do, as_json=as_json)


def untag_and_print(tag: str, people: Sequence[str], *, as_json: bool) -> None:
    """Remove a tag from people, and print the tags."""

    async def do(network: OpenNetwork) -> None:
        await change_tagged_people(network.session, tag, people, tagged=False)

    _change_and_print(do, as_json=as_json)


class RuleOptions(NamedTuple):
    """The options of `tertius insights tag-rule`."""

    companies: Sequence[str]
    domains: Sequence[str]
    channels: Sequence[str]
    sources: Sequence[str]
    strength: str | None


def set_rule_and_print(tag: str, options: RuleOptions, *, as_json: bool) -> None:
    """Replace the rule of a tag, and print the tags."""
    kinds = [kind.lower().replace("_", " ") for kind in options.sources]
    if unknown := [kind for kind in kinds if kind not in [*SourceKind]]:
        raise InvalidTag(f"“{unknown[0]}” is no kind of a source. The kinds are {', '.join(SourceKind)}.")
    label = options.strength and options.strength.lower()
    if label and label not in strength_labels():
        raise InvalidTag(f"“{label}” is no label of a strength. The labels are {', '.join(strength_labels())}.")
    channels = tuple(channel.lower().replace(" ", "_") for channel in options.channels)
    least = least_strength(label) if label else None
    rule = TagRule(tuple(options.companies), tuple(options.domains), channels, tuple(kinds), least)

    async def do(network: OpenNetwork) -> None:
        await set_tag_rule(network.graph, network.viewer, tag, rule)

    _change_and_print(do, as_json=as_json)


def delete_tag_by_name(tag: str, *, as_json: bool) -> None:
    """Delete a tag, and print the others."""

    async def do(network: OpenNetwork) -> None:
        found = await find_tag(network.graph, network.viewer, tag)
        if not await delete_tag(network.graph, network.viewer, found.id):
            raise InvalidTag(f"The tag “{found.name}” belongs to another member.")

    _change_and_print(do, as_json=as_json)


def _change_and_print(change: Callable[[OpenNetwork], Awaitable[None]], *, as_json: bool) -> None:
    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await change(network)
        tags = await list_tags(network.graph, network.viewer)
        if as_json:
            console.echo_json([tag_data(tag) for tag in tags])
            return
        for tag in tags:
            console.echo(tag_text(tag))
        if not tags:
            console.echo("You have no tags.")

    run(do)
