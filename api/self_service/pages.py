"""The pages of api.about_me: plain HTML, which works by keyboard, without a script, and in any browser."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape

from fastapi.responses import HTMLResponse

from graph.privacy.export import SubjectExport
from graph.privacy.proof_links import NetworkController

STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "label{display:block}input,button{font:inherit;padding:.4rem .8rem;margin:.3rem 0}table{border-collapse:collapse}"
    "th,td{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top;overflow-wrap:anywhere}a{color:#00489c}"
)
_STYLED = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLED}'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}
LETTER = """\
Somebody, perhaps you, asked at {place} what is known there of whoever has this address.

If that was you, open this within a day; it can be used once:

{link}

Whoever has it is told what is held of you: hand it to nobody. If that was not you, nothing needs to be done: without
the link nobody is shown anything. It says nothing of whether anything is known of you.
"""
_WHAT = (
    "Here people find out who of those they know can introduce them to somebody. Their address books, mail and "
    "connections name others, who never signed up for it: you may be among them."
)


def begin(who: Iterable[NetworkController]) -> HTMLResponse:
    """Where somebody asks for a link."""
    return _page(
        "What is known of you here",
        f"<p>{_WHAT} Show that an e-mail address is yours, and you are told what is held of you, can object, and be "
        'forgotten.</p><form method="post" action="/about-me"><label for="address">Your e-mail address</label>'
        '<input id="address" name="address" type="email" autocomplete="email" maxlength="254" required> '
        f"<button>Send me a link</button></form>{_answering(who)}",
    )


def write_to(who: Sequence[NetworkController]) -> HTMLResponse:
    """Whom to write to, where no link can be sent."""
    how = (
        "Write to those who answer for it, from the address that it is about."
        if who
        else "Nobody is named yet who answers for it: ask whoever told you of this page."
    )
    return _page(
        "What is known of you here",
        f"<p>{_WHAT} You may ask what is held of you, object, and be forgotten. {how}</p>{_answering(who)}",
    )


def unfit() -> HTMLResponse:
    """What was given is no address, whoever's."""
    return _page("That is no e-mail address", f"<p>Write it as in ana@example.org.</p>{_AGAIN}", 400)


def too_often() -> HTMLResponse:
    """From one place too many links were asked for."""
    return _page("Too many links were asked for", "<p>Ask again in an hour.</p>", 429)


def on_its_way() -> HTMLResponse:
    """The one answer to whoever asks for a link."""
    return _page(
        "A link is on its way",
        "<p>It goes to the address you gave, whether or not anything is known of it, and is good for a day, once. If "
        "nothing comes, look among unwanted mail; to one address at most three are sent a day.</p>",
    )


def take(secret: str) -> HTMLResponse:
    """A link that was followed, and not yet taken."""
    return _page(
        "What is known of you here",
        f'<form method="post" action="/about-me/link/{escape(secret)}"><p>This link can be used once.</p>'
        "<button>Show what is known of me</button></form>",
    )


def over() -> HTMLResponse:
    """Nobody is told which of these it is."""
    return _page(
        "This link counts no more",
        f"<p>It was used, its time is over, or it was not copied whole.</p>{_AGAIN}",
        410,
    )


def later(why: str) -> HTMLResponse:
    """The database is away or at work."""
    return _page("That is not possible just now", f"<p>{escape(why)}</p><p>Nothing was changed: try again.</p>", 503)


def held(told: Sequence[tuple[NetworkController, SubjectExport]], form: str) -> HTMLResponse:
    """What is held, and what can be done about it."""
    if not told:
        return _page(
            "Nothing is known of you here",
            "<p>No source holds this address. Whoever is a member signs in, and asks there.</p>",
        )
    return _page(
        "What is known of you here",
        "".join(_network(one, what) for one, what in told)
        + '<h2>What you can do</h2><p><a href="/about-me/held.json">Download all of it</a>, day by day, as JSON.</p>'
        + _form("/about-me/object", form, "Let no route lead through me or to me")
        + '<p><a href="/about-me/forget">Be forgotten</a>: you are asked once more.</p>'
        + "<p>This page counts for half an hour. It tells what stands by the address you proved, or is stated together "
        "with it: if you have others, show that they are yours too.</p>",
    )


def objected() -> HTMLResponse:
    """They objected."""
    return _page(
        "No route leads through you or to you any more",
        '<p>What is held of you stays until you are forgotten.</p><p><a href="/about-me/held">Back</a></p>',
    )


def sure(form: str) -> HTMLResponse:
    """Whether they mean it."""
    return _page(
        "Do you want to be forgotten?",
        "<p>Everything that any source here says of you goes, for ever, and does not come back with later ones. "
        "Nobody can undo it.</p>"
        + _form("/about-me/forget", form, "Forget me")
        + '<p><a href="/about-me/held">Back</a></p>',
    )


def forgotten() -> HTMLResponse:
    """It is done."""
    return _page(
        "You are forgotten",
        "<p>No answer holds you any more. The database's files may for some days yet. What stays is a keyed hash of "
        "your address, by which later exports do not bring you back.</p>",
    )


_AGAIN = '<p><a href="/about-me">Ask for a link</a></p>'


def _form(place: str, form: str, says: str) -> str:
    hidden = f'<input type="hidden" name="form" value="{form}">'
    return f'<form method="post" action="{place}">{hidden}<button>{says}</button></form>'


def _answering(who: Iterable[NetworkController]) -> str:
    lines = "".join(f"<li>{escape(one.controller)}: {escape(one.contact)}</li>" for one in who)
    return f"<h2>Who answers for it</h2><ul>{lines}</ul>" if lines else ""


def _network(who: NetworkController, what: SubjectExport) -> str:
    seen = (
        {**line, "from": min(line["days"]), "to": max(line["days"]), "count": len(line["days"])}
        for line in what["evidence"]
    )
    return (
        f"<h2>{escape(who.controller)}</h2><p>Answers for this: {escape(who.contact)}. As of {what['as_of']}. You "
        f"stand here as {escape(', '.join(what['identities']))}.</p>"
        + _table("What you are called", what["names"], ("source", "identity", "name", "title", "company", "obtained"))
        + _table("Where you are listed", what["lists"], ("source", "identity", "since"))
        + _table("Who was in touch with whom", seen, ("source", "channel", "by", "towards", "from", "to", "count"))
    )


def _table(caption: str, lines: Iterable[SubjectExport], columns: Sequence[str]) -> str:
    head = "".join(f'<th scope="col">{_HEADS.get(name, name)}</th>' for name in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(line.get(name) or ''))}</td>" for name in columns) + "</tr>"
        for line in lines
    )
    return (
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        if rows
        else ""
    )


_HEADS = {"identity": "under", "obtained": "known since", "count": "days"}


def _page(title: str, body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>",
        status,
        HEADERS,
    )
