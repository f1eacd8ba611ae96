"""The structure of the command line: names, help, examples, suggestions and what a start imports. No database."""

import inspect
import os
import shlex
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner, Result

from api.graphql.validation import TOKEN_DAYS
from api.request_limits import MAX_VALID_DAYS
from graph.insights.fading import MAX_DAYS_AHEAD
from graph.membership.invitations import INVITATION_DAYS
from graph.networks.controller import MAX_RETENTION_MONTHS
from graph.networks.members import LeavingPolicy
from graph.networks.sources import IntroducerVisibility
from tertius.cli.app import app
from tertius.cli.command_entries import Section
from tertius.cli.command_table import EXAMPLES, SECTIONS
from tertius.cli.lazy_group import LeafCommand, load_function, path_of
from tests.tertius.cli.command_tree import contexts, root

COMMANDS = {path: (entry, command, context) for path, entry, command, context in contexts()}
WITHOUT_JSON = {
    "up": "runs until Ctrl-C",
    "demo": "shows answers to a reader",
    "mcp": "writes messages of a protocol",
    "privacy export": "prints JSON only",
    "slack manifest": "prints JSON only",
}
HEAVY = ("mcp", "graph", "neo4j", "numpy", "rich", "fastapi", "pydantic", "strawberry", "api", "sources", "operations")


def invoke(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def parse(words: list[str]) -> None:
    """Parse a command line without running it. Raises UsageError."""
    path = next(path for path in (" ".join(words[:2]), words[0]) if path in COMMANDS)
    _, command, context = COMMANDS[path]
    command.make_context(command.name, words[len(path.split()) :], parent=context.parent)


@pytest.mark.parametrize("path", COMMANDS)
def test_the_table_has_the_first_line_of_the_help(path: str) -> None:
    entry, _, _ = COMMANDS[path]

    assert (inspect.getdoc(load_function(entry)) or "").splitlines()[0] == entry.summary


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_examples_that_parse(path: str) -> None:
    _, command, context = COMMANDS[path]

    assert command.examples
    for example in command.examples:
        assert example.startswith(f"tertius {path}")
        parse(shlex.split(example)[1:])
        assert example in command.get_help(context)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_argument_and_option_is_explained(path: str) -> None:
    _, command, _ = COMMANDS[path]

    assert [param.name for param in command.params if not getattr(param, "help", None)] == []


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_that_prints_a_result_prints_json(path: str) -> None:
    _, command, _ = COMMANDS[path]

    has_json = any("--json" in param.opts for param in command.params)
    assert has_json != (path in WITHOUT_JSON)


@pytest.mark.parametrize("path", [*COMMANDS, "source", "team"])
def test_h_is_help(path: str) -> None:
    short, long = invoke(*path.split(), "-h"), invoke(*path.split(), "--help")

    assert (short.exit_code, short.stdout) == (0, long.stdout)


def lines_of(help_text: str) -> list[str]:
    return [" ".join(line.split()) for line in help_text.splitlines()]


def test_the_overview_shows_one_line_for_each_command_and_group_and_three_examples() -> None:
    overview = invoke()

    lines = lines_of(overview.stdout)
    assert overview.exit_code == 2
    for section in SECTIONS:
        if section.group:
            assert f"{section.group} {section.summary}" in lines
        else:
            assert f"{section.heading}:" in lines
            assert {f"{entry.name} {entry.summary}" for entry in section.commands} < set(lines)
    assert len(EXAMPLES) == 3
    assert set(EXAMPLES) < set(lines)
    assert len(lines) < 60, "the overview fits on a screen"


@pytest.mark.parametrize("section", [each for each in SECTIONS if each.group], ids=lambda section: section.group)
def test_a_group_alone_lists_its_commands(section: Section) -> None:
    listed = invoke(section.group)

    assert listed.exit_code == 2
    for entry in section.commands:
        assert any(line.startswith(path_of(section, entry)) for line in lines_of(listed.output))


def test_a_word_like_no_command_gets_no_suggestion() -> None:
    for word in ("nosuch", "run", "xyz"):
        assert "Did you mean" not in invoke(word).stderr


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [
        (["fadding"], "`tertius fading`"),
        (["source", "lst"], "`tertius source list`"),
        (["share"], "`tertius source share`"),
        (["token"], "`tertius team tokens`"),
        (["who", "Jane", "--detials"], "--details"),
        (["--verison"], "--version"),
    ],
)
def test_a_misspelt_command_or_option_ends_with_a_suggestion(words: list[str], suggestion: str) -> None:
    result = invoke(*words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert suggestion in result.stderr


def test_a_name_needs_no_quotes_where_it_is_the_only_argument() -> None:
    for path in ("who", "people", "company", "privacy export", "privacy erase", "privacy unmark-notified"):
        assert invoke(*path.split(), "--help").stdout.count("}...") == 1, path
    for path in ("team hide", "team exclude", "team rename", "team create-token"):
        assert invoke(*path.split(), "--help").stdout.count("}...") == 1, path


@pytest.mark.parametrize("words", [["me", "Jane", "Okonkwo"], ["me"]])
def test_a_command_for_two_people_explains_quotes(words: list[str]) -> None:
    result = invoke("tie", *words)

    assert result.exit_code == 2
    assert 'tertius tie me "Jane Okonkwo"' in result.stderr


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01"])
def test_a_date_that_is_none_is_misuse(day: str) -> None:
    result = invoke("who", "Jane", "--as-of", day)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not a date" in result.stderr


def test_bounds_and_choices_of_options_are_those_of_the_domain() -> None:
    def param(path: str, name: str) -> typer.core.TyperOption | typer.core.TyperArgument:
        command: LeafCommand = COMMANDS[path][1]
        (option,) = [param for param in command.params if param.name == name]
        assert isinstance(option, typer.core.TyperOption | typer.core.TyperArgument)
        return option

    for path, default in (("team invite", INVITATION_DAYS), ("admin create-network", INVITATION_DAYS)):
        assert (param(path, "expires").max, param(path, "expires").default) == (MAX_VALID_DAYS, default)
    assert (param("team create-token", "expires").max, param("team create-token", "expires").default) == (
        MAX_VALID_DAYS,
        TOKEN_DAYS,
    )
    assert param("fading", "within").max == MAX_DAYS_AHEAD
    assert param("privacy settings", "months").max == MAX_RETENTION_MONTHS
    policies = param("team leaving-policy", "policy").type_descriptor.choices
    assert policies == tuple(policy.value for policy in LeavingPolicy)
    visibilities = param("team visibility", "visibility").type_descriptor.choices
    assert visibilities == tuple(each.value.replace("_", "-") for each in IntroducerVisibility)


def start(*words: str, **variables: str) -> tuple[str, list[str]]:
    """Run a command in a new process. Returns its output and the heavy packages that it imported."""
    program = (
        "import atexit, sys; sys.argv[0] = 'tertius'; from tertius.cli.app import main; "
        f"atexit.register(lambda: print(*sorted({{*{HEAVY!r}}} & sys.modules.keys()), file=sys.stderr)); main()"
    )
    command = [sys.executable, "-c", program, *words]
    environment = {**os.environ, **variables}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    return ended.stdout, ended.stderr.splitlines()[-1].split()


@pytest.mark.parametrize("words", [(), ("--version",), ("--help",), ("who", "--help"), ("team", "--help")])
def test_the_overview_and_help_import_nothing_heavy(words: tuple[str, ...]) -> None:
    output, imported = start(*words)

    assert "tertius" in output
    assert set(imported) <= {"graph"} if words[:1] == ("who",) else imported == []


def test_a_command_that_opens_the_database_does_not_import_numpy() -> None:
    modules = "sys, tertius.session, graph.database.migrations"
    check = f"import {modules}; print('neo4j' in sys.modules, 'numpy' in sys.modules)"

    ended = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=120)

    assert ended.stdout.split() == ["True", "False"]


def test_the_parameters_of_commands_import_neither_driver_nor_api() -> None:
    modules = sorted({entry.function.partition(":")[0] for entry, _, _ in COMMANDS.values()})
    imports = "; ".join(f"import tertius.cli.{module}" for module in modules)
    check = f"import sys; {imports}; print(*sorted({{*{HEAVY!r}}} - {{'graph'}} & sys.modules.keys()))"

    ended = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=120)

    assert ended.stdout.split() == []


def completions(line: str) -> list[str]:
    output, imported = start(
        _TERTIUS_COMPLETE="complete_bash",
        COMP_WORDS=line,
        COMP_CWORD=str(len(line.split(" ")) - 1),
    )
    assert set(imported) <= {"graph", "pydantic"}
    return output.split()


def test_the_shell_completes_commands_options_and_choices() -> None:
    assert completions("tertius s") == ["sync", "say", "source", "statements", "slack"]
    assert completions("tertius source ") == ["list", "share", "remove"]
    assert "--max-introducers" in completions("tertius who --")
    assert completions("tertius source share mailbox e") == ["evidence"]


def test_root_is_a_group_with_all_commands() -> None:
    tertius = root()
    names = tertius.list_commands(typer.Context(tertius))

    assert set(names) == {path.partition(" ")[0] for path in COMMANDS}
