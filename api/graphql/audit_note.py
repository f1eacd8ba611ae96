"""Audit note."""

from api.context import Info
from graph.privacy import audit_log as audited
from graph.privacy.audit_log import Asked


async def noted(info: Info, act: Asked, *about: str | None) -> None:
    """Note that the viewer asks about these people, before they are answered; about themselves nothing is."""
    context = info.context
    ids = [id for id in about if id != context.me]
    if ids:
        await audited.note(context.graph, context.state, context.viewer.member, act, ids)
