"""Webhooks of a network, at the command line."""

from collections.abc import Sequence

from graph.networks.members import require_permission
from graph.networks.permissions import Operation
from graph.requests.webhooks import Webhook, create_webhook, delete_webhook, list_webhooks
from operations.requests.webhooks import signing_secret
from presentation.answer_json import Data
from presentation.dates import time_text
from tertius import console
from tertius.answer_reading.times import day_of_time
from tertius.arguments.numbered_list import choose
from tertius.console import ConsoleProgress
from tertius.errors import SettingError
from tertius.remote.client import ServerClient
from tertius.remote.team import WEBHOOK_LIST
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork
from tertius.settings import read_settings


def print_webhooks(*, as_json: bool) -> None:
    """Print the webhooks."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        await require_permission(network.graph, network.id, network.member, Operation.MANAGE_MEMBERS)
        return await _read(network)

    _print(run_or_ask(do, WEBHOOK_LIST.read), as_json=as_json)


def add_webhook(url: str, *, as_json: bool) -> None:
    """Add a webhook, and print its signing secret."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> Data:
        key = read_settings().requests.webhook_key.get_secret_value()
        if not key:
            raise SettingError("Set TERTIUS_REQUESTS__WEBHOOK_KEY first, to a random text of 32 characters or more.")
        await require_permission(network.graph, network.id, network.member, Operation.MANAGE_MEMBERS)
        id = await create_webhook(network.graph, network.id, url)
        (created,) = [_data(each) for each in await list_webhooks(network.graph, network.id) if each.id == id]
        secret = signing_secret(key, network.id, id)
        return {"__typename": "CreateWebhookPayload", "webhook": created, "signingSecret": secret}

    def ask(client: ServerClient) -> Data:
        payload: Data = client.query("create_webhook", input={"url": url})["createWebhook"]
        return payload

    created = run_or_ask(do, ask)
    if as_json:
        console.echo_json(created)
    else:
        console.echo(f"Events are sent to {url}. Check their signatures with this secret:")
        console.echo(created["signingSecret"])


def remove_webhook(number: int, *, as_json: bool) -> None:
    """Remove the webhook with this number, and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        await require_permission(network.graph, network.id, network.member, Operation.MANAGE_MEMBERS)
        webhooks = await list_webhooks(network.graph, network.id)
        chosen = choose(webhooks, number, WEBHOOK_LIST.noun, WEBHOOK_LIST.command)
        await delete_webhook(network.graph, network.id, chosen.id)
        return await _read(network)

    _print(run_or_ask(do, lambda client: WEBHOOK_LIST.change(client, number, "delete_webhook")), as_json=as_json)


async def _read(network: OpenNetwork) -> list[Data]:
    return [_data(each) for each in await list_webhooks(network.graph, network.id)]


def _print(webhooks: Sequence[Data], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(webhooks)
        return
    for number, each in enumerate(webhooks, 1):
        console.echo(f"{number}. {each['url']}: {_state(each)}")
    if not webhooks:
        console.echo("There are no webhooks.")


def _state(webhook: Data) -> str:
    if webhook["failedAt"] is not None:
        return f"the last event failed on {day_of_time(webhook['failedAt'])}"
    delivered = webhook["deliveredAt"]
    return "no event yet" if delivered is None else f"last event on {day_of_time(delivered)}"


def _data(webhook: Webhook) -> Data:
    return {
        "__typename": "Webhook",
        "id": webhook.id,
        "url": webhook.url,
        "createdAt": time_text(webhook.created_at),
        "deliveredAt": time_text(webhook.delivered_at),
        "failedAt": time_text(webhook.failed_at),
    }
