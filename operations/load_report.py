"""What a load did, in lines for people: the same in a terminal, on the page and in a job."""

from collections import Counter
from collections.abc import Iterator

from graph.ingest.collect import Gathered
from graph.ingest.report import Loaded
from operations.load_exports import Brought
from presentation.sentences import on


def brought(result: Brought) -> Iterator[str]:
    """What a load did, failed to do and left alone."""
    for loaded in result.loaded:
        yield from _loaded(loaded)
    for kind, sentence in result.failed:
        yield f"{kind}: not finished. {sentence}"
    for sentence in result.refused:
        yield sentence
    for path in result.alone[:20]:
        yield f"left alone (no source knows it): {path}"
    if len(result.alone) > 20:
        yield f"left alone: {len(result.alone) - 20} more files"
    if any(path.suffix.lower() == ".csv" for path in result.alone):
        yield "A CSV of people is read once you say what its columns are called: --map name=COLUMN --map email=COLUMN"
    if not (result.loaded or result.wrong or result.alone):
        yield "Nothing there to load."


def _loaded(loaded: Loaded) -> Iterator[str]:
    found = loaded.gathered
    yield f"{loaded.source.title}: {'loaded' if loaded.changed else 'nothing new'}"
    yield f"  {found.interactions:,} interactions, {found.connections:,} connections listed"
    if loaded.source.seen_until is not None:
        yield f"  seen until {on(loaded.source.seen_until)}"
    yield from _left_out(found)
    for row in found.bad:
        yield f"  not read: {row.file}:{row.line}: {row.reason}"
    if found.bad_count > len(found.bad):
        yield f"  not read: {found.bad_count - len(found.bad):,} more rows"
    yield f"  The network now: {loaded.people:,} people, {loaded.connections:,} connections, {loaded.ties:,} know you."
    if not loaded.ties:
        yield "  Nobody has been seen to know you yet: load your messages or a mailbox too."
    if loaded.reached:
        yield "  Best reached companies:"
        for place in loaded.reached:
            yield f"    {place.company}: {place.people} {'person' if place.people == 1 else 'people'}"


def _left_out(found: Gathered) -> Iterator[str]:
    files: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for (file, reason), count in found.left_out.items():
        counts[reason] += count
        files.setdefault(reason, []).append(file)
    for reason, count in counts.most_common():
        where = files[reason]
        told = f" in {where[0]}" if len(where) == 1 and where[0] else f" in {len(where)} files" * (len(where) > 1)
        yield f"  left out: {count:,} ({reason}){told}"
