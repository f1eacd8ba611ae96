"""The pages under /about-me: plain HTML without scripts, usable by keyboard."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from fastapi.responses import HTMLResponse

from api.html_page import html_page
from graph.names.keys import key_text
from graph.privacy.erasure_requests import ErasureRequest, ErasureRequestStatus
from graph.privacy.export import SubjectExport
from graph.privacy.proof_links import NetworkController
from graph.privacy.subject_requests import SubjectOutcome
from presentation.dates import to_datetime

MAIL = """\
Somebody, perhaps you, requested the personal data that {place} holds about this e-mail address.

To see it, open this link within a day. The link can be used once:

{link}

If you are a member of a network there, you can confirm the address as yours instead: do not open the link, but pass it
to `tertius team prove-address` or the GraphQL mutation `proveAddress`.

Do not pass the link on: it shows your personal data. If you did not request it, ignore this message. Nobody sees any
data without the link. We send this message to every address, whether or not we hold data about it.
"""
_PURPOSE = (
    "Tertius finds people who can introduce its users to somebody. Its users load their address books, mail and "
    "contacts. These name other people, who may not know it, perhaps you."
)


def request_form(controllers: Iterable[NetworkController]) -> HTMLResponse:
    """The form that requests a link."""
    return _page(
        "Your personal data",
        f"<p>{_PURPOSE} Confirm your e-mail address to see the data about you, object to its use, or erase it.</p>"
        '<form class="card" method="post" action="/about-me"><div class="field"><label for="address">Your e-mail '
        'address</label><input id="address" name="address" type="email" autocomplete="email" maxlength="254" required>'
        f'</div><button class="button primary">Send me a link</button></form>{_controllers(controllers)}',
    )


def contact_only(controllers: Sequence[NetworkController]) -> HTMLResponse:
    """The contacts, for a service that cannot send links."""
    instruction = (
        "Write to a controller below, from the e-mail address that you ask about."
        if controllers
        else "No controller is named yet. Ask the person who sent you to this page."
    )
    return _page(
        "Your personal data",
        f"<p>{_PURPOSE} You can request the data about you, object to its use, and have it erased. {instruction}</p>"
        f"{_controllers(controllers)}",
    )


def invalid_address() -> HTMLResponse:
    """The text is no e-mail address."""
    return _page("This is not an e-mail address", f"<p>Enter an address like ana@example.org.</p>{_REQUEST_AGAIN}", 400)


def too_many_requests() -> HTMLResponse:
    """One client requested too many links."""
    return _page("Too many requests", "<p>Try again in an hour.</p>", 429)


def no_more_links(controllers: Iterable[NetworkController]) -> HTMLResponse:
    """The service has reached the number of links that it sends in an hour."""
    return _page(
        "No link was sent",
        "<p>This service has reached the number of links that it sends in an hour. Try again in an hour, or write to "
        f"the contact below.</p>{_controllers(controllers)}",
        503,
    )


def link_sent() -> HTMLResponse:
    """The same answer for every address, known or not."""
    return _page(
        "Check your mail",
        "<p>We send a link to this address, whether or not we hold data about it. The link is valid for a day and can "
        "be used once. If no message arrives, check your spam folder. We send at most three messages a day to one "
        "address.</p>",
    )


def redeem(secret: str) -> HTMLResponse:
    """The form that redeems a link."""
    return _page(
        "Your personal data",
        f'<form method="post" action="/about-me/link/{escape(secret)}"><p>This link can be used once.</p>'
        '<button class="button primary">Show my personal data</button></form>',
    )


def link_expired() -> HTMLResponse:
    """The link or the session is not valid. The page does not say why."""
    return _page(
        "This link is not valid",
        f"<p>It was used before, has expired, or is incomplete.</p>{_REQUEST_AGAIN}",
        410,
    )


def unavailable(message: str) -> HTMLResponse:
    """The database does not answer or is busy."""
    return _page(
        "The service is unavailable",
        f"<p>{escape(message)}</p><p>Not everything may be done. Try again later.</p>",
        503,
    )


def export(
    exports: Sequence[tuple[NetworkController, SubjectExport]],
    outcomes: Sequence[tuple[NetworkController, SubjectOutcome]],
    requests: Sequence[tuple[NetworkController, ErasureRequest]],
    linked: Mapping[str, str],
    form_token: str,
) -> HTMLResponse:
    """The data about the address, and the forms to object and to erase. `outcomes` are networks that show nothing.

    `linked` are the addresses that rows state beside it, by the tokens that stand for them. They were not proved.
    """
    members = _members(outcomes)
    if not exports and members:
        return _page("A member has this address", members)
    if not exports:
        return _page("We hold no data about this address", f"<p>No source contains it.</p>{_OTHER_RECORDS}")
    can_withdraw = any(request.can_be_withdrawn for _, request in requests)
    return _page(
        "Your personal data",
        "".join(map(_requested_erasure, requests))
        + (_form("/about-me/withdraw", form_token, "Withdraw the request for erasure") if can_withdraw else "")
        + "".join(_network(controller, data) for controller, data in exports)
        + members
        + '<h2>Your rights</h2><p><a href="/about-me/held.json">Download all data</a>, day by day, as JSON.</p>'
        + _form("/about-me/object", form_token, "Use this address in no introductions")
        + '<p><a href="/about-me/erase">Erase this address</a>. You confirm this on the next page.</p>'
        + f"<p>This page is valid for half an hour.</p>{_linked_addresses(linked, form_token)}{_OTHER_RECORDS}",
    )


def _linked_addresses(linked: Mapping[str, str], form_token: str) -> str:
    """A button for each other address, which is not shown: it was not proved."""
    if not linked:
        return ""
    forms = (
        _form("/about-me/linked", form_token, f"Send a link to {_masked(key)}", linked=token)
        for token, key in linked.items()
    )
    return (
        "<h2>Addresses beside yours</h2><p>Rows of sources state these addresses beside yours. Whoever wrote a row may "
        "be wrong, so you do not see the addresses, and nothing above concerns them. If one is yours, send a link to "
        f"it, and open the link in that mailbox.</p>{''.join(forms)}"
    )


def _masked(key: str) -> str:
    local, _, domain = key_text(key).rpartition("@")
    return escape(f"{local[:1]}…@{domain[:1]}…")


def objection_recorded(outcomes: Sequence[tuple[NetworkController, SubjectOutcome]]) -> HTMLResponse:
    """The page after an objection: the networks that stored it, and those that did not."""
    if not _is_applied(outcomes):
        return _page("Nothing was changed", _not_applied(outcomes), 409)
    return _page(
        "Your objection is recorded",
        "<p>No introduction leads through or to this address any more. The data stays until you erase it.</p>"
        f'{_members(outcomes)}{_OTHER_RECORDS}<p><a href="/about-me/held">Back</a></p>',
    )


def confirm_erasure(days: int, form_token: str) -> HTMLResponse:
    """The form that requests the erasure."""
    return _page(
        "Erase this address?",
        "<p>Everything that any source states about this address is hidden at once: no answer contains it. It is "
        f"deleted after {days} days, for ever, and later loads do not restore it. In these days an owner of the "
        "network can dispute the request, and you can withdraw it.</p>"
        + _OTHER_RECORDS
        + _form("/about-me/erase", form_token, "Erase this address", "danger")
        + '<p><a href="/about-me/held">Back</a></p>',
    )


def erasure_requested(
    requests: Sequence[tuple[NetworkController, ErasureRequest]],
    outcomes: Sequence[tuple[NetworkController, SubjectOutcome]],
) -> HTMLResponse:
    """The page after a request for erasure: the networks that accepted it, with the last day, and the others."""
    if not requests:
        return _page("Nothing was erased", _not_applied(outcomes), 409)
    return _page(
        "Your request is recorded",
        f"{''.join(map(_requested_erasure, requests))}<p>To see the state of the request or to withdraw it, "
        f'<a href="/about-me">request a new link</a>.</p>{_members(outcomes)}{_OTHER_RECORDS}',
    )


def erasure_withdrawn(*, is_withdrawn: bool) -> HTMLResponse:
    """Whether a request for erasure was withdrawn."""
    back = '<p><a href="/about-me/held">Back</a></p>'
    if not is_withdrawn:
        return _page("Nothing was withdrawn", f"<p>No request for erasure is open.</p>{back}", 409)
    return _page("Your request is withdrawn", f"<p>The address is not erased. Answers can contain it again.</p>{back}")


def _requested_erasure(requested: tuple[NetworkController, ErasureRequest]) -> str:
    """The state of a request for erasure, and what its author can do."""
    controller, request = requested
    requested_at, reason = _time(request.requested_at), escape(request.reason or "")
    contact = f"Contact of the controller: {escape(controller.contact)}."
    text = {
        ErasureRequestStatus.PENDING: f"No answer contains this address from now on. The data is deleted for good on "
        f"{_time(request.final_at)}. We then keep a keyed hash of the address, so that later loads skip it. Files of "
        "the database may contain traces for some more days. Until the deletion, an owner of the network can dispute "
        f"the request. {contact}",
        ErasureRequestStatus.DISPUTED: f"An owner of the network disputed this request. The reason: “{reason}” Nothing "
        "is deleted yet, and no answer contains this address while the dispute is open. The controller must answer you "
        f"by {request.answer_by:%d %B %Y}. If you do not agree, write to the controller. You may complain to a "
        f"supervisory authority. {contact}",
        ErasureRequestStatus.CONFIRMED: "The data is being deleted.",
        ErasureRequestStatus.DISMISSED: f"The controller refused this request. The reason: “{reason}” The data is "
        "stored, and answers can contain it. You may request the erasure again, object to the use of the address, or "
        f"complain to a supervisory authority. {contact}",
    }[request.status]
    return f"<h2>{escape(controller.controller)}: erasure requested on {requested_at}</h2><p>{text}</p>"


def _time(milliseconds: int | None) -> str:
    time = to_datetime(milliseconds)
    return "" if time is None else f"{time:%d %B %Y, %H:%M} UTC"


def _is_applied(outcomes: Iterable[tuple[NetworkController, SubjectOutcome]]) -> bool:
    return any(outcome is SubjectOutcome.APPLIED for _, outcome in outcomes)


def _not_applied(outcomes: Sequence[tuple[NetworkController, SubjectOutcome]]) -> str:
    """Why a request changed nothing."""
    return _members(outcomes) or f"<p>No source contains this address.</p>{_OTHER_RECORDS}"


def _members(outcomes: Iterable[tuple[NetworkController, SubjectOutcome]]) -> str:
    """For each network where the address is a member's: what that means, and what its holder can do."""
    return "".join(
        f"<h2>{escape(controller.controller)}</h2><p>{_MEMBER_TEXTS[outcome]} {escape(controller.contact)}.</p>"
        for controller, outcome in outcomes
        if outcome in _MEMBER_TEXTS
    )


_MEMBER_TEXTS = {
    SubjectOutcome.MEMBER: "This address is confirmed for a member. If you are that member, sign in: there you see "
    "your data and can leave the network. This page shows and changes nothing of a member. Contact of the controller:",
}
_CLAIMED = (
    "<p>An export of a member says that this address is that member's, without a proof. You proved the address, so you "
    "can object and erase it below. The member then loses the address. If you are that member, sign in instead, "
    "request a new link, and pass it to `tertius team prove-address` or the GraphQL mutation `proveAddress` without "
    "opening it.</p>"
)
_OTHER_RECORDS = (
    "<p>This concerns only the address that you confirmed. Other records may exist under another address, a profile or "
    'a telephone number. <a href="/about-me">Request a link</a> for each other address. For a profile or a number, '
    "write to the controller.</p>"
)
_REQUEST_AGAIN = '<p><a href="/about-me">Request a link</a></p>'


def _form(path: str, form_token: str, label: str, kind: str = "", **fields: str) -> str:
    values = {"form": form_token, **fields}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in values.items())
    return f'<form method="post" action="{path}">{hidden}<button class="button {kind}">{label}</button></form>'


def _controllers(controllers: Iterable[NetworkController]) -> str:
    items = "".join(f"<li>{escape(each.controller)}: {escape(each.contact)}</li>" for each in controllers)
    return f"<h2>Data controllers</h2><ul>{items}</ul>" if items else ""


def _network(controller: NetworkController, data: SubjectExport) -> str:
    evidence = (
        {**row, "from": min(row["days"]), "to": max(row["days"]), "count": len(row["days"])} for row in data["evidence"]
    )
    return (
        f"<h2>{escape(controller.controller)}</h2><p>Contact of the controller: {escape(controller.contact)}. The data "
        f"is as of {data['asOf']}. It names you as {escape(', '.join(data['identities']))}.</p>"
        + (_CLAIMED if data["isClaimedByMember"] else "")
        + _table("Your names", data["names"], ("source", "identity", "name", "title", "company", "knownSince"))
        + _table("Lists that contain you", data["lists"], ("source", "identity", "since"))
        + _table("Your interactions", evidence, ("source", "channel", "by", "towards", "from", "to", "count"))
    )


def _table(caption: str, rows: Iterable[SubjectExport], columns: Sequence[str]) -> str:
    head = "".join(f'<th scope="col">{_HEADINGS.get(name, name)}</th>' for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(row.get(name) or ''))}</td>" for name in columns) + "</tr>" for row in rows
    )
    return (
        f'<section class="wide-table" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></section>"
        if body
        else ""
    )


_HEADINGS = {
    "knownSince": "known since",
    "by": "from",
    "towards": "to",
    "from": "first date",
    "to": "last date",
    "count": "days",
}


def _page(title: str, body: str, status: int = 200) -> HTMLResponse:
    return html_page(title, body, status)
