"""A command that changes something does the same on a server as in the local database, and prints the same."""

from tests.tertius.cli.test_app import Tertius
from tests.tertius.remote.transcripts import compare, cypher, transcript

PURPOSE = ("--purpose", "I want to learn how you hire.")
NOOR = ("--through", "Noor Haddad")

REQUESTS = (
    ("request", "list"),
    ("request", "inbox"),
    ("request", "create", "Jane Okonkwo", *NOOR, *PURPOSE, "--about", "I build robots.", "--json"),
    ("request", "edit", "1", "--benefit", "Ideas."),
    ("request", "list"),
    ("request", "send", "1"),
    ("request", "show", "1", "--json"),
    ("request", "answer", "1", "accept"),
    ("request", "record", "1", "target-asked"),
    ("request", "record", "1", "target-agreed", "--json"),
    ("request", "record", "1", "introduced"),
    ("request", "record", "1", "met"),
    ("request", "thank", "1"),
    ("request", "create", "Jane Okonkwo", *NOOR, *PURPOSE),
    ("request", "send", "2"),
    ("request", "answer", "2", "decline"),
    ("request", "show", "2"),
    ("request", "next", "2"),
    ("request", "withdraw", "3"),
    ("request", "list", "--role", "asker", "--json"),
    ("request", "list", "--role", "introducer", "--json"),
    ("request", "inbox", "--mark-read", "--json"),
    ("request", "show", "9"),
    ("request", "send", "0" * 24),
    ("request", "send", "1"),
    ("request", "create", "Jane Okonkwo", "--through", "Helena Brandt", *PURPOSE),
    ("request", "preferences", "--monthly-cap", "3", "--not-before", "2026-12-24", "--quiet-hours", "20:00-08:00"),
    ("request", "preferences", "--no-go", "Helena Brandt", "--no-go-company", "Halden", "--json"),
    ("request", "preferences", "--no-go", "Wei Chen"),
    ("request", "preferences", "--reset"),
    ("request", "email-digest", "on"),
    ("request", "email-digest", "off", "--json"),
)
STATEMENTS = (
    ("statements", "list"),
    ("say", "Noor Haddad knows me well", "--on", "2026-11-01"),
    ("say", "Noor Haddad is no route to Jane Okonkwo", "--until", "2027-06-30", "--json"),
    ("say", "Wei Chen knows me"),
    ("say", "me knows me"),
    ("statements", "withdraw", "9"),
    ("statements", "withdraw", "1"),
    ("statements", "list", "--json"),
    ("statements", "withdraw", "1"),
)
TEAM = (
    ("team", "members"),
    ("team", "rename", "Ana F", "--json"),
    ("team", "rename", "Ana Ferreira"),
    ("team", "set-role", "1", "admin"),
    ("team", "remove-member", "2"),
    ("team", "leaving-policy", "keep", "--json"),
    ("team", "leaving-policy", "remove"),
    ("team", "visibility", "immediate", "--json"),
    ("team", "visibility", "after-consent"),
    ("team", "invite", "asker", "--email", "bea@example.org", "--json"),
    ("team", "invitations"),
    ("team", "withdraw-invitation", "1", "--json"),
    ("team", "create-token", "importer", "--scope", "read", "--scope", "write", "--json"),
    ("team", "tokens"),
    ("team", "revoke-token", "2", "--json"),
    ("team", "hide", "Jane Okonkwo"),
    ("team", "hide", "Halden Robotics", "--company"),
    ("team", "hide", "Nobody Atall", "--json"),
    ("team", "hide", "Wei Chen"),
    *[("team", "unhide", "1")] * 4,
    ("team", "exclude", "Marcus Vale"),
    ("team", "exclude", "me", "--json"),
    ("team", "exclude", "Wei Chen"),
    *[("team", "unexclude", "1")] * 3,
    ("team", "prove-address", "https://tertius.example.org/about-me/link/unknown"),
)
PRIVACY = (
    ("privacy", "settings", "--controller", "Ana"),
    ("privacy", "settings"),
    ("privacy", "settings", "--controller", "Ana", "--contact", "a@x.example", "--basis", "consent", "--months", "0"),
    ("privacy", "settings", "--contact", "ana@x.example", "--json"),
    ("privacy", "audit"),
    ("privacy", "audit", "--json"),
    ("privacy", "notices", "--limit", "30"),
    ("privacy", "notices", "--json"),
    ("privacy", "mark-notified", "1-2"),
    ("privacy", "unmark-notified", "Jane Okonkwo", "--json"),
    ("privacy", "unmark-notified", "Wei Chen"),
    ("privacy", "export", "Jane Okonkwo"),
    ("privacy", "export", "Wei Chen"),
    ("privacy", "export", "Jnae Okonkwo"),
    ("privacy", "erase", "Jane Okonkwo", "--json"),
    ("privacy", "erase", "Wei Chen"),
    ("privacy", "erase", "nobody@x.example", "--json"),
)


def test_requests_run_on_a_server_as_in_the_local_database(
    here: Tertius, there: Tertius, sample_environment: dict[str, str]
) -> None:
    local = [*transcript(here, REQUESTS)]
    cypher(sample_environment, "MATCH (r:IntroductionRequest) DETACH DELETE r")
    remote = [*transcript(there, REQUESTS)]

    for one, other in zip(local, remote, strict=True):
        assert other == one


def test_statements_are_made_on_a_server_as_in_the_local_database(here: Tertius, there: Tertius) -> None:
    compare(here, there, STATEMENTS)


def test_a_team_is_managed_on_a_server_as_in_the_local_database(here: Tertius, there: Tertius) -> None:
    assert there("people", "Ma").exit_code == 0  # the token was used
    compare(here, there, TEAM)


def test_privacy_is_managed_on_a_server_as_in_the_local_database(
    here: Tertius, there: Tertius, sample_environment: dict[str, str]
) -> None:
    local = [*transcript(here, PRIVACY)]
    cypher(sample_environment, "MATCH (n:Network) REMOVE n.controller, n.contact, n.legal_basis, n.retention_months")
    remote = [*transcript(there, PRIVACY)]
    for one, other in zip(local, remote, strict=True):
        assert other == one
