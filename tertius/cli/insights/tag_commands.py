"""The commands `tertius insights tag…`: their parameters and help."""

from typing import Annotated

import typer

from tertius.cli.options import Json

TagName = Annotated[str, typer.Argument(metavar="TAG", help="The name of a tag, such as clients.")]
TaggedPeople = Annotated[
    list[str],
    typer.Argument(metavar="PERSON...", help="People: names in quotes, e-mail addresses, profile URLs or ids."),
]


def tags_command(*, as_json: Json = False) -> None:
    """List your tags and those that others share.

    Examples:
        tertius insights tags
        tertius insights tags --json
    """
    from tertius.cli.insights.tags import show_tags

    show_tags(as_json=as_json)


def tag_command(
    tag: TagName,
    people: TaggedPeople,
    *,
    shared: Annotated[
        bool | None,
        typer.Option("--shared/--private", help="Whether all members may use the tag. A new tag is private."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Tag people, and create a missing tag.

    `tertius who --through-tag TAG` then asks only these people.

    Examples:
        tertius insights tag clients "Noor Haddad" miguel@northwind.example
        tertius insights tag alumni "Noor Haddad" --shared
    """
    from tertius.cli.insights.tags import tag_and_print

    tag_and_print(tag, people, shared=shared, as_json=as_json)


def untag_command(tag: TagName, people: TaggedPeople, *, as_json: Json = False) -> None:
    """Remove a tag from people.

    Examples:
        tertius insights untag clients "Noor Haddad"
    """
    from tertius.cli.insights.tags import untag_and_print

    untag_and_print(tag, people, as_json=as_json)


def tag_rule_command(
    tag: TagName,
    *,
    company: Annotated[
        list[str] | None, typer.Option("--company", metavar="NAME", help="People who work at a company. Repeatable.")
    ] = None,
    domain: Annotated[
        list[str] | None,
        typer.Option("--domain", metavar="DOMAIN", help="People with an address at a domain. Repeatable."),
    ] = None,
    channel: Annotated[
        list[str] | None,
        typer.Option("--channel", metavar="CHANNEL", help="People in contact by mail, call, chat, …. Repeatable."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="KIND", help="People in sources of a kind, such as linkedin. Repeatable."),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            "--group", metavar="NAME", help="People in a group of your address books or a Slack channel. Repeatable."
        ),
    ] = None,
    school: Annotated[
        list[str] | None,
        typer.Option("--school", metavar="NAME", help="People who study or studied at a school. Repeatable."),
    ] = None,
    studied_from: Annotated[
        int | None,
        typer.Option("--studied-from", metavar="YEAR", help="Only studies in this year or later; needs --school."),
    ] = None,
    studied_until: Annotated[
        int | None,
        typer.Option("--studied-until", metavar="YEAR", help="Only studies in this year or earlier; needs --school."),
    ] = None,
    strength: Annotated[
        str | None,
        typer.Option("--strength", metavar="LABEL", help="People whose tie to you is fair, good or strong at least."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Let a tag contain whom a rule matches.

    The people whom you tagged stay. A person matches the rule if they match one value of each option. It is evaluated
    whenever you use the tag. Without options the rule is removed.

    Examples:
        tertius insights tag-rule clients --company "Northwind" --company "Acme"
        tertius insights tag-rule alumni --school "University of Leeds" --studied-from 2008 --studied-until 2012
        tertius insights tag-rule close-mail --channel mail --strength good
        tertius insights tag-rule clients
    """
    from tertius.cli.insights.tags import RuleOptions, set_rule_and_print

    options = RuleOptions(
        companies=company or (),
        domains=domain or (),
        channels=channel or (),
        sources=source or (),
        groups=group or (),
        strength=strength,
        schools=school or (),
        studied_from=studied_from,
        studied_until=studied_until,
    )
    set_rule_and_print(tag, options, as_json=as_json)


def import_tags_command(*, as_json: Json = False) -> None:
    """Create a tag for each group in your sources.

    Labels of Google Contacts, categories of vCards and Slack channels are groups. The tag follows its group when you
    load the source again.

    Examples:
        tertius insights import-tags
    """
    from tertius.cli.insights.tags import import_tags_and_print

    import_tags_and_print(as_json=as_json)


def delete_tag_command(tag: TagName, *, as_json: Json = False) -> None:
    """Delete a tag of yours.

    Examples:
        tertius insights delete-tag clients
    """
    from tertius.cli.insights.tags import delete_tag_by_name

    delete_tag_by_name(tag, as_json=as_json)
