"""The records that each reader must read from its samples. They are stored beside each sample.

`python -m tests.sources.golden` writes the expected records again. Read the difference before you commit it. A sample
without expected records is one that its reader must not identify.
"""

from collections.abc import Iterator
from pathlib import Path

from sources import READERS, Reader

SAMPLES = Path(__file__).parents[1] / "samples"


def samples() -> Iterator[tuple[Reader, Path]]:
    """Every sample, with the reader in whose folder it is."""
    for reader in READERS:
        for path in sorted((SAMPLES / reader.name).iterdir()):
            if path.suffix != ".expected":
                yield reader, path


def expected(sample: Path) -> Path:
    return sample.with_name(f"{sample.name}.expected")


def records_as_text(reader: Reader, sample: Path) -> str:
    """The records of a sample, one per line."""
    return "".join(f"{record!r}\n" for record in reader.read([sample]))


if __name__ == "__main__":
    for reader, sample in samples():
        if reader.identify(sample):
            expected(sample).write_text(records_as_text(reader, sample), encoding="utf-8")
