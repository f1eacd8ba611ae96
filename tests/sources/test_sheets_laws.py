"""What holds of every sheet: those in the samples, what becomes of them when they are damaged, and mere bytes."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.records import BadRow
from sources import SOURCES
from sources.sheets import SheetSource
from tests.sources.golden import SAMPLES

SHEETS = [source for source in SOURCES if isinstance(source, SheetSource)]
WRITTEN = [
    path.read_bytes()
    for source in SHEETS
    for path in sorted((SAMPLES / source.name).iterdir())
    if path.suffix != ".expected"
]
BYTES = st.binary(max_size=40) | st.text('ab,;"\n\r\t:@+0123 ', max_size=40).map(str.encode)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample with pieces of it cut out, doubled, or replaced by anything."""
    data = draw(st.sampled_from(WRITTEN))
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        data = data[:start] + draw(BYTES | st.just(data[start:end] * 2)) + data[end:]
    return data


@example(b"\xff\xfeN\0a\0")
@example(b"Name,Email\n\0,\0@b.c\n")
@settings(deadline=None, derandomize=True, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(damaged() | st.binary(max_size=300))
def test_whatever_the_bytes_one_source_at_most_takes_them_and_reading_ends_well(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "anything.csv"
    path.write_bytes(data)

    takers = [source for source in SOURCES if source.identify(path)]

    assert len(takers) <= 1
    for source in SHEETS:
        records = [*source.read([path])]
        assert bool(records) <= (source in takers)
        assert all(record.line > 0 for record in records if isinstance(record, BadRow))
