"""The report of a load as JSON."""

from dataclasses import asdict
from typing import Any

from graph.ingest.report import LoadReport
from operations.load_exports import LoadResult
from presentation.answer_json import day_text
from presentation.kinds import SourceKind
from tertius.errors import cli_message


def load_data(result: LoadResult) -> dict[str, Any]:
    """What was loaded, what failed, and which files were not read."""
    return {
        "__typename": "LoadResult",
        "reports": [_report_data(report) for report in result.loaded],
        "failures": [{"kind": SourceKind(kind).name, "message": cli_message(error)} for kind, error in result.failed],
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
