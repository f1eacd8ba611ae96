"""The commands `tertius team …` for hidden contacts, excluded introducers and introducer visibility."""

from typing import Annotated, Literal

import typer

from tertius.cli.options import Json, Number, Words, join_words


def hidden_command(*, as_json: Json = False) -> None:
    """List contacts that you hide from other members.

    Examples:
        tertius team hidden
    """
    from tertius.cli.team.hidden_contacts import print_hidden

    print_hidden(as_json=as_json)


def hide_command(
    contact: Annotated[list[str], typer.Argument(metavar="WHO", help="A person, a name, or a company.")],
    *,
    company: Annotated[
        bool, typer.Option("--company", help="WHO is a company: hide everybody who works or worked there.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Hide a person or a company from other members.

    Hides what your own sources state about them. A name that matches nobody takes effect in later loads.

    Examples:
        tertius team hide Jane Okonkwo
        tertius team hide Halden Robotics --company
    """
    from tertius.cli.team.hidden_contacts import hide

    hide(join_words(contact), is_company=company, as_json=as_json)


def unhide_command(number: Number, *, as_json: Json = False) -> None:
    """Stop hiding a contact.

    `tertius team hidden` shows the numbers.

    Examples:
        tertius team unhide 1
    """
    from tertius.cli.team.hidden_contacts import unhide

    unhide(number, as_json=as_json)


def excluded_command(*, as_json: Json = False) -> None:
    """List people whom you exclude as introducers.

    Examples:
        tertius team excluded
    """
    from tertius.cli.team.exclusions import print_excluded

    print_excluded(as_json=as_json)


def exclude_command(
    person: Words,
    *,
    everybody: Annotated[
        bool, typer.Option("--everybody", help="Exclude them in the answers of all members. For owners and admins.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Exclude a person as introducer.

    They can still be a target. `me` excludes you in the answers of all members.

    Examples:
        tertius team exclude Marcus Vale
        tertius team exclude me
    """
    from tertius.cli.team.exclusions import exclude

    exclude(join_words(person), for_everybody=everybody, as_json=as_json)


def unexclude_command(number: Number, *, as_json: Json = False) -> None:
    """Allow a person as introducer again.

    `tertius team excluded` shows the numbers.

    Examples:
        tertius team unexclude 1
    """
    from tertius.cli.team.exclusions import unexclude

    unexclude(number, as_json=as_json)


def visibility_command(
    visibility: Annotated[
        Literal["immediate", "after-consent"] | None,
        typer.Argument(
            metavar="VISIBILITY",
            help="immediate: answers name them. after-consent: each is named after they accept a request.",
        ),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show or set when introducers are named.

    Only owners can set it.

    Examples:
        tertius team visibility
        tertius team visibility after-consent
    """
    from tertius.cli.team.network_settings import introducer_visibility

    introducer_visibility(visibility, as_json=as_json)
