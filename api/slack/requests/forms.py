"""The forms of introduction requests, as modals."""

from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement

from api.slack.rendering.messages import Modal, plain, section
from graph.requests.requests import MAX_TEXT_LENGTH, IntroductionRequest
from graph.requests.transitions import MAX_REDIRECT_LENGTH

DRAFT_FORM, SEND_FORM, REDIRECT_FORM = "tertius_form_draft", "tertius_form_send", "tertius_form_redirect"
FORM_TITLE = "Request introduction"


def draft_form(metadata: str) -> Modal:
    """The form for the asker's texts. Nothing is sent."""
    blocks = (
        _input("purpose", "Why do you want to meet this person?", MAX_TEXT_LENGTH // 2),
        _input("about", "Who are you?", MAX_TEXT_LENGTH // 2, optional=True),
        _input("benefit", "What does this person gain?", MAX_TEXT_LENGTH // 2, optional=True),
    )
    return Modal(FORM_TITLE, blocks, submit="Draft", callback=DRAFT_FORM, metadata=metadata)


def send_form(request: IntroductionRequest) -> Modal:
    """The three texts of a draft, to edit and send."""
    introducer, target = request.introducer.name, request.target.name
    texts = request.texts
    blocks: tuple[Block, ...] = (
        section(f"Nothing is sent yet. {introducer} reads all three texts, {target} the last one only."),
        _input("reason", f"Why you ask {introducer}", MAX_TEXT_LENGTH, texts.reason, optional=True),
        _input("benefit", f"What {target} gains", MAX_TEXT_LENGTH, texts.benefit, optional=True),
        _input("note", "Note to forward", MAX_TEXT_LENGTH, texts.note),
    )
    return Modal(FORM_TITLE, blocks, submit="Send request", callback=SEND_FORM, metadata=request.id)


def redirect_form(request_id: str) -> Modal:
    """The form for a person who is closer to the target."""
    field = _input("name", "Who is closer to the target?", MAX_REDIRECT_LENGTH, multiline=False)
    return Modal("Somebody is closer", (field,), submit="Answer", callback=REDIRECT_FORM, metadata=request_id)


def waiting() -> Modal:
    """The view that a submitted form shows until the answer arrives."""
    return Modal(FORM_TITLE, (section("One moment…"),))


def form_values(view: dict[str, Any]) -> dict[str, str]:
    """The texts of a submitted form, by field."""
    fields = view["state"]["values"]
    return {name: str(field["text"].get("value") or "").strip() for name, field in fields.items()}


def _input(
    name: str, label: str, length: int, value: str = "", *, optional: bool = False, multiline: bool = True
) -> InputBlock:
    element = PlainTextInputElement(
        action_id="text", multiline=multiline, max_length=length, initial_value=value[:length] or None
    )
    return InputBlock(block_id=name, label=plain(label, 2000), element=element, optional=optional)
