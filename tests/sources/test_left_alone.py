"""What is not read: files that are no exports of the owner's, formats of other programs, and their summary."""

from pathlib import Path

import pytest

from sources import find_exports
from sources.left_alone import left_alone_lines
from tests.sources.test_registry import MESSAGE

CONTACTS = "Name,Email,Company\nFar Lead,far@lead.example,Lead Co\n"


def put(folder: Path, *names: str, text: str = CONTACTS) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize("kept", ["Drive", "ドライブ", "Google Chat/Groups/DM abc", "Keep", "Classroom"])
def test_files_that_a_takeout_keeps_are_no_exports_of_the_owner(tmp_path: Path, kept: str) -> None:
    put(tmp_path, f"Takeout/{kept}/Conference leads.csv", f"Takeout/{kept}/deep/edges.csv")
    put(tmp_path, "Takeout/Mail/All mail.mbox", text=MESSAGE)

    result = find_exports([tmp_path])

    assert [export.kind for export in result.exports] == ["mailbox"]
    assert len(result.unrecognised) == 2


@pytest.mark.parametrize("named", ["Takeout/Drive/Conference leads.csv", "Takeout/Drive"])
def test_a_file_in_drive_is_read_if_it_is_named(tmp_path: Path, named: str) -> None:
    put(tmp_path, "Takeout/Drive/Conference leads.csv")

    assert len(find_exports([tmp_path / named]).exports) == 1


def test_a_folder_named_drive_outside_of_a_takeout_is_searched(tmp_path: Path) -> None:
    assert len(find_exports([put(tmp_path, "My files/Drive/leads.csv")]).exports) == 1


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("mail.pst", "Outlook's mail store. Convert it"),
        ("archive.OLM", "an archive of Outlook for Mac. Drag"),
        ("note.msg", "messages saved by Outlook. Download"),
        ("contacts.xlsx", "spreadsheets. Save each sheet as CSV"),
        ("team.pdf", "documents. Save a list of people as CSV"),
        ("out/C0GEN0001.json", "a dump or an archive by slackdump. Run"),
        ("users.json.jsonl", "a dump or an archive by slackdump. Run"),
        ("general/2026-03-02.json", "days of single Slack channels. Load the whole export"),
        ("tg/result.json", "an export of Telegram. Tertius does not read Telegram"),
        ("msgstore.db.crypt15", "backups of WhatsApp. In each chat"),
        ("all.zip/inner.zip", "archives that are packed in another way, or that are inside an archive. Unpack"),
        ("Takeout/Drive/leads.csv", "files that you keep in Google Drive, or that others sent you. They are not"),
    ],
)
def test_a_format_that_is_not_read_has_a_sentence_on_what_to_do(name: str, what: str) -> None:
    (line,) = left_alone_lines([Path(name)])

    assert line.startswith(f"not read: {name}: {what}")
    assert line.endswith(".")


def test_the_summary_names_the_most_important_first_and_counts_pictures() -> None:
    photos = [Path(f"Takeout/Google Photos/2024/IMG_{number}.jpg") for number in range(60)]
    described = [Path(f"{photo}.supplemental-metadata.json") for photo in photos]
    others = [Path(f"other-{number}.txt") for number in range(25)]

    lines = list(left_alone_lines([*photos, *described, *others, Path("a.pst"), Path("page.html"), Path("b.pst")]))

    assert lines[0].startswith("not read: 2 files, for example a.pst: Outlook's mail store.")
    assert lines[1] == "not recognised: other-0.txt"
    assert lines[21:] == [
        "not recognised: 5 more files",
        "not recognised: 120 files, for example IMG_0.jpg: pictures, sound and videos, with their descriptions",
        "not recognised: page.html: pages, styles and programs",
    ]
