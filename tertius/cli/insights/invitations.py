"""`tertius insights invitations`: open invitations with advice."""

from collections.abc import Sequence
from pathlib import Path

from graph.insights.review.invitations import InvitationAdvice
from graph.introductions.target_list import MAX_LIST_ROWS
from operations.insights.invitations import review_invitations
from presentation.answer_json import Data
from presentation.insights.invitations import ADVICE_NAMES, invitation_csv, invitation_data
from presentation.insights.review import reasons_text
from presentation.sentences import format_count
from sources.tables.target_list import read_target_list
from tertius import console
from tertius.answer_reading.answers import name_and_job
from tertius.cli.asking.targets import target_file
from tertius.cli.tables import TerminalOrPlain, table
from tertius.console import ConsoleProgress
from tertius.remote.insights import ask_invitation_review
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork, advance_to_today


def show_invitations(file: Path | None, *, tag: str | None, out: Path | None, as_json: bool) -> None:
    """Print or write the review of the open invitations, or of the people in a file. `tag` limits it to a tag."""
    names = None if file is None else read_target_list(target_file(file), max_rows=MAX_LIST_ROWS)
    for note in names.notes if names else ():
        console.echo(note, err=True)

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> list[Data]:
        network = await advance_to_today(network, progress=progress)
        return [invitation_data(each) for each in await review_invitations(network.session, names, tag=tag)]

    reviews = run_or_ask(do, lambda client: ask_invitation_review(client, names, tag))
    if out is not None:
        console.write_output(out, "".join(invitation_csv(reviews)))
    if as_json:
        console.echo_json(reviews)
    elif out is None:
        none = "Your sources have no open invitation." if tag is None else "No open invitation matches."
        console.echo(_table(reviews) if reviews else none)
    elif str(out) != "-":
        console.echo(f"{format_count(len(reviews), 'invitation')} in {out}.")


def _table(reviews: Sequence[Data]) -> TerminalOrPlain:
    rows = []
    for review in reviews:
        question = f" Ask: {review['question']}" if review["question"] else ""
        name = review["name"] if review["person"] is None else name_and_job(review["person"])
        rows.append((name, ADVICE_NAMES[InvitationAdvice[review["advice"]]], reasons_text(review) + question))
    return table(("Person", "Advice", "Why"), rows)
