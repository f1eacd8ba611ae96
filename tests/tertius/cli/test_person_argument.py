"""Arguments that name a person: without quotes, misspelt, or the viewer."""

from tests.tertius.cli.test_app import Tertius


def test_names_need_no_quotes(here: Tertius) -> None:
    unquoted = here("who", "Wei", "Chen", "at", "Lotus", "Optics", "--json")

    assert unquoted.exit_code == 0
    assert unquoted.stdout == here("who", "Wei Chen at Lotus Optics", "--json").stdout


def test_a_misspelt_name_ends_with_similar_names(here: Tertius) -> None:
    who, people = here("who", "Jnae", "Okonkwo"), here("people", "Okonkwo Jame")
    say = here("say", "Jane", "Okonkvo", "knows", "me")

    assert (who.exit_code, people.exit_code, say.exit_code) == (5, 5, 1)
    for output in (who.stdout, people.stdout, str(say.exception)):
        assert "Did you mean Jane Okonkwo (CTO at Halden Robotics)?" in " ".join(output.split())
    assert "Did you mean" not in here("who", "Zzyzx", "Qqqq").stdout


def test_the_viewer_is_named_by_me_or_by_name(here: Tertius) -> None:
    assert here("tie", "Ana Ferreira", "Noor Haddad").stdout == here("tie", "me", "Noor Haddad").stdout
