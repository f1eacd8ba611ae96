"""Formats the result of a load as lines of text and as JSON: the same in a terminal, on the page and in a job."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from graph.ingest.collected_load import CollectedLoad
from graph.ingest.report import LoadReport
from graph.networks.sources import kind_label
from operations.load_exports import LoadResult
from presentation.answer_json import day_text
from presentation.kinds import SourceKind
from presentation.sentences import format_day
from sources.left_alone import left_alone_lines


def report_lines(result: LoadResult, message: Callable[[Exception], str] = str) -> Iterator[str]:
    """Yield what was loaded, what failed and which files were not recognised. `message` words an error."""
    for loaded in result.loaded:
        yield from _loaded(loaded)
    for kind, error in result.failed:
        yield f"{kind_label(kind)}: not loaded. {message(error)}"
    yield from result.unreadable
    yield from left_alone_lines(result.unrecognised)
    if result.ok and not (result.loaded or result.unrecognised):
        yield "There is nothing to load."


def _loaded(loaded: LoadReport) -> Iterator[str]:
    load = loaded.load
    yield f"{loaded.source.title}: {'loaded' if loaded.changed else 'nothing new'}"
    yield f"  {load.interactions:,} interactions, {load.connections:,} listed connections"
    rows = load.row_counts()
    yield (
        f"  {rows.total:,} rows: {rows.read:,} read, {rows.merged:,} merged, {rows.skipped:,} skipped, "
        f"{rows.unreadable:,} not readable"
    )
    if loaded.source.coverage_until is not None:
        yield f"  covers interactions until {format_day(loaded.source.coverage_until)}"
    for note in load.notes:
        yield f"  {note.file}: {note.text}"
    yield from _skipped(load)
    for row in load.bad_rows:
        yield f"  not read: {row.file}:{row.line}: {row.reason}"
    if load.bad_row_count > len(load.bad_rows):
        yield f"  not read: {load.bad_row_count - len(load.bad_rows):,} more rows"
    yield f"  The network now: {loaded.people:,} people, {loaded.connections:,} connections, {loaded.ties:,} know you."
    if loaded.source.is_about_another_person:
        yield "  This is personal data of another person: you get no tie from it."
    elif not loaded.ties:
        yield "  Your data do not show yet that anybody knows you. Load your messages or a mailbox too."
    if loaded.companies:
        yield "  Companies you reach best:"
        for reached in loaded.companies:
            yield f"    {reached.company}: {reached.people} {'person' if reached.people == 1 else 'people'}"


def _skipped(load: CollectedLoad) -> Iterator[str]:
    files: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for (file, reason), count in load.skipped.items():
        counts[reason] += count
        files.setdefault(reason, []).append(file)
    for reason, count in counts.most_common():
        names = files[reason]
        location = f" in {names[0]}" if len(names) == 1 and names[0] else f" in {len(names)} files" * (len(names) > 1)
        yield f"  skipped: {count:,} ({reason}){location}"


def load_data(result: LoadResult, message: Callable[[Exception], str] = str) -> dict[str, Any]:
    """Return what was loaded, what failed, and which files were not read, as JSON. `message` words an error."""
    return {
        "__typename": "LoadResult",
        "reports": [_report_data(report) for report in result.loaded],
        "failures": [{"kind": SourceKind(kind).name, "message": message(error)} for kind, error in result.failed],
        "unreadableFiles": list(result.unreadable),
        "unrecognisedFiles": [str(path) for path in result.unrecognised],
    }


def _report_data(report: LoadReport) -> dict[str, Any]:
    load = report.load
    return {
        "__typename": "LoadReport",
        "sourceId": report.source.id,
        "title": report.source.title,
        "isChanged": report.changed,
        "coverageUntil": day_text(report.source.coverage_until),
        "interactionCount": load.interactions,
        "connectionCount": load.connections,
        "rows": asdict(load.row_counts()),
        "skipped": [{"file": file, "reason": reason, "count": count} for (file, reason), count in load.skipped.items()],
        "badRows": [{"file": row.file, "line": row.line, "reason": row.reason} for row in load.bad_rows],
        "badRowCount": load.bad_row_count,
        "notes": [{"file": note.file, "text": note.text} for note in load.notes],
        "network": {
            "personCount": report.people,
            "connectionCount": report.connections,
            "tieCount": report.ties,
            "companies": [
                {"name": company.company, "personCount": company.people, "strength": company.strength}
                for company in report.companies
            ],
        },
    }
