"""`tertius insights tags`, `tag`, `untag` and `delete-tag`."""

from collections.abc import Awaitable, Callable, Sequence

from graph.errors import InvalidTag
from graph.insights.tags import create_tag, delete_tag, find_tag, list_tags
from operations.insights.tags import change_tagged_people
from presentation.insights.tags import tag_data, tag_text
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
