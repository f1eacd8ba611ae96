"""Which messages of one load are the same message."""

from dataclasses import replace
from datetime import timedelta

from graph.ingest.collect import collect_records
from graph.strength.model import model
from tests.graph.worlds import TODAY, by_mail, wrote

FIRST = wrote("ben@b.example", "ana@a.example", ago=3, id="m1@x.example")


def test_a_message_is_its_id_with_sender_and_second() -> None:
    copies = [FIRST, replace(FIRST), replace(FIRST, at=FIRST.at + timedelta(milliseconds=300))]
    others = [replace(FIRST, by=by_mail("cleo@c.example")), replace(FIRST, at=FIRST.at + timedelta(seconds=1))]

    load = collect_records([*copies, *others], model(), today=TODAY)

    assert load.interactions == 3
    assert load.skipped["", "the same message again"] == 2


def test_messages_without_an_id_are_all_counted() -> None:
    assert collect_records([replace(FIRST, id=None)] * 2, model(), today=TODAY).interactions == 2
