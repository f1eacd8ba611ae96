"""Slack exports: recipients, threads, reactions, huddles, and files that are refused."""

import json
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.records import (
    BadRow,
    Channel,
    GroupMember,
    Handle,
    HandleKind,
    Interaction,
    Meeting,
    ObservedName,
    PersonMention,
    Record,
    SkippedRow,
    UnreachableHandles,
    UnreachableReason,
)
from sources import find_exports, slack
from sources.archives import json_stream
from sources.errors import MultipleWorkspaces, UnsafeArchive
from tests.sources.shared_exports import unpacked

SAMPLE = Path(__file__).parents[2] / "samples" / "slack" / "export"
TEAM = "T0ACME001"


class Workspace:
    """Writes the export of a small workspace and reads it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.put("users.json", [{"id": f"U0{n}", "team_id": TEAM, "profile": {"real_name": n}} for n in "ABCD"])
        self.put("channels.json", [{"id": "C0", "name": "all"}])

    def put(self, name: str, content: object) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())

    def read(self) -> list[Record]:
        return list(slack.read([self.folder]))

    def records_of(self, *messages: object) -> list[Record]:
        """The records of these messages in a channel, without those of people."""
        self.put("all/2026-01-05.json", list(messages))
        return [record for record in self.read() if isinstance(record, Interaction | SkippedRow | BadRow | Meeting)]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "export")


def message(by: str, second: int, text: str = "", **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": f"U0{by}", "ts": f"{1767603600 + second}.000100", "text": text} | more


def pairs(records: list[Record], channel: Channel) -> list[str]:
    """`A>BC` for each interaction: its sender and its recipients."""

    def short(one: PersonMention) -> str:
        return one.handles[0].text.removeprefix(f"{TEAM}/U0")

    interactions = [record for record in records if isinstance(record, Interaction) and record.channel is channel]
    return [f"{short(record.by)}>{''.join(map(short, record.to))}" for record in interactions]


DIRECT = [{"id": "D0A", "user": "U0B"}, {"id": "D0B", "members": ["U0B"]}, {"id": "D0C", "members": None}]


@pytest.mark.parametrize("listed", [DIRECT, [], None, [{"id": "D0A", "members": ["U0A", "U0B"]}]])
def test_a_direct_message_is_between_those_who_wrote_if_no_members_are_listed(
    workspace: Workspace, listed: list[object] | None
) -> None:
    if listed is not None:
        workspace.put("dms.json", listed)
    for folder in ("D0A", "D0B", "D0C"):
        workspace.put(f"{folder}/2026-01-05.json", [message("A", 1), message("B", 2)])

    assert pairs(workspace.read(), Channel.CHAT) == ["A>B", "B>A"] * 3


@pytest.mark.parametrize("members", [None, ["U0A"], ["U0A", "U0B", "U0C"]])
def test_a_group_without_all_members_has_those_of_its_name_and_those_who_wrote(
    workspace: Workspace, members: list[str] | None
) -> None:
    users = [
        {"id": f"U0{n}", "team_id": TEAM, "name": f"user.{n}", "profile": {"display_name": n.lower()}} for n in "ABC"
    ]
    workspace.put("users.json", users)
    workspace.put("mpims.json", [{"id": "G0A", "name": "mpdm-a--user.B--c-1", "members": members}])
    workspace.put("mpdm-a--user.B--c-1/2026-01-05.json", [message("A", 1), message("B", 2)])

    assert [sorted(pair) for pair in pairs(workspace.read(), Channel.THREAD)] == [sorted("A>BC"), sorted("B>AC")]


def test_the_teams_of_an_enterprise_grid_are_read(workspace: Workspace) -> None:
    workspace.put("all/2026-01-05.json", [message("A", 1, "<@U0B>")])
    for team, writer in (("East", "C"), ("West", "D")):
        workspace.put(f"teams/{team}/channels.json", [{"id": f"C0{team.upper()}", "name": "dev"}])
        workspace.put(f"teams/{team}/dms.json", [{"id": "D0", "members": ["U0A", f"U0{writer}"]}])
        workspace.put(f"teams/{team}/dev/2026-01-05.json", [message(writer, 1, "<@U0A>")])
        workspace.put(f"teams/{team}/D0/2026-01-05.json", [message("A", 1)])
    workspace.put("else/where/deep/2026-01-05.json", [message("A", 1, "<@U0B>")])

    records = workspace.read()

    assert slack.identify(workspace.folder)
    assert sorted(pairs(records, Channel.THREAD)) == ["A>B", "C>A", "D>A"]
    assert sorted(pairs(records, Channel.CHAT)) == ["A>C", "A>D"]
    assert SkippedRow("else/where/deep/2026-01-05.json", "not in a folder of a conversation") in records


def _zipped(path: Path, top: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(SAMPLE.rglob("*.json")):
            archive.write(file, top + file.relative_to(SAMPLE).as_posix())
    return path


@pytest.mark.parametrize("top", ["", "Acme Slack export/"])
def test_a_zip_and_its_folder_give_the_same_records(tmp_path: Path, top: str) -> None:
    archive_path = _zipped(tmp_path / "renamed", top)

    records = [record for record in slack.read([archive_path]) if not isinstance(record, BadRow)]

    assert slack.identify(archive_path)
    assert records == [record for record in slack.read([SAMPLE]) if not isinstance(record, BadRow)]


def test_records_contain_no_message_text() -> None:
    text = repr(list(slack.read([SAMPLE])))

    for words in ("lunch", "morning", "Deployed", "hello", "leaving", "All of us", "pictures"):
        assert words not in text


def test_a_reply_goes_to_the_earlier_authors_of_the_thread(workspace: Workspace) -> None:
    thread = {"thread_ts": message("A", 0)["ts"]}
    workspace.put("all/2026-01-06.json", [message("D", 86_400, **thread)])

    records = workspace.records_of(
        message("A", 0, **thread), message("B", 1, **thread), message("A", 2, **thread), message("C", 3)
    )

    assert pairs(records, Channel.THREAD) == ["B>A", "A>B", "D>AB"]
    assert records.count(SkippedRow("all", "no individual recipient")) == 2


def test_a_reply_in_an_older_thread_goes_to_its_first_author(workspace: Workspace) -> None:
    records = workspace.records_of(message("B", 5, thread_ts="1767000000.000100", parent_user_id="U0A"))

    assert pairs(records, Channel.THREAD) == ["B>A"]


def test_a_message_in_a_large_thread_goes_to_mentioned_people(workspace: Workspace) -> None:
    authors = [f"X{n}" for n in range(22)]
    thread = {"thread_ts": message("A", 0)["ts"]}
    crowd = [message(by, second, **thread) for second, by in enumerate(authors)]

    (*_, without_mentions, with_mentions) = workspace.records_of(
        *crowd, message("A", 50, **thread), message("B", 51, "<@U0C>, and <@U0D|dee>", **thread)
    )

    assert isinstance(without_mentions, Interaction)
    assert len(without_mentions.to) == 22  # graph skips large groups
    assert pairs([with_mentions], Channel.THREAD) == ["B>CD"]


def test_members_of_small_channels_are_groups(workspace: Workspace) -> None:
    everybody = [f"U0{letter}" for letter in "ABCD"]
    workspace.put(
        "channels.json",
        [
            {"id": "C1", "name": "board", "members": ["U0A", "U0B", "U0A", 7]},
            {"id": "C2", "name": "all", "members": everybody, "is_general": True},
            {"id": "C3", "name": "old", "members": everybody, "is_archived": True},
            {"id": "C4", "name": "large", "members": [f"U0{number}" for number in range(151)]},
        ],
    )
    workspace.put("groups.json", [{"id": "G1", "name": "board", "members": ["U0C"]}])

    groups = [record for record in workspace.read() if isinstance(record, GroupMember)]

    assert [(record.person.name, record.group, record.part) for record in groups] == [
        (name, "#board", "workspace") for name in "ABC"
    ]


def test_a_message_to_a_channel_has_no_recipient(workspace: Workspace) -> None:
    records = workspace.records_of(message("A", 0, "<!channel> <!here> <!subteam^S1|team> <@U0A>, <#C1|all>"))

    assert records == [SkippedRow("all", "no individual recipient")]


def test_a_reaction_counts_once_per_person_up_to_twenty_people(workspace: Workspace) -> None:
    def reactions(*users: str) -> list[Any]:
        return [{"name": "+1", "users": list(users)}, {"name": "tada", "users": list(users)}, "odd", {"users": 3}]

    crowd = [f"U0X{n}" for n in range(21)]

    assert pairs(workspace.records_of(message("A", 0, reactions=reactions("U0B", "U0C", "U0A"))), Channel.REACTION) == [
        "B>A",
        "C>A",
    ]
    assert SkippedRow("all", "reactions of more than 20 people") in workspace.records_of(
        message("A", 0, reactions=reactions(*crowd))
    )


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"subtype": "channel_join"}, "notice from Slack"),
        ({"subtype": "message_changed"}, "notice from Slack"),
        ({"subtype": "tombstone", "user": "USLACKBOT"}, "notice from Slack"),
        ({"subtype": "bot_message"}, "automated"),
        ({"bot_id": "B0"}, "automated"),
        ({"user": "USLACKBOT"}, "automated"),
        ({"user": None}, "automated"),
        ({"room": {"participants": ["U0A"]}}, "huddle that nobody joined"),
    ],
)
def test_notices_and_automated_messages_are_skipped(workspace: Workspace, more: dict[str, Any], reason: str) -> None:
    assert workspace.records_of(message("A", 0, "<@U0B>", **more)) == [SkippedRow("all", reason)]


def test_an_edited_message_counts_once_and_bad_rows_are_numbered(workspace: Workspace) -> None:
    records = workspace.records_of(
        message("A", 0, "<@U0B>", edited={"user": "U0A", "ts": "1767603700.000000"}),
        7,
        {"user": "U0A"},
        message("A", 1, ts="soon"),
    )

    assert [type(record) for record in records] == [Interaction, BadRow, BadRow, BadRow]
    assert records[1:] == [
        BadRow("all/2026-01-05.json", 2, "the entry is not a JSON object"),
        BadRow("all/2026-01-05.json", 3, "the time is missing or unreadable"),
        BadRow("all/2026-01-05.json", 4, "the time is missing or unreadable"),
    ]


def test_a_huddle_is_a_meeting_of_all_participants(workspace: Workspace) -> None:
    room = {"date_start": 1767603500, "participants": ["U0A"], "participant_history": ["U0A", "U0B", "U0C"]}

    (meeting,) = workspace.records_of(message("A", 0, subtype="huddle_thread", user="USLACKBOT", room=room))

    assert isinstance(meeting, Meeting)
    assert [one.name for one in meeting.attendees] == ["A", "B", "C"]
    assert meeting.at == datetime(2026, 1, 5, 8, 58, 20, tzinfo=UTC)


def test_a_workspace_without_an_id_names_people_by_address(workspace: Workspace) -> None:
    workspace.put("users.json", [{"id": "U0A", "profile": {"real_name": "A", "email": "a@acme.example"}}])

    people = [record.person for record in workspace.read() if isinstance(record, ObservedName)]

    assert people == [PersonMention((Handle(HandleKind.EMAIL, "a@acme.example"),), "A")]


def test_two_workspaces_are_refused(tmp_path: Path, workspace: Workspace) -> None:
    other = Workspace(tmp_path / "other")
    other.put("users.json", [{"id": "U0A", "team_id": "T0OTHER", "profile": {}}])

    with pytest.raises(MultipleWorkspaces, match="load each workspace separately"):
        list(slack.read([workspace.folder, other.folder]))
    assert list(slack.read([workspace.folder, workspace.folder]))


def test_a_file_is_read_in_chunks_up_to_an_error(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [message("A", second, "<@U0B> " + "ü" * second) for second in range(60)]
    for piece in (1, 7, 4096):
        monkeypatch.setattr(json_stream, "_CHUNK", piece)
        assert len(pairs(workspace.records_of(*messages), Channel.THREAD)) == 60
    content = json.dumps(messages).encode()

    for cut in (content[:-1], content[:-20], content[:2000] + b"]" + content[2000:]):
        workspace.put("all/2026-01-05.json", cut)
        records = workspace.read()
        assert isinstance(records[-1], BadRow)
        assert len(pairs(records, Channel.THREAD)) >= 1


def test_an_oversized_message_ends_only_its_file(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_MAX_OBJECT", 100_000)
    workspace.put("all/2026-01-06.json", [message("B", 86_400, "<@U0A>")])

    records = workspace.records_of(message("A", 0, "<@U0B>"), message("A", 1, "x" * 500_000), message("A", 2, "<@U0B>"))

    assert pairs(records, Channel.THREAD) == ["A>B", "B>A"]
    assert (
        BadRow("all/2026-01-05.json", 2, "the entry is longer than 4 MB, or the file is not valid JSON from here on")
        in records
    )


@pytest.mark.parametrize("name", ["../general/2026-01-05.json", "/etc/2026-01-05.json"])
def test_a_harmful_zip_is_refused_with_its_reason(tmp_path: Path, name: str) -> None:
    archive_path = _zipped(tmp_path / "a.zip")
    with zipfile.ZipFile(archive_path, "a") as archive:
        archive.writestr(name, "[]")

    with pytest.raises(
        UnsafeArchive, match=r"^Tertius did not open a\.zip: it contains a path that leads outside the archive\.$"
    ):
        list(slack.read([archive_path]))


def test_slack_has_a_higher_file_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive_path = _zipped(tmp_path / "a.zip")
    with zipfile.ZipFile(archive_path, "a") as archive:
        for number in range(10_001):
            archive.writestr(f"all/{number}.txt", "")

    assert list(slack.read([archive_path]))
    monkeypatch.setattr(slack, "MAX_SLACK_FILES", 10_000)
    with pytest.raises(UnsafeArchive, match="more than 10,000 files"):
        list(slack.read([archive_path]))


def test_the_shared_export_is_read_completely(tmp_path: Path) -> None:
    (export,) = unpacked("slack", tmp_path).rglob("*.zip")

    records = list(slack.read([export]))

    assert find_exports([export]).exports[0].kind == "slack"
    kinds = Counter(type(record).__name__ for record in records)
    assert kinds == Counter({"Part": 1, "ObservedName": 4, "GroupMember": 8, "Interaction": 14, "SkippedRow": 144})


def test_the_account_of_a_deleted_user_was_closed_when_the_profile_last_changed(workspace: Workspace) -> None:
    users = [{"id": f"U0{n}", "team_id": TEAM, "updated": 1767700000, "profile": {"real_name": n}} for n in "ABC"]
    users[1]["deleted"], users[2]["deleted"], users[2]["updated"] = True, True, None
    workspace.put("users.json", users)

    closed = [record for record in workspace.read() if isinstance(record, UnreachableHandles)]

    person = PersonMention((Handle(HandleKind.SLACK, f"{TEAM}/U0B"),), "B")
    assert closed == [
        UnreachableHandles(person, datetime(2026, 1, 6, tzinfo=UTC).date(), UnreachableReason.ACCOUNT_CLOSED)
    ]


def test_a_guest_whose_account_is_closed_keeps_the_address_of_another_company(workspace: Workspace) -> None:
    addresses = {"A": "a@acme.example", "B": "b@Acme.example", "C": "c@partner.example"}
    users = [
        {"id": f"U0{n}", "team_id": TEAM, "updated": 1767700000, "deleted": n != "A", "profile": {"email": address}}
        for n, address in addresses.items()
    ]
    workspace.put("users.json", users)

    closed = [record.person.handles for record in workspace.read() if isinstance(record, UnreachableHandles)]

    b, c = (Handle(HandleKind.SLACK, f"{TEAM}/U0{n}") for n in "BC")
    assert closed == [(b, Handle(HandleKind.EMAIL, addresses["B"])), (c,)]
