"""The commands `tertius privacy …` for settings, data subjects and the audit log: their parameters and help."""

from typing import Annotated

import typer

from tertius.cli.options import EntryLimit, Json, Words, Yes, join_words


def privacy_settings_command(
    *,
    controller: Annotated[str | None, typer.Option(metavar="NAME", help="The controller of the personal data.")] = None,
    contact: Annotated[str | None, typer.Option(metavar="TEXT", help="How to contact the controller.")] = None,
    basis: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The legal basis, in most cases a legitimate interest.")
    ] = None,
    months: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=600,
            metavar="N",
            help="The number of months for which evidence is kept. 0: as long as its source.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show or set the data controller and retention.

    Sharing requires all four options to be set once. Later you can change them one by one. A shorter retention
    deletes older evidence.

    Examples:
        tertius privacy settings
        tertius privacy settings --controller Acme --contact dpo@acme.example --basis "legitimate interest" --months 24
    """
    from tertius.cli.privacy.controller import controller_settings

    controller_settings(controller=controller, contact=contact, basis=basis, months=months, as_json=as_json)


def privacy_export_command(person: Words) -> None:
    """Print the personal data stored about a person.

    Prints JSON: everything in your view about the person, each row with its source and its dates.

    Examples:
        tertius privacy export Jane Okonkwo
    """
    from tertius.cli.privacy.data_subjects import export_data_subject

    export_data_subject(join_words(person))


def privacy_erase_command(person: Words, *, yes: Yes = False, as_json: Json = False) -> None:
    """Erase a person from all sources of all members.

    The erasure is final. Later loads skip the person. First shows what would be erased, and asks for confirmation.
    With `--json` but without `--yes` it prints this preview and changes nothing.

    Examples:
        tertius privacy erase Jane Okonkwo
        tertius privacy erase jane@halden.example --yes
    """
    from tertius.cli.privacy.data_subjects import erase

    erase(join_words(person), yes=yes, as_json=as_json)


def privacy_audit_command(limit: EntryLimit = 50, *, as_json: Json = False) -> None:
    """List who asked about whom in the last year.

    The newest entry comes first. In a network with one member, only requests of data subjects are recorded. Otherwise
    reading the log adds an entry.

    Examples:
        tertius privacy audit --limit 200
    """
    from tertius.cli.privacy.audit import print_audit_log

    print_audit_log(limit, as_json=as_json)
