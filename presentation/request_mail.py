"""The message of an introduction request that its viewer sends next, from a mail program of their own."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from urllib.parse import quote

from graph.names.name_order import given_name
from graph.requests.requests import IntroductionRequest
from graph.requests.states import RequestRole, RequestStatus


@dataclass(frozen=True, slots=True)
class MailDraft:
    """A message to open in a mail program. `to` is empty if no source in view has an address."""

    to: str
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """The message as a `mailto:` link."""
        body = self.text.replace("\n", "\r\n")
        return f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject)}&body={quote(body)}"

    @property
    def eml(self) -> str:
        """The message as an `.eml` file that mail programs open as a draft."""
        message = EmailMessage(policy=default)
        if self.to:
            message["To"] = self.to
        message["Subject"], message["X-Unsent"] = self.subject, "1"
        message.set_content(self.text)
        return message.as_string()


@dataclass(frozen=True, slots=True)
class NextMessage:
    """The message that a party of a request sends next. `recipient` is the id of a person."""

    recipient: str
    subject: str
    text: str

    def to_address(self, address: str) -> MailDraft:
        """The message to this address of the recipient, empty if unknown."""
        return MailDraft(address, self.subject, self.text)


def next_message(request: IntroductionRequest) -> NextMessage | None:
    """The message that the viewer sends next; None if there is nobody to write to."""
    texts, target = request.texts, given_name(request.target.name)
    match request.role, request.status:
        case RequestRole.ASKER, RequestStatus.SENT if not request.is_introducer_member:
            benefit = f"What {request.target.name} gains: {texts.benefit}\n\n" if texts.benefit else ""
            text = (
                f"Hi {given_name(request.introducer.name)},\n\n{texts.reason}\n\n{benefit}"
                f"You can forward this note:\n\n{texts.note}\n"
            )
            return NextMessage(request.introducer.id, f"Introduction to {request.target.name}?", text)
        case RequestRole.ASKER, RequestStatus.MENTION_ONLY:
            introducer, contact = request.introducer.name, request.contact
            asks = "" if contact.id == request.target.id else f" Could you forward this note to {request.target.name}?"
            text = f"Hi {given_name(contact.name)},\n\n{introducer} said that I may mention their name.{asks}\n\n"
            return NextMessage(contact.id, f"{introducer} allowed me to mention their name", f"{text}{texts.note}\n")
        case RequestRole.INTRODUCER, RequestStatus.ACCEPTED if request.contact.id != request.target.id:
            name = given_name(request.contact.name)
            text = f"Hi {name},\n\nCould you forward this note to {request.target.name}?\n\n{texts.note}\n"
            return NextMessage(request.contact.id, f"Introduction to {request.target.name}?", text)
        case RequestRole.INTRODUCER, RequestStatus.ACCEPTED:
            return NextMessage(request.contact.id, f"May I introduce you to {request.asker_name}?", f"{texts.note}\n")
        case RequestRole.INTRODUCER, RequestStatus.TARGET_AGREED:
            asker = request.asker_name
            text = f"{target}, meet {asker}. {asker}, meet {target}.\n\nYou both agreed to this introduction.\n"
            return NextMessage(request.target.id, f"Introduction: {request.target.name} and {asker}", text)
    return None
