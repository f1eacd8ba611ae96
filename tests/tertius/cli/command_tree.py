"""All commands of the command line with their contexts, for tests."""

from collections.abc import Iterator

import typer
import typer.main
from typer.core import TyperGroup

from tertius.cli.app import app
from tertius.cli.command_entries import CommandEntry
from tertius.cli.command_table import SECTIONS
from tertius.cli.lazy_group import LeafCommand, path_of

WIDTH = 100


def root() -> TyperGroup:
    """The command `tertius`."""
    command = typer.main.get_command(app)
    assert isinstance(command, TyperGroup)
    return command


def contexts() -> Iterator[tuple[str, CommandEntry, LeafCommand, typer.Context]]:
    """The path, table entry, command and context of every command."""
    tertius = root()
    top = typer.Context(tertius, info_name="tertius", terminal_width=WIDTH, **tertius.context_settings)
    for section in SECTIONS:
        parent, context = tertius, top
        if section.group:
            group = tertius.get_command(top, section.group)
            assert isinstance(group, TyperGroup)
            parent, context = group, typer.Context(group, info_name=section.group, parent=top)
        for entry in section.commands:
            command = parent.get_command(context, entry.name)
            assert isinstance(command, LeafCommand)
            yield (
                path_of(section, entry),
                entry,
                command,
                typer.Context(command, info_name=entry.name, parent=context),
            )
