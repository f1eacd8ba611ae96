"""A group of commands that imports a command when it runs or shows its own help, and not before."""

import inspect
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from tertius.cli.command_entries import CommandEntry, Section, ServerUse
from tertius.cli.command_table import EXAMPLES, GROUPS, SECTIONS, entries_of, sections_of
from tertius.cli.plain_params import convert_plainly

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter, Parameter
    from typer._click.shell_completion import CompletionItem

EXAMPLES_HEADING = "Examples:"
"""The line of a docstring after which every line is an example."""
_SERVER_PARAM = "server_address"
_ALIKE = 0.8
"""The least similarity of a word of any command. Among hundreds of words, less suggests unrelated commands."""


class LeafCommand(TyperCommand):
    """A command whose help ends with the examples of its docstring."""

    examples: tuple[str, ...] = ()
    server_use = ServerUse.IRRELEVANT

    def get_params(self, ctx: "Context") -> "list[Parameter]":
        """Return the arguments and options."""
        return _light(super().get_params(ctx))

    def invoke(self, ctx: "Context") -> Any:
        """Choose the server or the local database, and run the command."""
        option = ctx.params.pop(_SERVER_PARAM, None)
        if self.server_use is not ServerUse.IRRELEVANT:
            # they read the settings, which takes longer than to show help
            from tertius.remote.servers import select, server_address  # noqa: PLC0415

            address = server_address(option)
            if address and self.server_use is ServerUse.UNSUPPORTED:
                ctx.fail(
                    f"`{ctx.command_path}` cannot use the server {address}. It needs the local database: add "
                    "`--server local`."
                )
            select(address)
        return super().invoke(ctx)

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write arguments, without the types that Typer adds to their names, and options."""
        records = [(param, record) for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        for heading, kind in (("Arguments", "argument"), ("Options", "option")):
            rows = [record for param, record in records if param.param_type_name == kind]
            if kind == "argument":
                rows = [(name.partition(" <")[0], text) for name, text in rows]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write the examples."""
        _write_examples(formatter, self.examples)


class LazyGroup(TyperGroup):
    """The root or a group of `command_table`, chosen by its name."""

    def get_params(self, ctx: "Context") -> "list[Parameter]":
        """Return the options."""
        return _light(super().get_params(ctx))

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002
        """List the names of the commands and groups."""
        names = list(entries_of(self.name or ""))
        return names if self.name else [*names, *GROUPS]

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":  # noqa: ARG002
        """Import and build a command, or build a group."""
        if cmd_name not in self.commands:
            entry = entries_of(self.name or "").get(cmd_name)
            if entry is not None:
                self.commands[cmd_name] = _build(entry)
            elif not self.name and cmd_name in GROUPS:
                self.commands[cmd_name] = LazyGroup(
                    name=cmd_name, help=GROUPS[cmd_name], no_args_is_help=True, rich_markup_mode=None
                )
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, Command | None, list[str]]":
        """Resolve the command; a misspelt one ends with suggestions."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing and not args[0].startswith("-"):
            self._fail(ctx, args[0])
        return super().resolve_command(ctx, args)

    def _fail(self, ctx: "Context", typed: str) -> NoReturn:
        message = f"No such command {typed!r}."
        if similar := similar_commands(typed, self.name or ""):
            message += f" Did you mean {' or '.join(f'`tertius {path}`' for path in similar)}?"
        ctx.fail(message)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write one line for each command, and for each group if this is the root."""
        for section in sections_of(self.name or ""):
            with formatter.section(section.heading):
                formatter.write_dl([(path_of(section, entry), entry.summary) for entry in section.commands])
        if not self.name:
            with formatter.section("Groups of commands"):
                formatter.write_dl(list(GROUPS.items()))

    def format_epilog(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write examples below the overview."""
        if not self.name:
            _write_examples(formatter, EXAMPLES)
            formatter.write("\n`tertius GROUP` lists the commands of a group. `tertius COMMAND -h` explains one.\n")
        super().format_epilog(ctx, formatter)

    def shell_complete(self, ctx: "Context", incomplete: str) -> "list[CompletionItem]":
        """Complete commands from the table, and options."""
        from typer._click.shell_completion import CompletionItem  # noqa: PLC0415  it is needed for completion only

        entries = entries_of(self.name or "")
        lines = {name: entry.summary for name, entry in entries.items()} | ({} if self.name else GROUPS)
        items = [CompletionItem(name, help=line) for name, line in lines.items() if name.startswith(incomplete)]
        return [*items, *super(TyperGroup, self).shell_complete(ctx, incomplete)]


def _light(params: "list[Parameter]") -> "list[Parameter]":
    """Set the default of flags without one to False, and convert plain values without pydantic, which Typer imports."""
    for param in params:
        if isinstance(param, TyperArgument | TyperOption):
            convert_plainly(param)
        if isinstance(param, TyperOption) and param.is_flag and param.default is None:
            param.default = False
    return params


def path_of(section: Section, entry: CommandEntry) -> str:
    """The words that run a command, without `tertius`."""
    return f"{section.group} {entry.name}".lstrip()


def similar_commands(typed: str, group: str) -> list[str]:
    """The paths of up to three commands with a name like `typed`: of the group, or else of any."""
    names = {name: f"{group} {name}".lstrip() for name in (*entries_of(group), *(() if group else GROUPS))}
    if matches := get_close_matches(typed, names):
        return [names[name] for name in matches]
    paths: dict[str, list[str]] = {}
    for section in SECTIONS:
        for entry in section.commands:
            for word in {entry.name, *entry.name.split("-")}:
                paths.setdefault(word, []).append(path_of(section, entry))
    similar = [path for word in get_close_matches(typed, paths, cutoff=_ALIKE) for path in paths[word]]
    return list(dict.fromkeys(similar))[:3]


def load_function(entry: CommandEntry) -> Any:
    """Import the function of a command."""
    module, _, name = entry.function.partition(":")
    return getattr(import_module(f"tertius.cli.{module}"), name)


def _build(entry: CommandEntry) -> LeafCommand:
    function = load_function(entry)
    text, _, examples = (inspect.getdoc(function) or "").partition(EXAMPLES_HEADING)
    command = get_command_from_info(
        CommandInfo(name=entry.name, cls=LeafCommand, callback=function, help=text.strip()),
        pretty_exceptions_short=True,
        rich_markup_mode=None,
    )
    assert isinstance(command, LeafCommand)
    assert entry.server_use is not None
    command.server_use = entry.server_use
    if entry.server_use is not ServerUse.IRRELEVANT:
        command.params.append(_server_option(hidden=entry.server_use is ServerUse.UNSUPPORTED))
    command.examples = tuple(line.strip() for line in examples.strip().splitlines())
    return command


def _server_option(*, hidden: bool) -> "Parameter":
    help_text = "Ask this server; `local`: the local database. Default: the server that you joined last."
    option = typer.Option("--server", metavar="URL", help=help_text, hidden=hidden)

    def of_the_option(server_address: Annotated[str | None, option] = None) -> None:
        """Typer makes the option of this parameter."""

    info = CommandInfo(name="", cls=LeafCommand, callback=of_the_option)
    (made,) = get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None).params
    return made


def _write_examples(formatter: "HelpFormatter", examples: tuple[str, ...]) -> None:
    with formatter.section("Examples"):
        for line in examples:
            formatter.write(f"{'':{formatter.current_indent}}{line}\n")
