"""The commands `tertius request …`."""

from typing import Annotated, Literal

import typer

from tertius.cli.options import IntroducerLimit, Json, Number, Words, join_words, parse_day

RequestArgument = Annotated[
    str, typer.Argument(metavar="REQUEST", help="The number in `tertius request list`, or the id.")
]


def create_command(
    target: Words,
    *,
    purpose: Annotated[
        str, typer.Option("--purpose", metavar="TEXT", help="Why you want to meet the target. The target may read it.")
    ],
    through: Annotated[
        str | None,
        typer.Option("--through", metavar="PERSON", help="The introducer: a name, an address, a profile or an id."),
    ] = None,
    about: Annotated[str, typer.Option("--about", metavar="TEXT", help="Who you are, in a sentence.")] = "",
    benefit: Annotated[str, typer.Option("--benefit", metavar="TEXT", help="What the target gains.")] = "",
    max_introducers: IntroducerLimit = 2,
    as_json: Json = False,
) -> None:
    """Draft an introduction request. Nothing is sent.

    The draft has three texts: why this introducer is asked, what the target gains, and a note to forward. Without
    --through, the request is for the colleague on the best route whose name is withheld. You see the name when they
    accept.

    Examples:
        tertius request create Jane Okonkwo --purpose "I want to learn how you hire."
        tertius request create Jane Okonkwo --through "Noor Haddad" --purpose "I want to learn how you hire."
    """
    from tertius.cli.requesting.requests import create_draft

    create_draft(
        join_words(target),
        through=through,
        purpose=purpose,
        about=about,
        benefit=benefit,
        max_introducers=max_introducers,
        as_json=as_json,
    )


def list_command(
    *,
    role: Annotated[
        Literal["asker", "introducer"] | None,
        typer.Option("--role", metavar="ROLE", help="asker: requests of yours. introducer: requests to you."),
    ] = None,
    as_json: Json = False,
) -> None:
    """List introduction requests of yours and to you.

    Examples:
        tertius request list
        tertius request list --role introducer
    """
    from tertius.cli.requesting.requests import print_list

    print_list(role, as_json=as_json)


def show_command(request: RequestArgument, *, as_json: Json = False) -> None:
    """Show a request and what you can do next.

    Examples:
        tertius request show 1
    """
    from tertius.cli.requesting.requests import show

    show(request, as_json=as_json)


def edit_command(
    request: RequestArgument,
    *,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why this introducer is asked.")
    ] = None,
    benefit: Annotated[str | None, typer.Option("--benefit", metavar="TEXT", help="What the target gains.")] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="The note to forward, which the target reads.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Replace texts of a draft.

    Examples:
        tertius request edit 1 --note "I would like to meet you."
    """
    from tertius.cli.requesting.requests import edit

    edit(request, reason=reason, benefit=benefit, note=note, as_json=as_json)


def send_command(request: RequestArgument, *, as_json: Json = False) -> None:
    """Send a draft to its introducer.

    An introducer who is a member sees it in Tertius. To another, send the message that `tertius request show` prints.

    Examples:
        tertius request send 1
    """
    from tertius.cli.requesting.requests import send

    send(request, as_json=as_json)


def answer_command(
    request: RequestArgument,
    response: Annotated[
        Literal["accept", "allow-mention", "redirect", "decline", "does-not-know"],
        typer.Argument(
            metavar="RESPONSE",
            help="accept: ask the target. allow-mention: the asker may mention your name. redirect: somebody is "
            "closer. decline: not now, or no. does-not-know: you do not know whom you would contact.",
        ),
    ],
    *,
    to: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="With redirect: the person who is closer.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer a request to you.

    Record the answer of an introducer who is no member in the same way. does-not-know also adds a statement that the
    tie is out of touch.

    Examples:
        tertius request answer 1 accept
        tertius request answer 1 redirect --to "Marcus Vale"
    """
    from tertius.cli.requesting.requests import answer

    answer(request, response, to=to, as_json=as_json)


def record_command(
    request: RequestArgument,
    event: Annotated[
        Literal[
            "target-asked",
            "target-agreed",
            "target-declined",
            "introduced",
            "answered",
            "met",
            "hired",
            "deal",
            "no-answer",
            "not-useful",
        ],
        typer.Argument(
            metavar="EVENT",
            help="target-asked, target-agreed, target-declined, introduced, or the outcome: answered, met, hired, "
            "deal, no-answer, not-useful.",
        ),
    ],
    *,
    as_json: Json = False,
) -> None:
    """Record what followed, and the outcome.

    Examples:
        tertius request record 1 target-agreed
        tertius request record 1 met
    """
    from tertius.cli.requesting.requests import record

    record(request, event, as_json=as_json)


def thank_command(request: RequestArgument, *, as_json: Json = False) -> None:
    """Thank the introducer, who is informed.

    A repetition changes nothing.

    Examples:
        tertius request thank 1
    """
    from tertius.cli.requesting.requests import thank

    thank(request, as_json=as_json)


def next_command(request: RequestArgument, *, as_json: Json = False) -> None:
    """Draft a request along the next route.

    The earlier request was declined, redirected or expired. The next route shares no introducer with your requests
    for the target. The note stays the same, and nothing is sent.

    Examples:
        tertius request next 1
    """
    from tertius.cli.requesting.requests import create_next

    create_next(request, as_json=as_json)


def preferences_command(
    *,
    monthly_cap: Annotated[
        int | None, typer.Option("--monthly-cap", min=0, max=1_000, metavar="N", help="Requests in 30 days, at most.")
    ] = None,
    monthly_cap_per_asker: Annotated[
        int | None,
        typer.Option("--monthly-cap-per-asker", min=0, max=1_000, metavar="N", help="The same, from one asker."),
    ] = None,
    not_before: Annotated[
        str | None, typer.Option("--not-before", metavar="DATE", help="Take no requests before this date (UTC).")
    ] = None,
    quiet_hours: Annotated[
        str | None,
        typer.Option("--quiet-hours", metavar="FROM-TO", help="Do not notify you at these times: 20:00-08:00."),
    ] = None,
    time_zone: Annotated[
        str, typer.Option("--time-zone", metavar="ZONE", help="The time zone of the quiet hours.")
    ] = "UTC",
    no_go: Annotated[
        list[str] | None,
        typer.Option("--no-go", metavar="PERSON", help="Make no introductions to this person. Can be repeated."),
    ] = None,
    no_go_company: Annotated[
        list[str] | None,
        typer.Option("--no-go-company", metavar="NAME", help="Make none to people of this company. Can be repeated."),
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Remove everything that you chose before.")] = False,
    as_json: Json = False,
) -> None:
    """Show or replace what you accept.

    Preferences say which requests you accept as introducer. With any option, all of them are replaced: those that you
    leave out are reset.

    Examples:
        tertius request preferences
        tertius request preferences --monthly-cap 3 --quiet-hours 20:00-08:00 --time-zone Europe/Berlin
        tertius request preferences --reset
    """
    from tertius.cli.requesting.preferences import preferences

    preferences(
        monthly_cap=monthly_cap,
        monthly_cap_per_asker=monthly_cap_per_asker,
        not_before=parse_day(not_before),
        quiet_hours=quiet_hours,
        time_zone=time_zone,
        no_go=no_go or [],
        no_go_companies=no_go_company or [],
        is_reset=reset,
        as_json=as_json,
    )


def inbox_command(
    *,
    mark_read: Annotated[bool, typer.Option("--mark-read", help="Mark what is printed as read.")] = False,
    as_json: Json = False,
) -> None:
    """List notifications about requests, newest first.

    They are requests to you, answers to your requests, reminders, and outcomes that later contact suggests.

    Examples:
        tertius request inbox
        tertius request inbox --mark-read
    """
    from tertius.cli.requesting.inbox import print_inbox

    print_inbox(mark_read=mark_read, as_json=as_json)


def email_digest_command(
    state: Annotated[
        Literal["on", "off"] | None, typer.Argument(metavar="STATE", help="on or off. Without it, the state is shown.")
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show or set whether you get a daily digest by mail.

    It lists unread notifications. It goes to an address that was confirmed for you, if the operator configured a
    mail server.

    Examples:
        tertius request email-digest
        tertius request email-digest on
    """
    from tertius.cli.requesting.inbox import email_digest

    email_digest(state, as_json=as_json)


def webhooks_command(*, as_json: Json = False) -> None:
    """List addresses that receive request events.

    For owners and admins.

    Examples:
        tertius request webhooks
    """
    from tertius.cli.requesting.webhooks import print_webhooks

    print_webhooks(as_json=as_json)


def add_webhook_command(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address, which begins with https://.")],
    *,
    as_json: Json = False,
) -> None:
    """Add a webhook and print its signing secret.

    The service sends it the id and the state of each request that changes, and nothing about people. Repeat the command
    to see the secret again.

    Examples:
        tertius request add-webhook https://crm.example.org/tertius
    """
    from tertius.cli.requesting.webhooks import add_webhook

    add_webhook(url, as_json=as_json)


def remove_webhook_command(number: Number, *, as_json: Json = False) -> None:
    """Remove a webhook.

    `tertius request webhooks` shows the numbers.

    Examples:
        tertius request remove-webhook 1
    """
    from tertius.cli.requesting.webhooks import remove_webhook

    remove_webhook(number, as_json=as_json)


def withdraw_command(request: RequestArgument, *, as_json: Json = False) -> None:
    """Withdraw a request, or discard a draft.

    Examples:
        tertius request withdraw 1
    """
    from tertius.cli.requesting.requests import withdraw_or_discard

    withdraw_or_discard(request, as_json=as_json)
