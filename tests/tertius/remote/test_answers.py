"""A question has the same answer and exit code from a server as from the local database."""

import pytest

from tests.tertius.cli.test_app import Tertius

QUESTIONS = (
    ("who", "Jane Okonkwo"),
    ("who", "Jane Okonkwo", "--details", "--limit", "1"),
    ("who", "Jane Okonkwo", "--limit", "10"),
    ("who", "Grace Mwangi", "--team"),
    ("who", "Grace Mwangi", "--as-of", "2026-06-01"),
    ("who", "Priya Raman", "--details"),
    ("who", "Helena Brandt"),
    ("who", "Ulrike Neumann"),
    ("who", "Wei Chen"),
    ("who", "Wei Chen at Lotus Optics"),
    ("who", "Sofie Falk at Northwind Grid"),
    ("who", "Jnae Okonkwo"),
    ("who", "me"),
    ("who", "Ulrike Neumann", "--max-introducers", "3"),
    ("people", "Ma"),
    ("people", "Jnae"),
    ("company", "Tidewater"),
    ("company", "Northwind Grid", "--details"),
    ("company", "Nortwind"),
    ("tie", "me", "Noor Haddad", "--details"),
    ("tie", "Noor Haddad", "Jane Okonkwo", "--as-of", "2026-07-15"),
    ("tie", "me", "Brad Keller"),
    ("fading", "--within", "90"),
    ("fading", "--within", "1"),
)


@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_a_server_answers_as_the_local_database_does(
    here: Tertius, there: Tertius, words: tuple[str, ...], *, as_json: bool
) -> None:
    options = ("--json",) if as_json else ()
    local, remote = here(*words, *options), there(*words, *options)

    assert remote.stdout == local.stdout
    assert (remote.exit_code, remote.stderr) == (local.exit_code, local.stderr)
    assert local.stdout
