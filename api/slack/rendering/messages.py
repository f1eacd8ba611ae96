"""Messages to one Slack user: blocks with a plain text for notifications and screen readers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CardBlock,
    ContextBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from api.slack.rendering.text import escape, escape_within, within

_MAX_TEXT, _MAX_BUTTON, _MAX_HOME_BLOCKS = 3000, 75, 100


@dataclass(frozen=True, slots=True)
class Message:
    """A message that only the user sees. `text` is not escaped yet.

    With `replaces` it takes the place of the message whose button was clicked.
    """

    text: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    replaces: bool = False

    def body(self) -> dict[str, Any]:
        """The body that Slack expects. It is ephemeral: no other member of a channel sees it."""
        return {
            "response_type": "ephemeral",
            "replace_original": self.replaces,
            "text": escape_within(self.text, _MAX_TEXT),
            "mrkdwn": False,
            "blocks": [block.to_dict() for block in self.blocks or (section(self.text),)],
            "unfurl_links": False,
            "unfurl_media": False,
        }

    def post(self) -> dict[str, Any]:
        """The arguments of `chat.postMessage`."""
        body = self.body()
        return {name: body[name] for name in ("text", "blocks", "mrkdwn", "unfurl_links", "unfurl_media")}


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal. With `submit` it is a form, whose `callback` and `metadata` come back with it."""

    title: str
    blocks: Sequence[Block]
    submit: str = ""
    callback: str = ""
    metadata: str = ""

    def view(self) -> dict[str, Any]:
        """The view that Slack expects."""
        view: dict[str, Any] = {
            "type": "modal",
            "title": plain(self.title, 24).to_dict(),
            "close": plain("Close", 24).to_dict(),
            "blocks": [block.to_dict() for block in self.blocks],
        }
        if self.submit:
            view |= {"submit": plain(self.submit, 24).to_dict(), "callback_id": self.callback}
        return view | {"private_metadata": self.metadata}


@dataclass(frozen=True, slots=True)
class HomeTab:
    """The Home tab of the app."""

    blocks: Sequence[Block]

    def view(self) -> dict[str, Any]:
        """The view that Slack expects."""
        return {"type": "home", "blocks": [block.to_dict() for block in self.blocks[:_MAX_HOME_BLOCKS]]}


SlackReply = Message | Modal | HomeTab


def blocks_of(reply: SlackReply) -> Sequence[Block]:
    """The blocks of a reply."""
    return reply.blocks or ((section(reply.text),) if isinstance(reply, Message) else ())


DELETE_ORIGINAL: dict[str, Any] = {"delete_original": True}
"""The body that deletes the message whose button was clicked."""


def plain(text: str, length: int = _MAX_TEXT) -> PlainTextObject:
    """A text that Slack shows as it is."""
    return PlainTextObject(text=within(text, length), emoji=False)


def section(text: str) -> SectionBlock:
    """A paragraph."""
    return SectionBlock(text=plain(text))


def context(text: str) -> ContextBlock:
    """A small note."""
    return ContextBlock(elements=[plain(text, 2000)])


def card(title: str, subtitle: str, body: str, buttons: Sequence[ButtonElement]) -> CardBlock:
    """A card with buttons."""
    return CardBlock(
        title=_mrkdwn(title, CardBlock.title_max_length),
        subtitle=_mrkdwn(subtitle, CardBlock.subtitle_max_length),
        body=_mrkdwn(body, CardBlock.body_max_length),
        actions=list(buttons),
    )


def button(label: str, action: str, value: str = "", *, primary: bool = False) -> ButtonElement:
    """A button."""
    return ButtonElement(
        text=plain(label, _MAX_BUTTON), action_id=action, value=value or None, style="primary" if primary else None
    )


def buttons(*elements: ButtonElement) -> ActionsBlock:
    """A row of buttons."""
    return ActionsBlock(elements=list(elements))


def link(address: str, label: str) -> SectionBlock:
    """A paragraph that is a link of this service."""
    return SectionBlock(text=MarkdownTextObject(text=f"<{address}|{escape(label)}>", verbatim=True))


def _mrkdwn(text: str, length: int) -> MarkdownTextObject:
    return MarkdownTextObject(text=escape_within(text, length), verbatim=True)  # Slack then makes no links of its own
