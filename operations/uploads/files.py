"""The files of uploads on this machine, each in a folder of its own that only its owner can read."""

import asyncio
import logging
import shutil
import socket
import unicodedata
from collections.abc import AsyncIterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graph.errors import TertiusError
from graph.networks.load_jobs import LoadJob
from sources.isolation import size_of

log = logging.getLogger("tertius.api")

_NOT_STORED = "The service cannot store the upload: its disk may be full. Ask the operator, and send it again later."
MAX_UPLOAD_BYTES = 512 * 2**20
SMALL_UPLOAD_BYTES = 8 * 2**20
STALL_SECONDS = 60.0
"""Time without a byte after which an upload counts as broken off. Without a limit it could never be sent again."""
MAX_UPLOAD_SECONDS = 3600.0
"""Time in which an upload must arrive, so that single bytes do not keep a connection for ever."""
MAX_FILE_NAME_BYTES = 200


class InvalidFileName(TertiusError):
    """An upload cannot be stored under its name."""


class UploadNotStored(TertiusError):
    """The disk of the service does not store the upload, for example because it is full."""


class UploadTooLarge(TertiusError):
    """A request body exceeds its limit."""


class UploadOffsetConflict(TertiusError):
    """A request continues an upload at another byte than the next one. `offset` is the next one."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"The upload continues at byte {offset}.")
        self.offset = offset


def check_file_name(name: str) -> None:
    """Raise InvalidFileName unless an upload can be stored under this name on any file system."""
    has_control = any(unicodedata.category(character).startswith("C") for character in name)
    if (
        has_control
        or {"/", "\\"}.intersection(name)
        or not name.strip(" .")
        or len(name.encode()) > MAX_FILE_NAME_BYTES
    ):
        raise InvalidFileName(
            f"Send the name of the file without a folder: 1 to {MAX_FILE_NAME_BYTES} bytes, no control characters."
        )


@dataclass(frozen=True, slots=True)
class UploadFiles:
    """The uploads in `folder`, by network and job."""

    folder: Path

    @property
    def place(self) -> str:
        """A name of this folder on this machine. Another service may have the same machine or an equal path."""
        path = sha256(str(self.folder.absolute()).encode()).hexdigest()
        return f"{socket.gethostname()}/{path[:8]}"

    def of_job(self, network: str, id: str) -> Path:
        """The folder of one upload."""
        return self.folder / network / id

    def is_small(self, network: str, id: str) -> bool:
        """Whether its load takes a few seconds."""
        return size_of(self.of_job(network, id)) <= SMALL_UPLOAD_BYTES

    def stored_bytes(self, network: str, job: LoadJob) -> int:
        """The number of bytes of an upload that are stored."""
        try:
            return (self.of_job(network, job.id) / job.name).stat().st_size
        except OSError:
            return 0

    def list_jobs(self, network: str) -> list[str]:
        """The ids of the jobs with a folder."""
        return [path.name for path in (self.folder / network).glob("*")]

    def delete(self, network: str, id: str) -> None:
        """Delete an upload, if it exists."""
        shutil.rmtree(self.of_job(network, id), ignore_errors=True)

    async def store(self, network: str, job: LoadJob, chunks: AsyncIterable[bytes], offset: int) -> None:
        """Store an upload. Raises UploadTooLarge, UploadOffsetConflict, UploadNotStored and TimeoutError."""
        try:
            await self._write(self.of_job(network, job.id), job.name, chunks, offset)
        except TimeoutError:  # a subclass of OSError
            raise
        except OSError as error:
            log.error("an upload was not stored: %s", error.strerror)  # noqa: TRY400 - not a defect
            raise UploadNotStored(_NOT_STORED) from error

    async def _write(self, folder: Path, name: str, chunks: AsyncIterable[bytes], offset: int) -> None:
        await asyncio.to_thread(folder.mkdir, 0o700, parents=True, exist_ok=True)
        size = offset
        with await asyncio.to_thread((folder / name).open, "ab" if offset else "wb") as file:
            # of the open file: the stored part may have been deleted a moment before (`_keep_one_part` of the queue)
            if (stored := file.tell()) != offset:
                raise UploadOffsetConflict(stored)
            async with asyncio.timeout(MAX_UPLOAD_SECONDS), asyncio.timeout(STALL_SECONDS) as deadline:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > MAX_UPLOAD_BYTES:
                        raise UploadTooLarge(f"An upload may have at most {MAX_UPLOAD_BYTES // 2**20} MB.")
                    await asyncio.to_thread(file.write, chunk)
                    deadline.reschedule(asyncio.get_running_loop().time() + STALL_SECONDS)
