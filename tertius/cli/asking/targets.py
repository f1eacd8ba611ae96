"""`tertius targets`: the tie or the best route to each target of a list."""

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from graph.introductions.target_answer import TargetOutcome
from operations import target_lists
from presentation import target_list_csv, target_list_json
from presentation.answer_json import Data
from presentation.sentences import strength_label
from sources.archives.files import File, file_on_disk
from sources.errors import FileUnreadable
from tertius import console
from tertius.answer_reading.answers import label_text, name_and_job, read_candidate
from tertius.cli.tables import label_cell, table
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.questions import ask_targets
from tertius.runner import run_or_ask
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

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> tuple[Data, str]:
        parsed = await target_lists.parse_target_list(target_file(file))
        network = await advance_to_today(network, progress=progress)
        ranked = await target_lists.answer_rows(
            network.session, parsed, team=team, max_introducers=max_introducers, progress=progress
        )
        text = "" if out is None else "".join(target_list_csv.target_list_lines(parsed, ranked))
        return target_list_json.target_list_data(parsed, ranked, network.viewer), text

    def ask(client: ServerClient) -> tuple[Data, str]:
        with target_file(file).open() as opened:
            body = opened.read()
        return ask_targets(client, body, team=team, max_introducers=max_introducers, needs_csv=out is not None)

    answered, csv = run_or_ask(do, ask)
    for note in answered["notes"]:
        console.echo(note, err=True)
    if out is not None:
        console.write_output(out, csv)
    if as_json:
        console.echo_json(answered)
    elif out is None:
        console.echo_lines(_answer_lines(answered))
    elif str(out) != "-":
        console.echo(f"{len(answered['targets']):,} rows are in {out}: {_counts(answered)}.")


def target_file(path: Path) -> File:
    """The file of a target list; `-` is stdin. Raises FileUnreadable."""
    if str(path) == "-":
        return target_lists.body_as_file(sys.stdin.buffer.read())
    if not path.is_file():
        raise FileUnreadable(str(path), "there is no such file")
    return file_on_disk(path)


def _answer_lines(answered: Data) -> Iterator[RenderableType]:
    """Render the answers by outcome, the best first."""
    targets: list[Data] = answered["targets"]
    ordered = sorted(targets, key=lambda each: each["rank"] or len(targets) + each["line"])
    for outcome, heading in _HEADINGS.items():
        rows = [_table_row(each, outcome) for each in ordered if each["outcome"] == outcome.name]
        if rows:
            yield Text(f"{heading} ({len(rows):,})", "bold")
            yield table(_COLUMNS.get(outcome, _OTHER_COLUMNS), rows)
            yield ""
    yield f"{len(targets):,} rows: {_counts(answered)}."
    yield "`tertius who` explains one answer. `--out FILE` writes the list as CSV."


def _table_row(answer: Data, outcome: TargetOutcome) -> tuple[RenderableType, ...]:
    cells = [cell for _, cell in answer["cells"][:3]]
    target = name_and_job(answer["target"]) if answer["target"] else ", ".join(filter(None, cells)) or "empty row"
    if outcome is TargetOutcome.KNOWN and answer["tie"]:
        return str(answer["rank"]), target, _label_cell(answer["tie"]["strengthLabel"]), _answer_text(answer)
    if outcome is TargetOutcome.ROUTE:
        route = answer["route"]
        score = route and route["score"]
        weakest = route["weakestStep"]["strengthLabel"] if route else answer["withheldStrengthLabel"]
        score_cell = "" if score is None else f"{score:.2f} ({strength_label(score)})"
        return str(answer["rank"]), target, score_cell, _label_cell(weakest), _answer_text(answer)
    return str(answer["line"]), target, _answer_text(answer)


def _label_cell(label: str | None) -> RenderableType:
    return label_cell(label_text(label))


def _answer_text(answer: Data) -> str:
    if route := answer["route"]:
        introducer = f"{name_and_job(route['firstIntroducer'])}. {route['summary']}"
        tie = answer["tie"]
        is_direct = tie and not (tie["isAsleep"] or tie["isUnreachable"])
        return f"Ask directly, or ask {introducer}" if is_direct else f"Ask {introducer}"
    if answer["tie"]:
        return answer["message"] or "Ask directly."
    candidates = "; ".join(
        target_list_csv.candidate_text(read_candidate(candidate)) for candidate in answer["candidates"]
    )
    return " ".join(filter(None, (answer["message"], answer["suggestion"], candidates)))


def _counts(answered: Data) -> str:
    counts = {outcome: answered["counts"][outcome.name] for outcome in TargetOutcome}
    return ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items() if count)
