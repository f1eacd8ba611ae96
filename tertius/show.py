"""Answers and reports as lines for a terminal: plain words first, numbers only where `details` asks for them."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

import tertius.progress as told
from api import words
from api.loading import Brought
from graph.answers import (
    Act,
    AlreadyKnown,
    AmbiguousTarget,
    Answer,
    Introductions,
    Lead,
    Person,
    Refusal,
    Route,
    UnknownTarget,
)
from graph.load import Loaded
from graph.network import Source
from graph.viewer import Viewer


def answer(found: Answer, *, asker: Person, viewer: Viewer, details: bool) -> Iterator[str]:
    """The whole answer to `who`."""
    match found:
        case Introductions():
            yield f"Who can introduce you to {words.named(found.target)}?"
            yield from _same(found.same, found.target)
            yield from _routes(found.routes, asker, viewer, details=details)
        case AlreadyKnown():
            yield f"{words.named(found.target)} knows you: ask directly."
            yield from _same(found.same, found.target)
            yield from _act(found.tie, viewer, details=details)
            if found.routes:
                yield ""
                yield "That tie is weak. Others who could introduce you:"
                yield from _routes(found.routes, asker, viewer, details=details)
        case Refusal():
            yield from _refusal(found, viewer, details=details)
        case AmbiguousTarget():
            yield "Several people are called that. Which one?"
            for candidate in found.candidates:
                last = f"last contact {words.on(candidate.last)}" if candidate.last is not None else "no contact seen"
                yield (
                    f"  {words.named(candidate.person)}: {last}; in {', '.join(candidate.sources)}  "
                    f"[{candidate.person.id}]"
                )
            yield "Ask again with a company (“Name at Company”), an address, a profile, or the id in brackets."
        case UnknownTarget():
            yield found.why
            yield from _leads(found.leads, viewer, details=details)


def _same(same: Sequence[Person], target: Person) -> Iterator[str]:
    if same:
        yield f"({len(same) + 1} entries of the name {target.name} are taken as one: probably the same person.)"


def _routes(routes: Sequence[Route], asker: Person, viewer: Viewer, *, details: bool) -> Iterator[str]:
    for number, route in enumerate(routes, 1):
        yield ""
        alone = "  (shares nobody with the first)" if route.apart else ""
        yield f"{number}. Ask {words.named(route.people[0])}{alone}"
        yield f"   {words.steps(route)}" + (f"  odds {route.odds:.3f}" if details else "")
        for act in route.acts[:-1]:
            yield from _act(act, viewer, details=details)
        if details:
            yield from _act(route.acts[-1], viewer, details=details)
        if silence := words.unanswered(route):
            yield f"   {silence}"
        yield f"   To forward: {words.forward(route, asker)}"
    until = [day for route in routes if (day := words.seen_until(route)) is not None]
    yield ""
    yield f"As of {words.on(viewer.as_of)}" + (f", as seen until {words.on(min(until))}." if until else ".")


def _act(act: Act, viewer: Viewer, *, details: bool) -> Iterator[str]:
    me = viewer.person_id or ""
    number = f" {act.odds:.3f}" if details else ""
    pair = f"{words.called(act.by, me)} for {words.called(act.towards, me)}"
    yield f"   {pair}: {words.word(act.odds)}{number}; {words.evidence(act, viewer.as_of, me)}"


def _refusal(found: Refusal, viewer: Viewer, *, details: bool) -> Iterator[str]:
    yield words.refused(found)
    yield from _same(found.same, found.target)
    if found.miss is not None and len(found.miss.people) > 2:
        yield f"Nearest: {' – '.join(person.name for person in found.miss.people)}."
    yield f"What would mend it: {found.mend}"
    if found.miss is not None and found.miss.out.until is not None:
        yield f"As of {words.on(viewer.as_of)}, as seen until {words.on(found.miss.out.until)}. ({found.reason.value})"
    else:
        yield f"As of {words.on(viewer.as_of)}. ({found.reason.value})"
    yield from _leads(found.leads, viewer, details=details)


def _leads(leads: Sequence[Lead], viewer: Viewer, *, details: bool) -> Iterator[str]:
    if leads:
        yield ""
        yield "No route, but people you might ask whether they know them:"
        for found in leads:
            yield from lead(found, viewer, details=details)


def lead(found: Lead, viewer: Viewer, *, details: bool) -> Iterator[str]:
    """Somebody who knows the asker at a company."""
    since = f" since {words.on(found.since)}" if found.since is not None else ""
    until = f" until {words.on(found.until)}" if found.until is not None else ""
    title = f"{found.title} at " if found.title else ""
    yield f"  {found.person.name}, {title}{found.company}{since}{until}"
    yield from _act(found.tie, viewer, details=details)


def brought(result: Brought) -> Iterator[str]:
    """What a load did, failed to do and left alone."""
    for loaded in result.loaded:
        yield from _loaded(loaded)
    for kind, sentence in result.failed:
        yield f"{kind}: not loaded. {sentence}"
    for path in result.alone[:20]:
        yield f"left alone (no source knows it): {path}"
    if len(result.alone) > 20:
        yield f"left alone: {len(result.alone) - 20} more files"
    if not (result.loaded or result.failed or result.alone):
        yield "Nothing there to load."


def _loaded(loaded: Loaded) -> Iterator[str]:
    found = loaded.gathered
    yield f"{loaded.source.title}: {'loaded' if loaded.changed else 'nothing new'}"
    yield f"  {found.interactions:,} interactions, {found.connections:,} connections listed"
    if loaded.source.seen_until is not None:
        yield f"  seen until {words.on(loaded.source.seen_until)}"
    counted: dict[str, int] = {}
    for (_, reason), count in found.left_out.items():
        counted[reason] = counted.get(reason, 0) + count
    for reason, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        yield f"  left out: {count:,} ({reason})"
    for row in found.bad:
        yield f"  not read: {row.file}:{row.line}: {row.reason}"
    if found.bad_count > len(found.bad):
        yield f"  not read: {found.bad_count - len(found.bad):,} more rows"
    yield f"  The network now: {loaded.people:,} people, {loaded.connections:,} connections, {loaded.ties:,} know you."
    if loaded.reached:
        yield "  Best reached companies:"
        for place in loaded.reached:
            yield f"    {place.company}: {place.people} {'person' if place.people == 1 else 'people'}"


def source(found: Source, *, today: int) -> str:
    """One line about a source."""
    until = f"seen until {words.on(found.seen_until)}" if found.seen_until is not None else "no end"
    stale = found.seen_until is not None and found.kind != "statements" and today - found.seen_until > 30
    again = "; load it again: it is over 30 days old" if stale else ""
    return f"{found.title}: {found.sharing}, {found.status}, {until}{again}"


class Watch:
    """Progress on stderr: a moving line in a terminal, one plain line a stage elsewhere, nothing for what is quick."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:,.0f}{task.fields[of]}  {task.fields[rate]}"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}
        self._last: tuple[str, int] | None = None

    def __enter__(self) -> "Watch":
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._plain(None)
        self._bars.stop()

    def say(self, what: str, done: int, total: int) -> None:
        """`done` of `total` (0: unknown) things of the stage `what`."""
        if not self._console.is_terminal:
            self._plain((what, done))
            return
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(what, total=None, of="", rate="")
        task = self._bars.tasks[self._bars.task_ids.index(self._tasks[what])]
        rate = f"{task.speed:,.0f}/s" if task.speed else ""
        of = f" of {total:,}" if total else ""
        self._bars.update(self._tasks[what], completed=done, total=total or None, of=of, rate=rate)

    def report(self, progress: told.Progress) -> None:
        """The same, of the database's own start and download."""
        if progress.total:
            self.say(progress.says, progress.done, progress.total)
        else:
            self.waits(progress.says)

    def waits(self, sentence: str) -> None:
        """A sentence about something that takes its time."""
        self._plain(None)
        self._console.print(sentence, markup=False, highlight=False)

    def _plain(self, now: tuple[str, int] | None) -> None:
        before, self._last = self._last, now
        if before is not None and (now is None or now[0] != before[0]) and before[1]:
            self._console.print(f"{before[0]}: {before[1]:,}", markup=False, highlight=False)
