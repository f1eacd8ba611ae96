import pytest

from graph.names.role_mailboxes import is_role_address, is_shared_mailbox
from graph.people.matching import several


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
    assert is_role_address(f"email:{local}@acme.example")


@pytest.mark.parametrize("key", ["email:ana.sales@x.example", "email:infanta@x.example", "linkedin:info", "phone:+49"])
def test_people_are_not(key: str) -> None:
    assert not is_role_address(key)


def test_who_has_anything_else_beside_is_a_person() -> None:
    assert not is_shared_mailbox(("linkedin:jane", "email:info@doe.example"))


@pytest.mark.parametrize(
    ("names", "box", "so"),
    [
        (["dora lind", "emil frost", "gil hart"], "x17", True),
        (["dora lind", "emil frost", "gil hart", "d lind"], "desk-sued", True),
        (["dora lind", "emil frost"], "x17", False),
        (["dora lind", "emil frost", "gil hart"], "d.lind", False),
        (["dora lind", "dora frost", "gil hart"], "x17", False),
        (["robert hart", "bob hart", "r hart", "сергей иванов", "sergei ivanov"], "x17", False),
        (["anna muller", "peter muller", "lena muller"], "home9", False),
        (["dora", "emil", "gil"], "x17", False),
    ],
)
def test_several_write_from_a_mailbox_where_no_two_of_three_names_can_be_ones(
    names: list[str], box: str, so: bool
) -> None:
    assert several(names, [box]) is so
