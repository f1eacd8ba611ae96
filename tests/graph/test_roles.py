import pytest

from graph.roles import is_role, nobodys


@pytest.mark.parametrize(
    "local",
    [
        "info",
        "support",
        "sales.emea",
        "no-reply",
        "team",
        "kontakt",
        "vertrieb2",
        "büro",
        "hola",
        "sekretariat",
        "jobs+de",
    ],
)
def test_roles_are_told_in_the_common_languages(local: str) -> None:
    assert is_role(f"email:{local}@acme.example")


@pytest.mark.parametrize("key", ["email:ana.sales@x.example", "email:infanta@x.example", "linkedin:info", "phone:+49"])
def test_people_are_not(key: str) -> None:
    assert not is_role(key)


def test_who_has_anything_else_beside_is_a_person() -> None:
    assert not nobodys(("linkedin:jane", "email:info@doe.example"))
