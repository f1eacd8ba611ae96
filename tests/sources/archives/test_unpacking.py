"""Folders and archives of several exports: every export is found, and each unreadable file is reported."""

import gzip
import io
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sources import Export, find_exports, readable_part
from sources.archives.unpacking import unpack_archive
from tests.sources.test_registry import CONNECTIONS, MESSAGE

OTHER_USER = 65534
TAKEOUT = {
    "Takeout/Mail/All mail Including Spam and Trash.mbox": MESSAGE,
    "Takeout/Elsewhere/Connections.csv": CONNECTIONS,
    "Takeout/archive_browser.html": "<p>",
}


@pytest.fixture
def unreadable() -> Iterator[Path]:
    """A folder with a file and a folder that this user may not read. As root, the test switches to another user."""
    # the other user may not enter the usual folder for temporary files of tests
    with tempfile.TemporaryDirectory(dir="/tmp" if os.geteuid() == 0 else None) as name:
        path = Path(name)
        (path / "folder").mkdir()
        (path / "folder" / "mail").write_text(MESSAGE)
        (path / "unreadable.mbox").write_text(MESSAGE)
        (path / "mail").write_text(MESSAGE)
        find_exports([path])  # the other user may not read the modules and codecs that a first use loads
        path.chmod(0o755)
        (path / "folder").chmod(0)
        (path / "unreadable.mbox").chmod(0)
        root = os.geteuid() == 0
        if root:
            os.seteuid(OTHER_USER)
        try:
            yield path
        finally:
            if root:
                os.seteuid(0)
            (path / "folder").chmod(0o700)


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def tarred(path: Path, files: dict[str, str], *, link: str | None = None) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
        if link:
            entry = tarfile.TarInfo(link)
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc"
            archive.addfile(entry)
    return path


def test_unreadable_files_are_reported_and_the_rest_is_found(unreadable: Path) -> None:
    result = find_exports([unreadable])

    assert result.exports == (Export("mailbox", (unreadable / "mail",)),)
    assert result.errors == (
        "Tertius cannot read folder: permission denied.",
        "Tertius cannot read unreadable.mbox: permission denied.",
    )
    assert find_exports([unreadable / "folder" / "mail"]).errors == ("Tertius cannot read mail: permission denied.",)


@pytest.mark.parametrize("pack", [("takeout.zip", zipped), ("takeout.tgz", tarred)])
def test_every_export_in_an_archive_is_found(tmp_path: Path, pack: tuple[str, type]) -> None:
    name, packed = pack
    (tmp_path / "unpacked").mkdir()
    path = packed(tmp_path / name, TAKEOUT)

    result = find_exports([path], unpack_into=tmp_path / "unpacked")

    inside = tmp_path / "unpacked" / "0" / name / "Takeout"
    assert result.exports == (
        Export("linkedin", (inside / "Elsewhere" / "Connections.csv",)),
        Export("mailbox", (inside / "Mail" / "All mail Including Spam and Trash.mbox",)),
    )
    assert result.unrecognised == (Path(name, "Takeout", "archive_browser.html"),)
    assert find_exports([path]).unrecognised == (path,)


def test_an_archive_in_an_archive_is_never_unpacked(tmp_path: Path) -> None:
    (tmp_path / "unpacked").mkdir()
    linkedin_archive = zipped(tmp_path / "Basic_LinkedInDataExport.zip", {"Connections.csv": CONNECTIONS})
    other_archive = zipped(tmp_path / "others.zip", TAKEOUT)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(linkedin_archive, linkedin_archive.name)
        archive.write(other_archive, other_archive.name)

    result = find_exports([tmp_path / "all.zip"], unpack_into=tmp_path / "unpacked")

    assert [export.kind for export in result.exports] == ["linkedin"]
    assert result.unrecognised == (Path("all.zip", "others.zip"),)


BOMB = "\n" * 30_000_000


@pytest.mark.parametrize(
    ("name", "files", "reason"),
    [
        ("a.zip", {"x": BOMB}, "it would unpack to more than 100 times its size, as a zip bomb does"),
        ("a.tgz", {"x": BOMB}, "it would unpack to more than 100 times its size, as a zip bomb does"),
        ("a.zip", {"../x": "x"}, "it contains a path that leads outside the archive"),
        ("a.tar.gz", {"/x": "x"}, "it contains a path that leads outside the archive"),
        ("a.tgz", {"../x": "x"}, "it contains a path that leads outside the archive"),
    ],
)
def test_a_harmful_archive_is_refused_with_its_reason(
    tmp_path: Path, name: str, files: dict[str, str], reason: str
) -> None:
    (tmp_path / "unpacked").mkdir()
    path = (zipped if name.endswith("zip") else tarred)(tmp_path / name, files)

    assert find_exports([path], unpack_into=tmp_path / "unpacked").errors == (
        f"Tertius did not open {name}: {reason}.",
    )
    assert not [extracted for extracted in tmp_path.rglob("x") if extracted.is_file()]


def test_damaged_encrypted_and_linked_archives_are_refused(tmp_path: Path) -> None:
    (tmp_path / "unpacked").mkdir()
    complete = tarred(tmp_path / "complete.tgz", TAKEOUT).read_bytes()
    (tmp_path / "a.zip").write_bytes(zipped(tmp_path / "complete.zip", TAKEOUT).read_bytes()[:200])
    (tmp_path / "b.tgz").write_bytes(complete[: len(complete) // 2])
    (tmp_path / "c.tgz").write_bytes(gzip.compress(b"no tar" * 1000))
    (tmp_path / "d.tgz").write_bytes(b"no gzip")
    tarred(tmp_path / "e.tgz", {}, link="x")
    encrypted = bytearray((tmp_path / "complete.zip").read_bytes())
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        encrypted[encrypted.find(mark) + at] |= 1
    (tmp_path / "f.zip").write_bytes(encrypted)

    result = find_exports(
        [path for path in sorted(tmp_path.iterdir()) if path.name[1] == "."], unpack_into=tmp_path / "unpacked"
    )

    assert result.errors == (
        *(
            f"Tertius did not open {name}: it is damaged; download it again."
            for name in ("a.zip", "b.tgz", "c.tgz", "d.tgz")
        ),
        "Tertius did not open e.tgz: it contains links.",
        "Tertius did not open f.zip: it is encrypted; unpack it with its password and load the folder.",
    )


def test_an_oversized_tar_header_is_refused(tmp_path: Path) -> None:
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 2 * 1024**2
    content = header.tobuf(tarfile.PAX_FORMAT) + os.urandom(header.size)
    (tmp_path / "a.tgz").write_bytes(gzip.compress(content))

    with pytest.raises(Exception, match=r"^Tertius did not open a\.tgz: it is damaged"):
        unpack_archive(tmp_path / "a.tgz", tmp_path / "into")


def test_readable_part_omits_refused_archives(tmp_path: Path) -> None:
    good = tmp_path / "Connections.csv"
    good.write_text(CONNECTIONS)
    bad = zipped(tmp_path / "bad.zip", {"Connections.csv": CONNECTIONS + "\n" * 2_000_000})

    assert readable_part(Export("linkedin", (bad, good))) == (
        Export("linkedin", (good,)),
        ("Tertius did not open bad.zip: it would unpack to more than 100 times its size, as a zip bomb does.",),
    )
    assert readable_part(Export("linkedin", (bad,)))[0] is None
