"""`tertius insights tags`, `tag`, `tag-rule`, `untag` and `delete-tag`."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from graph.errors import InvalidTag
from graph.insights.tag_rules import TagRule, checked_rule
from graph.insights.tags import delete_tag, import_tags, list_tags, set_tag_rule
from graph.names.keys import clean_text, fold_name
from operations.insights.tags import change_tagged_people
from presentation.answer_json import Data
from presentation.insights.tags import replaced_rule_text, rule_text, tag_data, tag_text
from presentation.kinds import SourceKind
from presentation.sentences import least_strength, strength_labels
from tertius import console
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.tags import set_rule_on_server, tag_on_server, tags_on_server, untag_on_server
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork

_Change = Callable[[OpenNetwork], Awaitable[str | None]]
_ChangeOnServer = Callable[[ServerClient], str | None]
"""Changes tags. Returns the rule in words that it replaced, None without one."""


def show_tags(*, as_json: bool) -> None:
    """Print the tags."""

    async def do(_: OpenNetwork) -> None:
        """Change nothing."""

    _change_and_print(do, lambda _: None, as_json=as_json)


def tag_and_print(tag: str, people: Sequence[str], *, shared: bool | None, as_json: bool) -> None:
    """Tag people, and print the tags."""

    async def do(network: OpenNetwork) -> None:
        await change_tagged_people(network.session, tag, people, is_shared=shared)

    _change_and_print(do, lambda client: tag_on_server(client, tag, people, is_shared=shared), as_json=as_json)


def untag_and_print(tag: str, people: Sequence[str], *, as_json: bool) -> None:
    """Remove a tag from people, and print the tags."""

    async def do(network: OpenNetwork) -> None:
        await change_tagged_people(network.session, tag, people, tagged=False)

    _change_and_print(do, lambda client: untag_on_server(client, tag, people), as_json=as_json)


class RuleOptions(NamedTuple):
    """The options of `tertius insights tag-rule`."""

    companies: Sequence[str]
    domains: Sequence[str]
    channels: Sequence[str]
    sources: Sequence[str]
    groups: Sequence[str]
    strength: str | None
    schools: Sequence[str] = ()
    studied_from: int | None = None
    studied_until: int | None = None


def set_rule_and_print(tag: str, options: RuleOptions, *, as_json: bool) -> None:
    """Replace the rule of a tag, and print the tags."""
    kinds = [kind.lower().replace("_", " ") for kind in options.sources]
    if unknown := [kind for kind in kinds if kind not in [*SourceKind]]:
        raise InvalidTag(f"“{unknown[0]}” is not a kind of source. The kinds are {', '.join(SourceKind)}.")
    label = options.strength and options.strength.lower()
    if label and label not in strength_labels():
        raise InvalidTag(f"“{label}” is not a strength label. The labels are {', '.join(strength_labels())}.")
    channels = tuple(channel.lower().replace(" ", "_") for channel in options.channels)
    least = least_strength(label) if label else None
    companies, domains, groups = (tuple(values) for values in (options.companies, options.domains, options.groups))
    studies = (tuple(options.schools), options.studied_from, options.studied_until)
    rule = checked_rule(TagRule(companies, domains, channels, tuple(kinds), least, groups, *studies))

    async def do(network: OpenNetwork) -> str | None:
        replaced = (await set_tag_rule(network.graph, network.viewer, tag, rule)).replaced_rule
        return rule_text(replaced) if replaced else None

    def ask(client: ServerClient) -> str | None:
        return set_rule_on_server(client, tag, rule, label or None)

    _change_and_print(do, ask, tag=tag, as_json=as_json)


def import_tags_and_print(*, as_json: bool) -> None:
    """Create the tags of groups, and print the tags."""

    async def do(network: OpenNetwork) -> None:
        await import_tags(network.graph, network.viewer)

    def ask(client: ServerClient) -> None:
        client.query("import_tags", input={})

    _change_and_print(do, ask, as_json=as_json)


def delete_tag_by_name(tag: str, *, as_json: bool) -> None:
    """Delete a tag, and print the others."""

    async def do(network: OpenNetwork) -> None:
        await delete_tag(network.graph, network.viewer, _own_id(await _read(network), tag))

    def ask(client: ServerClient) -> None:
        client.query("delete_tag", input={"id": _own_id(tags_on_server(client), tag)})

    _change_and_print(do, ask, as_json=as_json)


def _own_id(tags: Sequence[Data], name: str) -> str:
    """The id of the viewer's tag with this name. Raises InvalidTag. The viewer's tags are listed first."""
    shown = clean_text(name)
    tag = next((each for each in tags if fold_name(each["name"]) == fold_name(shown)), None)
    if tag is None:
        raise InvalidTag(f"You have no tag “{shown}”.")
    if not tag["isOwn"]:
        raise InvalidTag(f"The tag “{tag['name']}” belongs to another member.")
    return str(tag["id"])


async def _read(network: OpenNetwork) -> list[Data]:
    return [tag_data(tag) for tag in await list_tags(network.graph, network.viewer)]


def _change_and_print(change: _Change, ask: _ChangeOnServer, *, tag: str = "", as_json: bool) -> None:
    async def do(network: OpenNetwork, _: ConsoleProgress) -> tuple[str | None, list[Data]]:
        return await change(network), await _read(network)

    def there(client: ServerClient) -> tuple[str | None, list[Data]]:
        return ask(client), tags_on_server(client)

    replaced, tags = run_or_ask(do, there)
    if as_json:
        console.echo_json(tags)
        return
    if replaced:
        console.echo(replaced_rule_text(clean_text(tag), replaced))
    for each in tags:
        console.echo(tag_text(each))
    if not tags:
        console.echo("You have no tags.")
