"""What each source must read from each of its samples, kept beside the sample.

`python -m tests.sources.golden` writes the expected records anew; read the difference before it is
committed. A sample without expected records is one that its source must not take for its own.
"""

from collections.abc import Iterator
from pathlib import Path

from sources import SOURCES, Source

SAMPLES = Path(__file__).parents[1] / "samples"


def samples() -> Iterator[tuple[Source, Path]]:
    """Every sample with the source whose folder it lies in."""
    for source in SOURCES:
        for path in sorted((SAMPLES / source.name).iterdir()):
            if path.suffix != ".expected":
                yield source, path


def expected(sample: Path) -> Path:
    return sample.with_name(f"{sample.name}.expected")


def told(source: Source, sample: Path) -> str:
    """The records of a sample, one a line."""
    return "".join(f"{record!r}\n" for record in source.read([sample]))


if __name__ == "__main__":
    for source, sample in samples():
        if source.identify(sample):
            expected(sample).write_text(told(source, sample), encoding="utf-8")
