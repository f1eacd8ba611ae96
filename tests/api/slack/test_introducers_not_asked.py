"""A message in Slack lists introducers who are not asked: over silent ties, and those who cannot be reached."""

from datetime import date

from api.slack.rendering.answers import AnswerMessage
from graph.answers import AsleepIntroducer, Evidence, Person, Reason, Refusal, Step, Unreachable
from graph.days import day_of
from graph.records import UnreachableReason
from graph.viewer import Viewer
from operations.ask import Reply
from presentation.sentences import ASLEEP_HEADING, UNREACHABLE_HEADING
from tests.api.slack.stand_in import texts

TODAY = day_of(date(2026, 11, 22))
ME, BEN, CLEO, JANE = (Person(name.lower(), name) for name in ("Ana", "Ben", "Cleo", "Jane"))


def asleep(person: Person, year: int, unreachable: Unreachable | None = None) -> AsleepIntroducer:
    day = day_of(date(year, 3, 1))
    mail = Evidence({"mail": 2}, day, day)
    return AsleepIntroducer(person, Step(person, ME, 0.4, mail, mail, is_asleep=True, unreachable=unreachable))


def test_a_refusal_lists_both_kinds_with_their_reasons() -> None:
    returned = Unreachable(CLEO.id, UnreachableReason.MAIL_RETURNED, day_of(date(2026, 5, 3)))
    introducers = (asleep(BEN, 2021), asleep(CLEO, 2026, returned))
    refusal = Refusal(JANE, Reason.NONE_SEEN, None, "Meet Jane.", asleep_introducers=introducers)
    viewer = Viewer("network", "ana", ME.id, (), (), TODAY)

    message = AnswerMessage(Reply(refusal, viewer, ()), team=False, can_search_team=False, can_state=True).message()

    shown = texts(message.body()["blocks"])
    assert f"{ASLEEP_HEADING}\nBen. Ben and you: 4 messages in 2021, none since." in shown
    note = "Cleo. Cleo and you: 4 messages in 2026. Mail to Cleo was returned on 3 May 2026."
    assert f"{UNREACHABLE_HEADING}\n{note}" in shown
