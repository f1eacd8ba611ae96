"""Loads exports into a server: sends each as an upload, and waits for its report.

The idempotency key of a load job is the checksum of the file and of the options. So the same command continues an
upload that broke off, also in another process, and follows a load that has begun.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from api.http.uploads import UPLOAD_OFFSET
from graph.ids import stable_id
from graph.progress import Progress
from presentation.answer_json import Data
from sources.errors import PathNotFound
from tertius.errors import RemoteError
from tertius.remote.client import ServerClient

_ENDED = ("DONE", "FAILED")
_RETRIES = 10
"""Attempts to continue an upload without a further byte being stored. They take two and a half minutes together: longer
than the claim of a request on the upload lasts that ended with its process."""
_LONGEST_PAUSE = 30.0
_POLL_SECONDS = (0.3, 5.0)
"""The first and the longest pause between two requests for the progress of a load."""
_PIECE_BYTES = 256 * 1024
_RETRIED = (None, 408, 409, 502, 503, 504)
"""Statuses after which an upload is continued. None: the connection broke."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """The user's statements about exports: see the command `load`."""

    owner: str | None = None
    data_subject: str | None = None
    list_kind: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


def load_on_server(client: ServerClient, path: Path, options: LoadOptions, progress: Progress) -> Data:
    """Load one file or folder. Returns the load job after its end. Raises RemoteError and PathNotFound."""
    with _one_file(path) as file:
        job = _find_or_create_job(client, file, options)
        if job["status"] in ("EXPECTED", "RECEIVING"):
            _send(client, job, file, progress)
    return _wait(client, job["id"], progress)


@contextmanager
def _one_file(path: Path) -> Iterator[Path]:
    """The file, or a zip of the folder. The zip of an unchanged folder is always the same."""
    if not path.exists():
        raise PathNotFound(str(path))
    if not path.is_dir():
        yield path
        return
    with TemporaryDirectory(prefix="tertius-") as folder:
        packed = Path(folder) / f"{path.resolve().name or 'folder'}.zip"
        with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            for each in sorted(path.rglob("*")):
                if each.is_file() and not each.is_symlink():
                    entry = ZipInfo(each.relative_to(path).as_posix())  # with a fixed date
                    entry.compress_type = ZIP_DEFLATED
                    with each.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                        while piece := source.read(_PIECE_BYTES):
                            target.write(piece)
        yield packed


def _find_or_create_job(client: ServerClient, file: Path, options: LoadOptions) -> Data:
    with file.open("rb") as stream:
        checksum = file_digest(stream, "sha256").hexdigest()
    stated = (options.owner or "", options.data_subject or "", options.list_kind or "")
    columns = (f"{name}={column}" for name, column in sorted(options.columns.items()))
    key = stable_id("load", checksum, file.name, *stated, *columns)
    while True:
        id = _create_job(client, file, options, key)
        job = _find_job(client, id)
        if job is not None and job["status"] not in _ENDED:
            return job
        # an earlier load of the same file, which an erasure may have deleted: the next one has a key of its own
        key = stable_id("load again", key, id)


def _create_job(client: ServerClient, file: Path, options: LoadOptions, key: str) -> str:
    """Create a load job, or find the one that was created with this key. Returns its id."""
    fields = {
        "fileName": file.name,
        "ownerEmail": options.owner,
        "dataSubject": options.data_subject,
        "listKind": options.list_kind and options.list_kind.upper(),
        "columns": [{"field": name, "column": column} for name, column in options.columns.items()] or None,
        "idempotencyKey": key,
    }
    return str(client.query("create_load_job", input=fields)["createLoadJob"]["job"]["id"])


def _find_job(client: ServerClient, id: str) -> Data | None:
    job: Data | None = client.query("load_job", id=id)["loadJob"]
    return job


def _job(client: ServerClient, id: str) -> Data:
    if (job := _find_job(client, id)) is None:
        raise RemoteError("The server has no such load any more. Run the same command again.")
    return job


def _send(client: ServerClient, job: Data, file: Path, progress: Progress) -> None:
    """Send a file. If the connection breaks, continue behind the last byte that the server stored."""
    size, failures, furthest = file.stat().st_size, 0, 0
    while True:
        try:
            offset = _stored_bytes(client, job)
            if offset > furthest:
                failures, furthest = 0, offset
            _send_from(client, job, file, 0 if offset > size else offset, progress)
        except RemoteError as error:
            failures += 1
            if error.status not in _RETRIED or failures > _RETRIES:
                raise
            if _job(client, job["id"])["status"] not in ("EXPECTED", "RECEIVING"):
                return
            progress.waiting(f"The upload was interrupted. {error} Tertius continues it.")
            time.sleep(min(2.0**failures / 4, _LONGEST_PAUSE))
        else:
            return


def _stored_bytes(client: ServerClient, job: Data) -> int:
    return int(client.send("HEAD", job["uploadPath"]).headers.get(UPLOAD_OFFSET, "0"))


def _send_from(client: ServerClient, job: Data, file: Path, offset: int, progress: Progress) -> None:
    size = file.stat().st_size
    headers = {"content-length": str(size - offset), "content-type": "application/octet-stream"}
    method = "PUT"
    if offset:
        method, headers = "PATCH", headers | {UPLOAD_OFFSET: str(offset)}
    with file.open("rb") as stream:
        stream.seek(offset)
        client.send(method, job["uploadPath"], headers=headers, content=_pieces(stream, offset, size, progress))


def _pieces(stream: IO[bytes], offset: int, size: int, progress: Progress) -> Iterator[bytes]:
    while piece := stream.read(_PIECE_BYTES):
        yield piece
        offset += len(piece)
        progress.report("uploading bytes", offset, size)


def _wait(client: ServerClient, id: str, progress: Progress) -> Data:
    """Wait for the end of a load, and report its progress."""
    pause, longest = _POLL_SECONDS
    while (job := _job(client, id))["status"] not in _ENDED:
        if job["stage"]:
            progress.report(job["stage"], job["completedCount"], job["totalCount"])
        time.sleep(pause)
        pause = min(pause * 1.5, longest)
    return job
