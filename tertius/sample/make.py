"""Writes the exports of the sample: `python -m tertius.sample.make [FOLDER]`.

The bytes are the same on every Python; a test compares them with the committed files.
"""

import sys
from pathlib import Path

from tertius.sample import EXPORTS
from tertius.sample.linkedin import archive
from tertius.sample.story import mailbox


def make(folder: Path) -> None:
    """Write the archive and the mailbox into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Complete_LinkedInDataExport_11-20-2026.zip").write_bytes(archive())
    (folder / "All mail Including Spam and Trash.mbox").write_bytes(mailbox())


if __name__ == "__main__":
    make(Path(sys.argv[1]) if sys.argv[1:] else EXPORTS)
