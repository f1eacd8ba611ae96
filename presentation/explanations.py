"""Explains a tie in one sentence: its evidence, its trend, and what would change it most.

Digits count evidence. Numbers of supposed events are written as words.
"""

from collections.abc import Iterator

from graph.answers import Step
from graph.days import date_of
from graph.strength.model import label_index
from graph.ties.history import History, TieEvent
from presentation.sentences import STALE_DAYS, evidence_text, format_relative_day, name_or_you, strength_label

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def tie_explanation(step: Step, history: History, viewer_id: str) -> str:
    """Return the evidence and everything else that explains a tie."""
    return "; ".join((evidence_text(step, history.day, viewer_id), *explanation_clauses(step, history, viewer_id)))


def explanation_clauses(step: Step, history: History, viewer_id: str) -> Iterator[str]:
    """Describe the trend, how often the person answers anybody, the most useful event, and the next weakening."""
    by, towards = name_or_you(step.from_person, viewer_id), name_or_you(step.to_person, viewer_id)
    yield trend(history)
    covered = history.coverage_until
    if history.asked:
        times = "once" if history.asked == 1 else f"{history.asked:,} times"
        answered = f"{history.answered:,}" if history.answered else "none"
        asker = "somebody" if history.asked == 1 else "people"
        is_recent = history.day - history.asked_until <= STALE_DAYS
        year = "in the last year" if is_recent else f"in the year to {date_of(history.asked_until):%B %Y}"
        yield f"{asker} asked {by} {times} {year}, {by} answered {answered}"
    if covered is not None and history.day - covered > STALE_DAYS:
        yield f"your sources of this tie end {format_relative_day(covered, history.day)}"
    yield from _change_clauses(history, by, towards)
    if history.turn is not None:
        verb = "ends" if history.turn.strength is None else f"becomes {strength_label(history.turn.strength)}"
        yield f"without new contact it {verb} in {date_of(history.turn.day):%B %Y}"


def trend(history: History) -> str:
    """Return the change within a year: `strong now, fair a year ago`."""
    now, year_ago = label_or_no_tie(history.strength), label_or_no_tie(history.year_ago)
    return f"{now} now and a year ago" if now == year_ago else f"{now} now, {year_ago} a year ago"


def label_or_no_tie(strength: float | None) -> str:
    """Return the strength label, or `no tie` for strangers."""
    return "no tie" if strength is None else strength_label(strength)


def _change_clauses(history: History, by: str, towards: str) -> Iterator[str]:
    change = history.changes[0]
    if change.strength is None or label_index(change.strength) <= label_index(history.strength):
        return
    number = _NUMBERS[change.times]
    messages = "message" if change.times == 1 else "messages"
    event = {
        TieEvent.MESSAGE: f"{number} {messages} from {by}",
        TieEvent.REPLY: f"{number} {messages} from {towards}",
        TieEvent.ANSWER: f"{number} answer from {by}",
        TieEvent.STATEMENT: "your statement that they know each other",
    }[change.event]
    label = strength_label(change.strength)
    yield f"{event} would {'create a ' + label + ' tie' if history.strength is None else 'make it ' + label}"
