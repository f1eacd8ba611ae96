"""`tertius targets`: a whole list, and the best person to ask for each of it."""

import sys
from collections.abc import Iterator
from pathlib import Path

from graph.introductions.target_list import Standing, TargetAnswer
from operations import target_lists
from presentation import target_list_csv, target_list_json
from presentation.sentences import name_with_job, route_summary, strength_label
from sources.archives.files import File, file_on_disk
from sources.errors import FileUnreadable
from sources.tables.target_list import TargetList
from tertius import console
from tertius.console import ConsoleProgress
from tertius.errors import NotWritten
from tertius.runner import run
from tertius.session import OpenNetwork, up_to_day

HEADINGS = {
    Standing.KNOWN: "They know you: ask directly.",
    Standing.ROUTE: "Somebody can introduce you.",
    Standing.REFUSED: "No genuine route.",
    Standing.AMBIGUOUS: "Who is meant? Name an address, a profile or a company.",
    Standing.UNKNOWN: "Not found.",
}


def targets(
    file: Path,
    *,
    max_introducers: int,
    out: Path | None,
    team: bool,
    as_json: bool,
) -> None:
    """Answer a list of targets: print the answers, or write them to a file."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        found = await target_lists.parse_target_list(_file(file))
        network = await up_to_day(network, progress=progress)
        ranked = await target_lists.answered(
            network.graph,
            network.state,
            network.viewer,
            found,
            team=team,
            max_introducers=max_introducers,
            progress=progress,
        )
        if out is not None:
            _write(out, "".join(target_list_csv.target_list_lines(found, ranked)))
        if as_json:
            console.echo_json(target_list_json.target_list_data(found, ranked, network.viewer))
        elif out is None:
            console.echo_lines(_told(found, ranked))
        elif str(out) != "-":
            console.echo(f"{len(ranked):,} rows are in {out}: {_counts(ranked)}.")

    run(do)


def _file(path: Path) -> File:
    if str(path) == "-":
        return target_lists.given(sys.stdin.buffer.read())
    if not path.is_file():
        raise FileUnreadable(str(path), "there is no such file")
    return file_on_disk(path)


def _write(path: Path, text: str) -> None:
    data = text.encode("utf-8", "replace")
    if str(path) == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise NotWritten(f"{path} was not written: {(error.strerror or 'no reason given').lower()}.") from error


def _told(found: TargetList, ranked: list[TargetAnswer]) -> Iterator[str]:
    """The list by what can be done, the best first."""
    rows = sorted(zip(found.rows, ranked, strict=True), key=lambda pair: pair[1].rank or len(ranked) + pair[0].line)
    for standing, heading in HEADINGS.items():
        some = [(row, one) for row, one in rows if one.standing is standing]
        if not some:
            continue
        yield f"{heading} ({len(some):,})"
        for row, one in some:
            yield f"  {_line(one) or f'line {row.line}, {_called(row.cells)}: {one.message}'}"
            for candidate in one.candidates:
                yield f"      {target_list_csv.candidate_text(candidate)}"
        yield ""
    yield f"{len(ranked):,} rows: {_counts(ranked)}. `tertius who` says all of any one; --out writes the list."


def _line(one: TargetAnswer) -> str:
    if one.target is None:
        return ""
    who = f"{one.rank}. {name_with_job(one.target)}" if one.rank else name_with_job(one.target)
    if one.tie:
        weak = f"; or ask {name_with_job(one.route.people[0])} ({route_summary(one.route)})" if one.route else ""
        return f"{who}: {strength_label(one.tie.strength)}{weak}"
    if one.route:
        return f"{who}: ask {name_with_job(one.route.people[0])}. {route_summary(one.route)}"
    return f"{who}: {target_list_csv.answer_message(one)}"


def _called(cells: tuple[str, ...]) -> str:
    return ", ".join(filter(None, cells[:3])) or "empty"


def _counts(ranked: list[TargetAnswer]) -> str:
    counts = {standing: sum(one.standing is standing for one in ranked) for standing in Standing}
    return ", ".join(f"{count:,} {standing}" for standing, count in counts.items() if count)
