"""Partners, owners, groups, programs and clocks of WhatsApp chats, as phones in many languages export them."""

import zipfile
from collections import Counter
from pathlib import Path

import pytest

from graph.names.keys import identity_key
from graph.records import BadRow, Interaction, Owner, PersonMention, Record, SkippedRow
from sources import find_exports, whatsapp

DAY = "30/01/2026, "
PAIR = f"{DAY}10:00 - Mia Ember: x\n{DAY}10:01 - Ben Okafor: x"
WITH_BEN = "WhatsApp Chat with Ben Okafor"


def read(folder: Path, chats: dict[str, str]) -> list[Record]:
    """The records of these chats, given by title and text."""
    for title, text in chats.items():
        (folder / f"{title}.txt").write_text(text + "\n", encoding="utf-8")
    return list(whatsapp.read([folder / f"{title}.txt" for title in chats]))


def ties(records: list[Record]) -> list[str]:
    """`Mia > Ben, Ada (chat)` for each interaction."""
    return [
        f"{_name(record.by)} > {', '.join(map(_name, record.to))} ({record.channel})"
        for record in records
        if isinstance(record, Interaction)
    ]


def _name(person: PersonMention) -> str:
    return person.handles[0].text if person.handles else "owner"


def owner(records: list[Record]) -> str | None:
    return next((record.person.name for record in records if isinstance(record, Owner)), None)


def reasons(records: list[Record]) -> Counter[str]:
    return Counter(record.reason for record in records if isinstance(record, SkippedRow | BadRow))


BETWEEN_TWO = ["Mia Ember > Ben Okafor (chat)", "Ben Okafor > Mia Ember (chat)"]


@pytest.mark.parametrize(
    "title", ["WhatsApp Chat with {}", "WhatsApp Chat - {}", "Chat de WhatsApp con {}", "{} ile WhatsApp Sohbeti"]
)
@pytest.mark.parametrize("group", ["Ada & Ben", "Uncle Ben", "Ben and friends", "Ada, Ben"])
def test_a_person_whose_name_is_part_of_a_groups_title_is_one_of_the_group(
    tmp_path: Path, title: str, group: str
) -> None:
    text = f"{DAY}10:00 - Mia Ember: x\n{DAY}10:01 - Ben: x\n{DAY}10:02 - Ada: x"

    records = read(tmp_path, {title.format(group): text})

    assert ties(records) == [
        "Mia Ember > Ben, Ada (thread)",
        "Ben > Mia Ember, Ada (thread)",
        "Ada > Mia Ember, Ben (thread)",
    ]
    assert owner(records) is None


@pytest.mark.parametrize("writers", [("Ada", "Ben"), ("Cleo", "Ben")])
def test_a_group_in_which_the_owner_never_wrote_names_no_owner(tmp_path: Path, writers: tuple[str, str]) -> None:
    text = "\n".join(f"{DAY}10:0{minute} - {writer}: x" for minute, writer in enumerate(writers))

    records = read(tmp_path, {"WhatsApp Chat with Ada & Ben": text, "WhatsApp Chat with Tea": text})

    assert owner(records) is None
    assert {tie[-8:] for tie in ties(records)} == {"(thread)"}


def test_a_group_with_the_name_of_a_member_is_known_by_its_notices(tmp_path: Path) -> None:
    text = f'{DAY}09:00 - Mia Ember created group "Ben"\n{DAY}10:00 - Ben: x\n{DAY}10:01 - Mia Ember: x'

    records = read(tmp_path, {"WhatsApp Chat with Ben": text})

    assert (ties(records), owner(records)) == (["Ben > Mia Ember (thread)", "Mia Ember > Ben (thread)"], None)


def test_only_marked_lines_are_system_messages_of_a_group(tmp_path: Path) -> None:
    lines = [
        "[30.01.26, 10:00:00] Rowing: \u200eMia renamed the group to “Rowing.club”",
        "[30.01.26, 10:00:01] Mia: x",
        "[30.01.26, 10:00:02] Ben: x",
        "[30.01.26, 10:00:03] Ada: x",
    ]
    assert all("Rowing" not in tie for tie in ties(read(tmp_path, {"WhatsApp Chat - Rowing": "\n".join(lines)})))

    lines.append("[30.01.26, 10:00:04] Rowing: I am a person")
    assert any(tie.startswith("Rowing") for tie in ties(read(tmp_path, {"WhatsApp Chat - Rowing": "\n".join(lines)})))


@pytest.mark.parametrize(
    "pasted",
    [
        "03/01/2026, 09:00 - Cleo Dorn: x\n03/01/2026, 09:01 - Ben Okafor: x",
        "[30.01.26, 10:01:00] Cleo Dorn: x\n[30.01.26, 10:02:00] Ben Okafor: x",
        "1/30/26, 10:01 AM - Cleo Dorn: x\n1/30/26, 10:02 AM - Ben Okafor: x",
    ],
)
def test_lines_pasted_from_another_chat_are_skipped(tmp_path: Path, pasted: str) -> None:
    more = f"31/01/2026, 10:00 - Mia Ember: he wrote:\n{pasted}\n31/01/2026, 10:01 - Ben Okafor: x"

    records = read(tmp_path, {WITH_BEN: f"{PAIR}\n{more}"})

    assert (ties(records), owner(records)) == (BETWEEN_TWO * 2, "Mia Ember")
    assert reasons(records) == {"pasted from another chat": 2}


def test_a_wrong_clock_does_not_make_a_chat_of_pasted_lines(tmp_path: Path) -> None:
    text = "\n".join([f"01/01/2030, 10:0{n} - Ben Okafor: x" for n in range(2)] + [PAIR] * 3)

    assert len(ties(read(tmp_path, {WITH_BEN: text}))) == 8


def test_a_third_name_in_a_chat_of_two_is_nobody(tmp_path: Path) -> None:
    records = read(tmp_path, {WITH_BEN: f"{PAIR}\n{DAY}10:02 - Cleo Dorn: x\n{DAY}10:03 - Mia Ember: x"})

    assert (ties(records), owner(records)) == ([*BETWEEN_TWO, BETWEEN_TWO[0]], "Mia Ember")
    assert reasons(records) == {"a third name in a chat of two": 1}


def test_other_chats_tell_who_the_owner_is_in_a_chat_with_a_third_name(tmp_path: Path) -> None:
    third = f"{DAY}10:00 - Mia Ember: x\n{DAY}10:01 - Ben Okafor: x\n{DAY}10:02 - Cleo Dorn: x"
    assert owner(read(tmp_path, {WITH_BEN: third})) is None

    with_ada = f"{DAY}10:00 - Mia Ember: x\n{DAY}10:01 - Ada: x"
    records = read(tmp_path, {WITH_BEN: third, "WhatsApp Chat with Ada": with_ada})

    assert owner(records) == "Mia Ember"
    assert ties(records)[:2] == BETWEEN_TWO


@pytest.mark.parametrize(("program", "question"), [("Meta AI", "@Meta AI who?"), ("ChatGPT", "x")])
def test_a_program_in_a_chat_is_not_a_person(tmp_path: Path, program: str, question: str) -> None:
    records = read(tmp_path, {WITH_BEN: f"{PAIR}\n{DAY}10:02 - {program}: {question}"})

    assert (ties(records), owner(records)) == (BETWEEN_TWO, "Mia Ember")
    assert reasons(records) == {"automated": 1}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("WhatsApp Chat with Meta AI", f"{DAY}10:00 - Mia Ember: x\n{DAY}10:01 - Meta AI: x"),
        (
            "WhatsApp Chat with DHL",
            f"{DAY}09:59 - This business uses a secure service.\n{DAY}10:00 - DHL: x\n{DAY}10:01 - Mia Ember: x",
        ),
        (
            "WhatsApp Chat - Post",
            "[30.1.26, 10:00:00] Post: \u200eEin Unternehmenskonto.\n"
            + "\n".join(f"[30.1.26, 10:00:01] {author}: x" for author in ("Post", "Mia Ember")),
        ),
    ],
)
def test_a_chat_with_a_program_or_a_business_is_no_tie(tmp_path: Path, title: str, text: str) -> None:
    records = read(tmp_path, {title: text})

    assert (ties(records), owner(records)) == ([], "Mia Ember")
    assert sum(reasons(records).values()) == len(text.splitlines())


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("30/1/2569 10:00 - {}: x", "2026-01-30 10:00"),
        ("30/1/69 10:00 - {}: x", "2026-01-30 10:00"),
        ("[30/1/2569 BE 10:00:00] {}: x", "2026-01-30 10:00"),
        ("30/01/2026, 11:58 PTG - {}: x", "2026-01-30 23:58"),
        ("30/01/2026, 12:05 PG - {}: x", "2026-01-30 00:05"),
        ("30/01/2026, 11:58 malam - {}: x", "2026-01-30 23:58"),
        ("30/08/25 18.00 - {}: x", "2025-08-30 18:00"),
        ("۱۴۰۴/۱۱/۱۰،\u200f ۱۰:۰۰ - {}: x", "2026-01-30 10:00"),
        ("۱۴۰۳/۱۲/۳۰،\u200f ۱۰:۰۰ بعدازظهر - {}: x", "2025-03-20 22:00"),
        ("30/01/2014 17:03:48: {}: x", "2014-01-30 17:03"),
        ("1/30/14, 5:03:48 PM: {}: x", "2014-01-30 17:03"),
        ("2026/1/30 凌晨12:10 - {}: x", "2026-01-30 00:10"),
        ("2026/1/30 中午12:10 - {}: x", "2026-01-30 12:10"),
        ("2026/1/30 晚上8:10 - {}: x", "2026-01-30 20:10"),
        ("30/1/2026 10:00 SA - {}: x", "2026-01-30 10:00"),
        ("30/1/2026 10:00 CH - {}: x", "2026-01-30 22:00"),
        ("30.1.2026 klo 22.00 - {}: x", "2026-01-30 22:00"),
        ("30/1/26, 10:00 μ.μ. - {}: x", "2026-01-30 22:00"),
        ("30-1-2026 u 22:00 - {}: x", "2026-01-30 22:00"),
    ],
)
def test_clocks_and_calendars_of_many_countries_are_read(tmp_path: Path, line: str, at: str) -> None:
    records = read(tmp_path, {WITH_BEN: f"{line.format('Mia Ember')}\n{line.format('Ben Okafor')}"})

    assert [f"{one.at:%Y-%m-%d %H:%M}" for one in records if isinstance(one, Interaction)] == [at, at]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("30/01/1447, 10:00 - {}: x", "no date exists in a calendar that is read"),
        ("30/01/5786, 10:00 - {}: x", "no date exists in a calendar that is read"),
        ("۰۴/۱۱/۱۰،\u200f ۱۰:۰۰ - {}: x", "the years have two Persian digits"),
        ("30/01/2026, 10:00 xyz - {}: x", "a word beside the clock is unknown"),
    ],
)
def test_an_uncertain_time_is_refused_with_its_reason(tmp_path: Path, line: str, reason: str) -> None:
    _, refused, skipped = read(tmp_path, {WITH_BEN: f"{line.format('Mia Ember')}\n{line.format('Ben Okafor')}"})

    assert isinstance(refused, BadRow)
    assert refused.reason.startswith(reason)
    assert isinstance(skipped, SkippedRow)


def test_an_unknown_word_is_no_half_of_the_day_where_a_clock_has_24_hours(tmp_path: Path) -> None:
    text = f"{DAY}10:00 xyz - Mia Ember: x\n{DAY}22:00 xyz - Ben Okafor: x"

    assert ties(read(tmp_path, {WITH_BEN: text})) == BETWEEN_TWO


@pytest.mark.parametrize("name", ["❤️🌸", "Ben 🚀 (Harbor)", "+49 170 1234567", "Ben - Harbor", "Dentist: Dr. Ray"])
def test_every_name_in_a_title_is_found(tmp_path: Path, name: str) -> None:
    text = f"{DAY}10:00 - Mia Ember: x\n{DAY}10:01 - {name}: x"

    records = read(tmp_path, {f"WhatsApp Chat with {name.replace(':', '')}": text})

    assert (ties(records), owner(records)) == (
        [f"Mia Ember > {name} (chat)", f"{name} > Mia Ember (chat)"],
        "Mia Ember",
    )


@pytest.mark.parametrize("you", ["You", "Du", "Você", "あなた"])
def test_the_word_you_means_the_owner(tmp_path: Path, you: str) -> None:
    records = read(tmp_path, {WITH_BEN: PAIR.replace("Mia Ember", you)})

    assert (ties(records), owner(records)) == (["owner > Ben Okafor (chat)", "Ben Okafor > owner (chat)"], None)


def test_a_person_with_the_name_ty_is_not_the_owner(tmp_path: Path) -> None:
    records = read(tmp_path, {"WhatsApp Chat with Ty": f"{DAY}10:00 - Mia Ember: x\n{DAY}10:01 - Ty: x"})
    assert (ties(records)[1], owner(records)) == ("Ty > Mia Ember (chat)", "Mia Ember")

    group = f"{DAY}10:00 - Ada: x\n{DAY}10:01 - Ty: x\n{DAY}10:01 - Ben: x"
    assert ties(read(tmp_path, {"WhatsApp Chat with Tea": group}))[1] == "Ty > Ada, Ben (thread)"


@pytest.mark.parametrize("you", ["You", "Du", "Tú"])
def test_a_chat_with_oneself_names_the_owner_and_is_no_tie(tmp_path: Path, you: str) -> None:
    records = read(tmp_path, {f"WhatsApp Chat with Mia Ember ({you})": f"{DAY}10:00 - Mia Ember: x"})

    assert (ties(records), owner(records), reasons(records)) == ([], "Mia Ember", {"in a chat with oneself": 1})


def test_a_name_that_a_person_chose_is_not_the_saved_name(tmp_path: Path) -> None:
    text = f"{DAY}10:00 - Mia Ember: x\n{DAY}10:01 - ~ Ben: x\n{DAY}10:02 - Ben: x"

    records = read(tmp_path, {"WhatsApp Chat with Tea": text, "WhatsApp Chat with Rowing": text})

    senders = [record.by for record in records if isinstance(record, Interaction)]
    assert {sender.name for sender in senders} == {"Mia Ember", "Ben"}
    assert len({identity_key(sender.handles[0]) for sender in senders if sender.name == "Ben"}) == 3


def test_one_chat_from_two_kinds_of_phones_has_the_same_ids(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "WhatsApp Chat - Ben Okafor.zip", "w") as archive:
        archive.writestr("_chat.txt", "[30.01.26, 10:00:10] Mia Ember: x\n[30.01.26, 10:01:20] Ben Okafor: x\n")
    (tmp_path / f"{WITH_BEN}.txt").write_text(PAIR)

    records = list(whatsapp.read(sorted(tmp_path.iterdir())))

    assert Counter(Counter(one.id for one in records if isinstance(one, Interaction)).values()) == {2: 2}


def test_a_chat_whose_partner_was_renamed_is_with_one_person(tmp_path: Path) -> None:
    old = "29/01/2026, 10:00 - Mia Ember: x\n30/01/2026, 10:01 - Ben Harbor: x"
    new = f"{old.replace('Harbor', 'Okafor')}\n31/01/2026, 10:01 - Ben Okafor: x"

    records = read(tmp_path, {"WhatsApp Chat with Ben Harbor": old, WITH_BEN: new})

    assert not [tie for tie in ties(records) if "Harbor" in tie]
    assert Counter(Counter(one.id for one in records if isinstance(one, Interaction)).values()) == {2: 2, 1: 1}


def test_equal_greetings_on_one_day_are_not_one_person(tmp_path: Path) -> None:
    records = read(tmp_path, {WITH_BEN: PAIR, "WhatsApp Chat with Ada": PAIR.replace("Ben Okafor", "Ada")})

    assert any("Ada" in tie for tie in ties(records))


@pytest.mark.parametrize("is_zipped", [True, False])
def test_a_chat_of_others_that_was_sent_in_a_chat_is_skipped(tmp_path: Path, *, is_zipped: bool) -> None:
    sent = "12/06/2024, 10:00 - Ben O: secret\n13/06/2024, 10:01 - Cleo: yes"
    text = f"{DAY}10:00 - Mia Ember: x\n{DAY}10:01 - Ben Okafor: WhatsApp Chat with Cleo.txt (file attached)"
    if is_zipped:
        path = tmp_path / f"{WITH_BEN}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("WhatsApp Chat with Cleo.txt", sent)
            archive.writestr(f"{WITH_BEN}.txt", text)
        records = list(whatsapp.read([path]))
        assert find_exports([tmp_path], unpack_into=tmp_path / "unused").exports[0].paths == (path,)
    else:
        records = read(tmp_path, {"WhatsApp Chat with Cleo": sent, WITH_BEN: text})

    assert (ties(records), owner(records)) == (BETWEEN_TWO, "Mia Ember")


def test_the_chat_in_a_zip_has_the_name_of_the_zip(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with School 2025_2026.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("WhatsApp Chat with School 20252026.txt", f"{PAIR}\n{DAY}10:02 - Ada: x")
        archive.writestr("notes.txt", "just notes")

    assert whatsapp.identify(path)
    assert {tie[-8:] for tie in ties(list(whatsapp.read([path])))} == {"(thread)"}
