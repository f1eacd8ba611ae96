"""A Slack workspace's export: the zip as downloaded, or the folder it unpacks to.

Who spoke to whom, and nothing of what was said: of a text the mentions are taken, and the rest is dropped.
`elements` reads JSON piece by piece, `workspace` says who is who and who is in a conversation, `messages`
what each message shows of a tie. Samples and expected records: tests/samples/slack/.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path, PurePath

from graph.records import WORKSPACE, Part, Record
from sources.archive import File, all_opened, opened
from sources.errors import TwoWorkspaces, UnsafeArchive
from sources.slack.messages import records
from sources.slack.workspace import LISTS, USERS, Workspace, is_users, workspace

name = "slack"

MOST_FILES = 250_000  # a file for every day of every conversation: ten years of a hundred
_DAY = re.compile(r"\d{4}-\d\d-\d\d\.json")


def identify(path: Path) -> bool:
    """Whether this is a whole export: a list of Slack's users, and of conversations beside it."""
    if path.is_dir() and not any((path / users).is_file() for users in USERS):
        return False
    try:
        with opened(path, _is_list) as files:
            top = _top(files)
            users = [file for file in files if file.name in {f"{top}{users}" for users in USERS}]
            lists = [file for file in files if file.name in {f"{top}{conversations}" for conversations in LISTS}]
            return bool(lists) and any(map(is_users, users))
    except UnsafeArchive:
        return False


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """Who is in the workspace, then every conversation in the order of its files. Raises SourceError."""
    with all_opened(paths, _is_ours, most_files=MOST_FILES) as archives:
        exports = [_export(files) for _, files in archives]
        if len({who.team for who, _ in exports if who.team}) > 1:
            raise TwoWorkspaces
        yield Part(WORKSPACE)
        for who, days in exports:
            yield from who.records()
            for folder, files in groupby(days, key=lambda file: PurePath(file.name).parent.name):
                yield from records(folder, files, who)


def _export(files: list[File]) -> tuple[Workspace, list[File]]:
    top = _top(files)
    lists = {file.name.removeprefix(top): file for file in files if _is_list(PurePath(file.name))}
    days = [file for file in files if _is_day(PurePath(file.name.removeprefix(top)))]
    return workspace(lists), days


def _top(files: list[File]) -> str:
    """The folder that the export's lists lie in: some zip the folder and not what is in it."""
    users = [PurePath(file.name).parent for file in files if PurePath(file.name).name in USERS]
    top = min(users, key=lambda place: len(place.parts), default=PurePath())
    return f"{top.as_posix()}/" if top.parts else ""


def _is_list(place: PurePath) -> bool:
    return place.name in (*USERS, *LISTS) and len(place.parts) <= 2


def _is_day(place: PurePath) -> bool:
    return len(place.parts) == 2 and _DAY.fullmatch(place.name) is not None


def _is_ours(place: PurePath) -> bool:
    return _is_list(place) or _DAY.fullmatch(place.name) is not None
