"""Reads parts of answers in JSON, as presentation.answer_json and GraphQL write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.answers import Candidate, Evidence, Person
from graph.days import day_of
from graph.networks.sources import SharingLevel, Source
from presentation.answer_json import Data
from presentation.kinds import SourceKind
from presentation.sentences import STALE_DAYS, name_with_job, note_of_sources


@dataclass(frozen=True, slots=True)
class AnswerFrame:
    """The context of an answer: the GraphQL object `viewer`, the sources in view, and the day of the answer."""

    viewer: Data
    sources: Sequence[Data]
    as_of: int

    @property
    def viewer_id(self) -> str:
        """The id of the viewer's person, "" if no source identifies the viewer."""
        return str(self.viewer["person"]["id"]) if self.viewer["person"] else ""

    @property
    def sources_note(self) -> str:
        """The sources that the answer is based on, with their coverage."""
        return note_of_sources((source["title"], day_number(source["coverageUntil"])) for source in self.sources)

    def stale_sources(self) -> list[str]:
        """The titles of sources that cover nothing of the last days."""
        days = [(source["title"], day_number(source["coverageUntil"])) for source in self.sources]
        return [title for title, day in days if day is not None and self.as_of - day > STALE_DAYS]


def read_person(data: Data) -> Person:
    """The person."""
    return Person(data["id"], data["name"], data["title"], data["company"], data["isSharedMailbox"])


def read_candidate(data: Data) -> Candidate:
    """The candidate, without the titles of sources."""
    return Candidate(read_person(data["person"]), day_number(data["lastContact"]), ())


def read_source(data: Data) -> Source:
    """The source, without its parts. The member is "" for a source of a colleague."""
    return Source(
        id=data["id"],
        kind=SourceKind[data["kind"]].value,
        account=data["account"],
        sharing_level=SharingLevel[data["sharingLevel"]],
        status=data["status"].lower(),
        member=VIEWER if data["isOwn"] else "",
        coverage_until=day_number(data["coverageUntil"]),
        loaded_on=day_number(data["loadedOn"]),
        parent=None,
        parts={},
        owner_name=data["ownerName"],
    )


VIEWER = "viewer"
"""The member of a source of the viewer, whose id an answer does not contain."""


def name_and_job(data: Data) -> str:
    """The name of a person with the job in parentheses."""
    return name_with_job(read_person(data))


def evidence_from_json(data: Data) -> Evidence:
    """The evidence, without the days of statements."""
    return Evidence(
        {each["channel"].lower(): each["count"] for each in data["counts"]},
        day_number(data["firstContact"]),
        day_number(data["lastContact"]),
        day_number(data["coverageUntil"]),
    )


def day_number(text: str | None) -> int | None:
    """The day of an ISO date."""
    return None if text is None else day_of(date.fromisoformat(text))


def label_text(label: str | None) -> str:
    """The strength label as text, `no tie` for None."""
    return "no tie" if label is None else label.lower()
