"""The file of hashes of erased people: what a power failure may leave in it, and damage that is reported."""

from pathlib import Path

import pytest

from graph.database.erasure_ledger import ErasureLedger
from graph.errors import ErasureLedgerUnreadable

FIRST, SECOND = "a" * 64, "b" * 64


@pytest.fixture
def ledger(tmp_path: Path) -> ErasureLedger:
    """A ledger with one hash."""
    ledger = ErasureLedger(tmp_path)
    ledger.add("home", {FIRST})
    return ledger


@pytest.mark.parametrize(
    "torn", [b"\nho", b"\nhome ", b"\nhome abc", b"\nhome " + b"c" * 63, b"\0" * 4096, b"\nhome 12\0\0\0"]
)
def test_a_line_that_a_power_failure_cut_is_left_out(ledger: ErasureLedger, tmp_path: Path, torn: bytes) -> None:
    with (tmp_path / "erasures").open("ab") as file:
        file.write(torn)

    assert ledger.hashes("home") == {FIRST}
    ledger.add("home", {SECOND})
    assert ledger.hashes("home") == {FIRST, SECOND}
    assert ErasureLedger(tmp_path).hashes("home") == {FIRST, SECOND}


@pytest.mark.parametrize("at", [0, 5, 30])
def test_damage_before_the_last_line_is_reported(ledger: ErasureLedger, tmp_path: Path, at: int) -> None:
    ledger.add("home", {SECOND})
    file = tmp_path / "erasures"
    content = bytearray(file.read_bytes())
    content[content.index(b"home") + at] = 0xFF if at else 0x20
    file.write_bytes(content)

    with pytest.raises(ErasureLedgerUnreadable, match="Line 2 of the file erasures is damaged"):
        ledger.hashes("home")
    with pytest.raises(ErasureLedgerUnreadable):
        ledger.add("home", {"c" * 64})


@pytest.mark.parametrize("present", ["both", "key moved", "linked", "a process of an earlier version added"])
def test_files_with_their_earlier_names_are_used(ledger: ErasureLedger, tmp_path: Path, present: str) -> None:
    key_id, earlier = ledger.create_key(), tmp_path / "forgotten"
    if present != "key moved":
        (tmp_path / "erasures.key").rename(tmp_path / "forgotten.key")
    (tmp_path / "erasures").rename(earlier)
    if present == "linked":
        (tmp_path / "erasures").hardlink_to(earlier)
    if present == "a process of an earlier version added":
        ErasureLedger(tmp_path)
        earlier.write_text(f"\nhome {SECOND}\nhome abc")

    for _ in range(2):
        reopened = ErasureLedger(tmp_path)
        assert reopened.hashes("home") == ({FIRST, SECOND} if "added" in present else {FIRST})
        assert reopened.key_id == key_id
        assert {path.name for path in tmp_path.iterdir()} == {"erasures", "erasures.key"}
