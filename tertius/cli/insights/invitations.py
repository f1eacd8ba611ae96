"""`tertius insights invitations`: open invitations with advice."""

from collections.abc import Sequence
from pathlib import Path

from graph.insights.review.invitations import InvitationReview
from operations.insights.invitations import review_invitations
from operations.target_lists import parse_target_list
from presentation.insights.invitations import (
    ADVICE_NAMES,
    invitation_csv,
    invitation_data,
    invitation_message,
    question_to_ask,
)
from presentation.sentences import format_count, name_with_job
from tertius import console
from tertius.cli.asking.targets import target_file
from tertius.cli.tables import TerminalOrPlain, table
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today


def show_invitations(file: Path | None, *, out: Path | None, as_json: bool) -> None:
    """Print or write the review of the open invitations, or of the people in a file."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> Sequence[InvitationReview]:
        names = None if file is None else await parse_target_list(target_file(file))
        for note in names.notes if names else ():
            console.echo(note, err=True)
        network = await advance_to_today(network, progress=progress)
        return await review_invitations(network.session, names)

    reviews = run(do)
    if out is not None:
        console.write_output(out, "".join(invitation_csv(reviews)))
    if as_json:
        console.echo_json([invitation_data(each) for each in reviews])
    elif out is None:
        console.echo(_table(reviews) if reviews else "Your sources have no open invitation.")
    elif str(out) != "-":
        console.echo(f"{format_count(len(reviews), 'invitation')} in {out}.")


def _table(reviews: Sequence[InvitationReview]) -> TerminalOrPlain:
    rows = []
    for review in reviews:
        person, question = review.invitation.person, question_to_ask(review)
        why = invitation_message(review) + (f" Ask: {question}" if question else "")
        name = review.invitation.name if person is None else name_with_job(person)
        rows.append((name, ADVICE_NAMES[review.advice], why))
    return table(("Person", "Advice", "Why"), rows)
