"""What each source must read from each of its samples, kept beside the sample.

`python -m tests.sources.golden` writes the expected records anew; read the difference before it is
committed. A sample without expected records is one that its source must not take for its own.
"""

from collections.abc import Iterator
from pathlib import Path

from sources import READERS, Reader

SAMPLES = Path(__file__).parents[1] / "samples"


def samples() -> Iterator[tuple[Reader, Path]]:
    """Every sample with the source whose folder it lies in."""
    for reader in READERS:
        for path in sorted((SAMPLES / reader.name).iterdir()):
            if path.suffix != ".expected":
                yield reader, path


def expected(sample: Path) -> Path:
    return sample.with_name(f"{sample.name}.expected")


def records_as_text(reader: Reader, sample: Path) -> str:
    """The records of a sample, one a line."""
    return "".join(f"{record!r}\n" for record in reader.read([sample]))


if __name__ == "__main__":
    for reader, sample in samples():
        if reader.identify(sample):
            expected(sample).write_text(records_as_text(reader, sample), encoding="utf-8")
