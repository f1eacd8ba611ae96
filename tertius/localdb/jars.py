"""The files of the Neo4j that Tertius runs, as the lock file beside this module lists them.

`jars.lock` has the format of `sha256sum`, in the order of the class path, after a few lines of comment.
`make jars NEO4J=2026.08.1` writes it anew; that needs Maven, which users do not need.
"""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from tertius.settings import Settings

LICENCE = "GPLv3"
_NOTE = re.compile(r"^# (\w+): (.+)$", re.MULTILINE)
_POM = """\
<project><modelVersion>4.0.0</modelVersion>
<groupId>none</groupId><artifactId>none</artifactId><version>1</version><dependencies><dependency>
<groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version>
</dependency></dependencies></project>
"""


@dataclass(frozen=True, slots=True)
class Jar:
    """One file, by its path in a Maven repository."""

    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class Jars:
    """All files of one version of Neo4j Community. `size` is their sum in bytes, `digest` identifies the set."""

    version: str
    size: int
    files: tuple[Jar, ...]
    digest: str


@cache
def locked_jars() -> Jars:
    """Read jars.lock."""
    text = files("tertius.localdb").joinpath("jars.lock").read_text("utf-8")
    lines = text.splitlines()
    notes = dict(_NOTE.findall(text))
    jars = (line.split("  ", 1) for line in lines if line and not line.startswith("#"))
    return Jars(
        version=notes["version"],
        size=int(notes["bytes"]),
        files=tuple(Jar(sha256, path) for sha256, path in jars),
        digest=hashlib.sha256(text.encode()).hexdigest()[:12],
    )


def folder(settings: Settings) -> Path:
    """Return the folder of the jars, in the layout of a Maven repository. It may hold several versions."""
    return settings.cache / "jars"


def missing(settings: Settings) -> list[Jar]:
    """Return the files that are not downloaded yet."""
    return [jar for jar in locked_jars().files if not (folder(settings) / jar.path).is_file()]


def class_path(settings: Settings) -> str:
    """Return Java's class path for the server."""
    return os.pathsep.join(str(folder(settings) / jar.path) for jar in locked_jars().files)


def _resolve(version: str) -> str:
    """Let Maven resolve this version, and return the text of jars.lock."""
    repository = Path.home() / ".m2" / "repository"
    with TemporaryDirectory() as folder:
        Path(folder, "pom.xml").write_text(_POM.format(version=version), "utf-8")
        command = ["mvn", "-q", "-B", f"-Dmaven.repo.local={repository}", "-Dmdep.outputFile=jars"]
        subprocess.run([*command, "dependency:build-classpath"], cwd=folder, check=True)  # noqa: S603 maintainers only
        jars = [Path(jar) for jar in Path(folder, "jars").read_text("utf-8").split(":")]
    hashes = [hashlib.sha256(jar.read_bytes()).hexdigest() for jar in jars]
    paths = [jar.relative_to(repository).as_posix() for jar in jars]
    return (
        f"# Neo4j Community, fetched at first use and run as a separate process.\n"
        f"# version: {version}\n"
        f"# licence: {LICENCE}\n"
        f"# bytes: {sum(jar.stat().st_size for jar in jars)}\n"
        + "".join(f"{sha256}  {path}\n" for sha256, path in zip(hashes, paths, strict=True))
    )


if __name__ == "__main__":
    Path(__file__).with_name("jars.lock").write_text(_resolve(sys.argv[1].strip()), "utf-8")
