import pytest

from graph.names.keys import identity_key
from graph.names.role_mailboxes import is_role_address, is_shared_mailbox
from graph.people.matching import has_several_writers
from graph.records import Handle, HandleKind


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


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("ola.nordmann@fjell.example", "Ola Nordmann"),
        ("ola.nordmann@fjell.example", ""),
        ("press@fjell.example", "Jordan Press"),
        ("info@okonkwo.example", "Jane Okonkwo"),
        ("office@acme.example", "Okonkwo, Jane"),
        ("hr@acme.example", "Nguyễn Thị Minh Khai"),
        ("redaktion@blatt.example", "Иван Петров"),
    ],
)
def test_a_role_word_does_not_override_a_personal_name(address: str, name: str) -> None:
    assert not is_role_address(f"email:{address}", [name])


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("support@acme.example", "Acme Support"),
        ("support@acme.example", "Support Team"),
        ("info@halden.example", "Halden Robotics"),
        ("press@fjell.example", "Fjell Press"),
        ("post@deutschepost.example", "Deutsche Post"),
        ("booking@nordlys.example", "Hotel Nordlys Oslo"),
        ("sales.emea@acme.example", "Sales EMEA"),
        ("info@acme.example", "Info"),
        ("info@acme.example", "info@acme.example"),
        ("no-reply@acme.example", "Jane Okonkwo"),
        ("notifications@acme.example", "Jane Okonkwo"),
    ],
)
def test_a_name_of_a_role_or_an_organisation_is_not_personal(address: str, name: str) -> None:
    assert is_role_address(f"email:{address}", [name])


@pytest.mark.parametrize(
    "address", ["noemail@noemail.com", "n/a@n/a.com", "Test@acme.example", "keine@x.example", "no-email12@x.example"]
)
def test_a_placeholder_address_identifies_nobody(address: str) -> None:
    assert identity_key(Handle(HandleKind.EMAIL, address)) is None


@pytest.mark.parametrize("address", ["testa@x.example", "nathan@x.example", "na@x.example", "ana.test@x.example"])
def test_similar_addresses_are_no_placeholders(address: str) -> None:
    assert identity_key(Handle(HandleKind.EMAIL, address)) == f"email:{address}"


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
