"""A request as a message, with a button for each action that the viewer may take."""

from collections.abc import Iterator

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, Option, StaticSelectElement

from api.slack.rendering.actions import DOES_NOT_KNOW, NEXT_REQUEST, NUMBER_SEPARATOR, OUTCOME, REQUEST_ACTION
from api.slack.rendering.messages import Message, button, link, plain, section
from graph.names.name_order import given_name
from graph.requests.requests import IntroductionRequest
from graph.requests.states import Outcome, RequestAction, RequestRole
from graph.requests.suggestions import SuggestedOutcome
from operations.requests.drafting import ENDED_WITHOUT_INTRODUCTION
from presentation.request_mail import MailDraft
from presentation.request_sentences import hidden_introducer_note, request_title, status_text, suggestion_sentence

_MAX_LINK = 2_900
_OUTCOMES = {
    Outcome.MET: "We met",
    Outcome.ANSWERED: "The target answered",
    Outcome.HIRED: "It led to a hire",
    Outcome.DEAL: "It led to a deal",
    Outcome.NO_ANSWER: "The target did not answer",
    Outcome.NOT_USEFUL: "It was not useful",
}


def request_message(
    request: IntroductionRequest,
    mail: MailDraft | None,
    suggestion: SuggestedOutcome | None = None,
    *,
    replaces: bool = False,
) -> Message:
    """A request, and the message that the viewer sends next from their own mail program."""
    return Message(_summary(request), tuple(request_blocks(request, mail, suggestion)), replaces)


def request_blocks(
    request: IntroductionRequest, mail: MailDraft | None, suggestion: SuggestedOutcome | None = None
) -> Iterator[Block]:
    """The blocks of a request."""
    yield section(_summary(request))
    if note := hidden_introducer_note(request):
        yield section(note)
    if request.role is RequestRole.INTRODUCER:
        texts = request.texts
        yield section(f"Why you (only you read it): {texts.reason}")
        if texts.benefit:
            yield section(f"What {request.target.name} gains: {texts.benefit}")
        yield section(f"Note to forward, the only text that {request.target.name} reads:\n{texts.note}")
    if suggestion is not None:
        yield section(suggestion_sentence(suggestion, request))
        label, value = _OUTCOMES[suggestion.outcome], f"{request.id} {suggestion.outcome.value}"
        yield ActionsBlock(elements=[button(f"Record: {label}", f"{OUTCOME}{NUMBER_SEPARATOR}1", value, primary=True)])
    if mail is not None:
        to = f"To: {mail.to}\n" if mail.to else ""
        yield section(f"Send this message yourself:\n{to}Subject: {mail.subject}\n\n{mail.text}")
        if mail.to and len(mail.mailto) <= _MAX_LINK:
            yield link(mail.mailto, "Open it in your mail program")
    yield from _actions(request)


def _summary(request: IntroductionRequest) -> str:
    return f"{request_title(request)}: {status_text(request)}."


def _actions(request: IntroductionRequest) -> Iterator[Block]:
    elements: list[ButtonElement | StaticSelectElement] = []
    for action in request.available_actions:
        if action is RequestAction.RECORD_OUTCOME:
            elements.append(_outcome_menu(request))
        elif label := _label(request, action):
            elements.append(button(label, f"{REQUEST_ACTION}{action.value}", request.id))
    if RequestAction.ACCEPT in request.available_actions and request.role is RequestRole.INTRODUCER:
        elements.append(button(f"I don't know {given_name(request.contact.name)}", DOES_NOT_KNOW, request.id))
    if request.role is RequestRole.ASKER and request.status in ENDED_WITHOUT_INTRODUCTION:
        elements.append(button("Request along the next route…", NEXT_REQUEST, request.id))
    if elements:
        yield ActionsBlock(elements=list(elements))


def _outcome_menu(request: IntroductionRequest) -> StaticSelectElement:
    options = [Option(text=plain(text, 75), value=f"{request.id} {one.value}") for one, text in _OUTCOMES.items()]
    return StaticSelectElement(action_id=OUTCOME, placeholder=plain("What became of it?", 75), options=options)


def _label(request: IntroductionRequest, action: RequestAction) -> str | None:
    """The label of a button: what the viewer does, or what somebody else did and the viewer records."""
    introducer, target = given_name(request.introducer.name), given_name(request.target.name)
    is_introducer = request.role is RequestRole.INTRODUCER
    return {
        RequestAction.SEND: "Send request",
        RequestAction.WITHDRAW: "Withdraw",
        RequestAction.ACCEPT: "Make the introduction" if is_introducer else f"{introducer} accepted",
        RequestAction.ALLOW_MENTION: "Mention my name" if is_introducer else f"{introducer} may be mentioned",
        RequestAction.REDIRECT: "Somebody is closer…" if is_introducer else f"{introducer} named somebody…",
        RequestAction.DECLINE: "Not now" if is_introducer else f"{introducer} declined",
        RequestAction.RECORD_TARGET_ASKED: f"{target} was asked",
        RequestAction.RECORD_TARGET_AGREED: f"{target} agreed",
        RequestAction.RECORD_TARGET_DECLINED: f"{target} declined",
        RequestAction.RECORD_INTRODUCTION: "Introduced",
        RequestAction.THANK: f"Thank {introducer}",
    }.get(action)
