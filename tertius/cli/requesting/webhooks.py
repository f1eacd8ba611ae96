"""Webhooks of a network, at the command line."""

from graph.networks.members import require_permission
from graph.networks.permissions import Operation
from graph.requests.webhooks import Webhook, create_webhook, delete_webhook, list_webhooks
from operations.requests.webhooks import signing_secret
from presentation.dates import time_text
from presentation.sentences import format_day_of_time
from tertius import console
from tertius.cli.numbered_list import choose
from tertius.console import ConsoleProgress
from tertius.errors import SettingError
from tertius.runner import run
from tertius.session import OpenNetwork
from tertius.settings import read_settings


def print_webhooks(*, as_json: bool) -> None:
    """Print the webhooks."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await require_permission(network.graph, network.id, network.member, Operation.MANAGE_MEMBERS)
        await _print(network, as_json=as_json)

    run(do)


def add_webhook(url: str, *, as_json: bool) -> None:
    """Add a webhook, and print its signing secret."""
    key = read_settings().requests.webhook_key.get_secret_value()
    if not key:
        raise SettingError("Set TERTIUS_REQUESTS__WEBHOOK_KEY first, to a random text of 32 characters or more.")

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await require_permission(network.graph, network.id, network.member, Operation.MANAGE_MEMBERS)
        id = (await create_webhook(network.graph, network.id, url))[0]
        secret = signing_secret(key, network.id, id)
        if as_json:
            console.echo_json({"id": id, "url": url, "signingSecret": secret})
        else:
            console.echo(f"Events are sent to {url}. Check their signatures with this secret:")
            console.echo(secret)

    run(do)


def remove_webhook(number: int, *, as_json: bool) -> None:
    """Remove the webhook with this number, and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await require_permission(network.graph, network.id, network.member, Operation.MANAGE_MEMBERS)
        chosen = choose(await list_webhooks(network.graph, network.id), number, "webhook", "tertius request webhooks")
        await delete_webhook(network.graph, network.id, chosen.id)
        await _print(network, as_json=as_json)

    run(do)


async def _print(network: OpenNetwork, *, as_json: bool) -> None:
    webhooks = await list_webhooks(network.graph, network.id)
    if as_json:
        console.echo_json([_data(each) for each in webhooks])
        return
    for number, each in enumerate(webhooks, 1):
        console.echo(f"{number}. {each.url}: {_state(each)}")
    if not webhooks:
        console.echo("There are no webhooks.")


def _state(webhook: Webhook) -> str:
    if webhook.failed_at is not None:
        return f"the last event failed on {format_day_of_time(webhook.failed_at)}"
    return (
        "no event yet" if webhook.delivered_at is None else f"last event on {format_day_of_time(webhook.delivered_at)}"
    )


def _data(webhook: Webhook) -> dict[str, object]:
    return {
        "__typename": "Webhook",
        "id": webhook.id,
        "url": webhook.url,
        "createdAt": time_text(webhook.created_at),
        "deliveredAt": time_text(webhook.delivered_at),
        "failedAt": time_text(webhook.failed_at),
    }
