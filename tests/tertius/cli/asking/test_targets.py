"""`tertius targets` on the sample network."""

import csv
import json
import re
from pathlib import Path

from tests.tertius.cli.test_app import Tertius


def test_a_list_is_told_by_what_can_be_done_and_written_beside_its_own_columns(here: Tertius, tmp_path: Path) -> None:
    listed, out = tmp_path / "list.csv", tmp_path / "out.csv"
    listed.write_text("Ref,Name\n7,Helena Brandt\n8,Jane Okonkwo\n9,Nobody Atall\n", "utf-8")

    told = here("targets", str(listed)).stdout
    written = here("targets", str(listed), "--out", str(out))
    data = json.loads(here("targets", str(listed), "--json").stdout)

    assert re.search(r"^1 +Jane Okonkwo \(CTO at Halden Robotics\) +good +Ask Noor Haddad", told, re.MULTILINE)
    assert re.search(r"^4 +9, Nobody Atall +No person in your sources has this name\.", told, re.MULTILINE)
    assert "3 rows: 1 route, 1 refused, 1 unknown." in told
    assert written.exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["Ref"], row["Name"], row["tertius_rank"]) for row in rows] == [
        ("7", "Helena Brandt", ""),
        ("8", "Jane Okonkwo", "1"),
        ("9", "Nobody Atall", ""),
    ]
    assert [one["outcome"] for one in data["targets"]] == ["REFUSED", "ROUTE", "UNKNOWN"]


def test_what_cannot_be_read_or_written_is_one_sentence(here: Tertius, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("Jane Okonkwo\n", "utf-8")

    none, nowhere = here("targets", str(tmp_path / "none")), here("targets", str(listed), "--out", str(tmp_path))

    assert re.match(r"Tertius cannot read .*: there is no such file\.$", str(none.exception))
    assert str(nowhere.exception).endswith("was not written: is a directory.")
