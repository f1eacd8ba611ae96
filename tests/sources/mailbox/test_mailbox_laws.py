"""Properties that hold for real, generated and harmful mail files."""

from datetime import date
from email.utils import formataddr
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import Interaction, ObservedName, SkippedRow
from sources import mailbox
from tests.sources.mailbox.messages import message_text, person
from tests.sources.shared_exports import unpacked

EMAIL = st.builds(
    "{}@{}.example".format,
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6).filter(lambda word: word != "root"),
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6),
)
NAME = st.text("Aé, b\"\\(x):;<'山 ", max_size=8)
MESSAGE = st.tuples(
    st.lists(st.tuples(NAME, EMAIL), min_size=2, max_size=5, unique_by=lambda who: who[1]),
    st.text("abc123.", min_size=1, max_size=10),
    st.text("ab\nFrom :>", max_size=60),
)


@given(st.lists(MESSAGE, max_size=5), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=100)
def test_concatenated_mbox_files_yield_the_records_of_their_parts(
    tmp_path_factory: pytest.TempPathFactory,
    messages: list[tuple[list[tuple[str, str]], str, str]],
    newline: str,
) -> None:
    folder = tmp_path_factory.mktemp("mbox")
    for number, (people, id, body) in enumerate(messages):
        by, *to = map(formataddr, people)
        head = message_text(From=by, To=",\n ".join(to), Message_ID=f"<{id}@m.example>")
        quoted = f"\n{body}".replace("\nFrom ", "\n>From ")
        mbox = f"From nobody Thu Mar  3 12:00:00 2022\n{head}{quoted}\n\n"
        (folder / f"{number}.mbox").write_text(mbox, newline=newline)
    parts = sorted(folder.iterdir())
    combined = folder / "combined.mbox"
    combined.write_bytes(b"".join(part.read_bytes() for part in parts))

    read = [record for record in mailbox.read([combined]) if isinstance(record, Interaction)]

    assert read == list(mailbox.read(parts))
    assert [([who.handles[0].text for who in (record.by, *record.to)], record.id) for record in read] == [
        ([email for _, email in people], f"{id}@m.example") for people, id, _ in messages
    ]


def test_nested_brackets_and_long_words_take_linear_time(tmp_path: Path) -> None:
    for value in ("(" * 60_000, '"' * 60_000, "<" * 60_000, "=?a?q?" * 10_000, "a:" * 30_000):
        (tmp_path / "value.eml").write_text(message_text(To=value, Date=value[:5000], X_Gmail_Labels=value))
        list(mailbox.read([tmp_path / "value.eml"]))


@pytest.fixture(scope="module")
def shared_mail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked("mail", tmp_path_factory.mktemp("mail"))


def test_every_real_message_yields_records(shared_mail: Path) -> None:
    files = [path for path in shared_mail.rglob("*") if path.is_file() and "LICENSE" not in path.name]
    not_identified = [path.name for path in files if not mailbox.identify(path)]
    without_records = [path.name for path in files if not list(mailbox.read([path]))]

    assert len(files) == 64
    assert not_identified == ["bad_encoded_subject.eml"]  # a subject and nothing else
    assert without_records == []


def test_a_public_mailing_list_yields_names_but_no_interactions(shared_mail: Path) -> None:
    (month,) = shared_mail.rglob("2001-November.headers.mbox")

    records = list(mailbox.read([month]))

    named = [record for record in records if isinstance(record, ObservedName)]
    assert records.count(SkippedRow(month.name, "mailing list")) == len(named) == 164
    assert named[0] == ObservedName(person("p1@d1.example", "Person 1"), date(2001, 11, 1))
    assert len({record.person for record in named}) == 39
