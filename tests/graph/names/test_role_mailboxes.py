import pytest

from graph.names.role_mailboxes import is_role_address, is_shared_mailbox
from graph.people.matching import has_several_writers


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
        "talent",
        "interviews",
        "scheduling",
        "calendar",
        "team-sales",
        "engineering",
        "backend-dev",
        "room-4a",
        "conf-ber-spree",
        "mtg.rm.12",
        "besprechungsraum1",
        "beamer",
        "teamsroom3",
        "sala-2",
        "ola",
    ],
)
def test_role_addresses_are_recognised_in_common_languages(local: str) -> None:
    assert is_role_address(f"email:{local}@acme.example")


@pytest.mark.parametrize(
    "key",
    [
        "email:ana.sales@x.example",
        "email:ola.lind@x.example",
        "email:sala.marco@x.example",
        "email:infanta@x.example",
        "linkedin:info",
        "phone:+49",
    ],
)
def test_personal_addresses_are_not_role_addresses(key: str) -> None:
    assert not is_role_address(key)


def test_a_role_address_with_a_profile_is_not_a_shared_mailbox() -> None:
    assert not is_shared_mailbox(("linkedin:jane", "email:info@doe.example"))


@pytest.mark.parametrize(
    ("names", "mailbox", "expected"),
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
def test_three_incompatible_sender_names_mean_several_writers(names: list[str], mailbox: str, expected: bool) -> None:
    assert has_several_writers(names, [mailbox]) is expected
