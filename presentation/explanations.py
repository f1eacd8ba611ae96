"""Why a tie's odds are what they are, and what would change them most: in one sentence, from the model itself.

Its digits are what was seen; what is only supposed is told in words.
"""

from collections.abc import Iterator

from graph.answers import Step
from graph.days import date_of
from graph.strength.model import level
from graph.ties.history import Happening, History
from presentation.sentences import called, evidence, word

_TIMES = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def why(act: Step, history: History, me: str) -> str:
    """The evidence and everything else that explains a tie, told to `me`, an id."""
    return "; ".join((evidence(act, history.day, me), *reasons(act, history, me)))


def reasons(act: Step, history: History, me: str) -> Iterator[str]:
    """How it moved in a year, how often the one who acts answers anybody, what would lift it, and when it turns."""
    by, towards = called(act.from_person, me), called(act.to_person, me)
    yield moved(history)
    if history.asked:
        times = "once" if history.asked == 1 else f"{history.asked:,} times"
        answers = f"{history.answered:,}" if history.answered else "none"
        yield f"asked {times} in the last year, {by} answered {answers}"
    yield from _would(history, by, towards)
    if history.turn is not None:
        turns = "ends" if history.turn.strength is None else f"turns {word(history.turn.strength)}"
        yield f"it {turns} in {date_of(history.turn.day):%B %Y} if nothing happens"


def moved(history: History) -> str:
    """How it moved in the last year: `strong now, fair a year ago`."""
    now, then = standing(history.strength), standing(history.year_ago)
    return f"{now} now as a year ago" if now == then else f"{now} now, {then} a year ago"


def standing(odds: float | None) -> str:
    """The odds in a word, `no tie` among strangers."""
    return "no tie" if odds is None else word(odds)


def _would(history: History, by: str, towards: str) -> Iterator[str]:
    change = history.changes[0]
    if level(change.strength) <= level(history.strength):
        return
    it = "it" if history.strength is not None else "it a tie,"
    times = _TIMES[change.times]
    message = "message" if change.times == 1 else "messages"
    what = {
        Happening.MESSAGE: f"{times} {message} from {by}",
        Happening.WORD_BACK: f"{times} {message} from {towards}",
        Happening.ANSWER: f"{times} answer from {by}",
        Happening.STATEMENT: "your saying so",
    }[change.what]
    yield f"{what} would make {it} {standing(change.strength)}"
