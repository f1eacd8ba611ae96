"""`tertius targets`: the tie or the best route to each target of a list."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from graph.introductions.target_answer import TargetAnswer, TargetOutcome
from operations import target_lists
from presentation import target_list_csv, target_list_json
from presentation.sentences import name_with_job, route_summary, strength_label
from sources.archives.files import File, file_on_disk
from sources.errors import FileUnreadable
from sources.tables.target_list import TargetList, TargetRow
from tertius import console
from tertius.cli.tables import strength_cell, table
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today

_HEADINGS = {
    TargetOutcome.KNOWN: "Targets who know you: ask them directly",
    TargetOutcome.ROUTE: "Targets with a route: ask the introducer",
    TargetOutcome.REFUSED: "Targets without a genuine route",
    TargetOutcome.AMBIGUOUS: "Rows that match several people: add an address, a profile or a company",
    TargetOutcome.UNKNOWN: "Rows that match nobody",
    TargetOutcome.TIMEOUT: "Rows that were not answered in time",
}

_COLUMNS = {
    TargetOutcome.KNOWN: ("Rank", "Target", "Strength", "Answer"),
    TargetOutcome.ROUTE: ("Rank", "Target", "Score", "Weakest step", "Answer"),
}
_OTHER_COLUMNS = ("Line", "Target", "Answer")


def targets(
    file: Path,
    *,
    max_introducers: int,
    out: Path | None,
    team: bool,
    as_json: bool,
) -> None:
    """Find introducers for a list of targets: print the answers, or write them to a file."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        found = await target_lists.parse_target_list(target_file(file))
        for note in found.notes:
            console.echo(note, err=True)
        network = await advance_to_today(network, progress=progress)
        ranked = await target_lists.answer_rows(
            network.session, found, team=team, max_introducers=max_introducers, progress=progress
        )
        if out is not None:
            console.write_output(out, "".join(target_list_csv.target_list_lines(found, ranked)))
        if as_json:
            console.echo_json(target_list_json.target_list_data(found, ranked, network.viewer))
        elif out is None:
            console.echo_lines(_answer_lines(found, ranked))
        elif str(out) != "-":
            console.echo(f"{len(ranked):,} rows are in {out}: {_counts(ranked)}.")

    run(do)


def target_file(path: Path) -> File:
    """The file of a target list; `-` is stdin. Raises FileUnreadable."""
    if str(path) == "-":
        return target_lists.body_as_file(sys.stdin.buffer.read())
    if not path.is_file():
        raise FileUnreadable(str(path), "there is no such file")
    return file_on_disk(path)


def _answer_lines(targets: TargetList, answers: Sequence[TargetAnswer]) -> Iterator[RenderableType]:
    """Render the answers by outcome, the best first."""
    pairs = sorted(
        zip(targets.rows, answers, strict=True), key=lambda pair: pair[1].rank or len(answers) + pair[0].line
    )
    for outcome, heading in _HEADINGS.items():
        rows = [_table_row(row, answer) for row, answer in pairs if answer.standing is outcome]
        if rows:
            yield Text(f"{heading} ({len(rows):,})", "bold")
            yield table(_COLUMNS.get(outcome, _OTHER_COLUMNS), rows)
            yield ""
    yield f"{len(answers):,} rows: {_counts(answers)}."
    yield "`tertius who` explains one answer. `--out FILE` writes the list as CSV."


def _table_row(row: TargetRow, answer: TargetAnswer) -> tuple[RenderableType, ...]:
    target = name_with_job(answer.target) if answer.target else ", ".join(filter(None, row.cells[:3])) or "empty row"
    if answer.standing is TargetOutcome.KNOWN and answer.tie:
        return str(answer.rank), target, strength_cell(answer.tie.strength), _answer_text(answer)
    if answer.standing is TargetOutcome.ROUTE:
        score = answer.route.score if answer.route else None
        weakest = answer.route.weakest_step.strength if answer.route else answer.withheld_strength
        score_cell = "" if score is None else f"{score:.2f} ({strength_label(score)})"
        return str(answer.rank), target, score_cell, strength_cell(weakest), _answer_text(answer)
    return str(row.line), target, _answer_text(answer)


def _answer_text(answer: TargetAnswer) -> str:
    if answer.route:
        introducer = f"{name_with_job(answer.route.people[0])}. {route_summary(answer.route)}"
        return f"Ask directly, or ask {introducer}" if answer.tie else f"Ask {introducer}"
    if answer.tie:
        return "Ask directly."
    candidates = [target_list_csv.candidate_text(candidate) for candidate in answer.candidates]
    suggestion = [answer.refusal.suggestion] if answer.refusal else []
    return " ".join(filter(None, (target_list_csv.answer_message(answer), *suggestion, "; ".join(candidates))))


def _counts(answers: Sequence[TargetAnswer]) -> str:
    counts = {outcome: sum(answer.standing is outcome for answer in answers) for outcome in TargetOutcome}
    return ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items() if count)
