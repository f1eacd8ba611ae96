"""A Slack workspace's export: the zip as downloaded, or the folder that it unpacks to.

It shows who wrote to whom. Of a message's text only the mentions are read, and nothing of it is stored. `workspace`
reads people and conversations, `message_records` reads the messages.
Samples and expected records: tests/samples/slack/.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path, PurePath

from graph.records import WORKSPACE, Part, Record, SkippedRow
from sources.archives.files import File, open_export, open_exports
from sources.errors import MultipleWorkspaces, UnsafeArchive
from sources.slack.message_records import conversation_records
from sources.slack.workspace import CONVERSATION_LISTS, USER_LISTS, Workspace, is_user_list, read_workspace

name = "slack"

MAX_SLACK_FILES = 250_000
"""One file per day and conversation: ten years of a hundred conversations, with some room."""
_TEAMS = "teams"
_DAY = re.compile(r"\d{4}-\d\d-\d\d\.json")


def identify(path: Path) -> bool:
    """Whether this is a complete export: a list of Slack's users, beside a list of conversations."""
    if path.is_dir() and not any((path / users).is_file() for users in USER_LISTS):
        return False
    try:
        with open_export(path, _is_list) as files:
            top = _top_folder(files)
            users = [file for file in files if file.name in {f"{top}{name}" for name in USER_LISTS}]
            has_conversations = any(PurePath(file.name).name in CONVERSATION_LISTS for file in files)
            return has_conversations and any(map(is_user_list, users))
    except UnsafeArchive:
        return False


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The people of the workspace, then every conversation in file order. Raises SourceError."""
    with open_exports(paths, _is_read, max_files=MAX_SLACK_FILES) as archives:
        exports = [_split_files(files) for _, files in archives]
        if len({workspace.team for workspace, _ in exports if workspace.team}) > 1:
            raise MultipleWorkspaces
        yield Part(WORKSPACE)
        for workspace, days in exports:
            yield from workspace.records()
            for (section, folder), files in groupby(days, key=lambda day: day[0]):
                in_folder = [file for _, file in files]
                if section is None:
                    yield from (SkippedRow(file.name, "not in a folder of a conversation") for file in in_folder)
                else:
                    yield from conversation_records(section, folder, in_folder, workspace)


_Place = tuple[str | None, str]
"""The section of a conversation (None if there is none of this name), and its folder."""


def _split_files(files: list[File]) -> tuple[Workspace, list[tuple[_Place, File]]]:
    """The workspace by its lists, and the files with the messages of one day, by place."""
    top = _top_folder(files)
    sections: dict[str, dict[str, File]] = {"": {}}
    days: list[tuple[_Place, File]] = []
    for file in files:
        place = PurePath(file.name.removeprefix(top))
        if _DAY.fullmatch(place.name):
            section = _section(place.parent.parent) if len(place.parts) > 1 else None
            days.append(((section, place.parent.name), file))
        elif (section := _section(place.parent)) is not None:
            sections.setdefault(section, {})[place.name] = file
    return read_workspace(sections), days


def _section(place: PurePath) -> str | None:
    """The team of an Enterprise Grid, whose conversations are in `teams/NAME`; "" at the top, None elsewhere."""
    if not place.parts:
        return ""
    return place.parts[1] if len(place.parts) == 2 and place.parts[0] == _TEAMS else None


def _top_folder(files: list[File]) -> str:
    """The folder of the export's lists, with a slash: some zips contain the folder and not its files; else ""."""
    folders = [PurePath(file.name).parent for file in files if PurePath(file.name).name in USER_LISTS]
    top = min(folders, key=lambda place: len(place.parts), default=PurePath())
    return f"{top.as_posix()}/" if top.parts else ""


def _is_list(place: PurePath) -> bool:
    is_at_top = len(place.parts) <= 2
    return place.name in (*USER_LISTS, *CONVERSATION_LISTS) and (is_at_top or _TEAMS in place.parts[-3:-2])


def _is_read(place: PurePath) -> bool:
    return _is_list(place) or _DAY.fullmatch(place.name) is not None
