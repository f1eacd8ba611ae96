"""`tertius targets` on the sample network."""

import csv
import json
import re
from pathlib import Path

from openpyxl import Workbook

from presentation.sentences import strength_label
from tests.tertius.cli.test_app import Tertius


def test_a_list_is_grouped_by_outcome_and_written_beside_its_own_columns(here: Tertius, tmp_path: Path) -> None:
    listed, out = tmp_path / "list.csv", tmp_path / "out.csv"
    listed.write_text("Ref,Name\n7,Helena Brandt\n8,Jane Okonkwo\n9,Nobody Atall\n", "utf-8")

    output = here("targets", str(listed)).stdout
    written = here("targets", str(listed), "--out", str(out))
    data = json.loads(here("targets", str(listed), "--json").stdout)

    assert re.search(
        r"^1 +Jane Okonkwo \(CTO at Halden Robotics\) +0\.\d\d \(\w+\) +good +Ask Noor Haddad", output, re.MULTILINE
    )
    assert re.search(r"^4 +9, Nobody Atall +No person in your sources has this name\.", output, re.MULTILINE)
    assert "3 rows: 1 route, 1 refused, 1 unknown." in output
    assert written.exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["Ref"], row["Name"], row["tertius_rank"]) for row in rows] == [
        ("7", "Helena Brandt", ""),
        ("8", "Jane Okonkwo", "1"),
        ("9", "Nobody Atall", ""),
    ]
    assert [one["outcome"] for one in data["targets"]] == ["REFUSED", "ROUTE", "UNKNOWN"]


def test_a_label_describes_the_number_or_the_step_beside_it(here: Tertius, tmp_path: Path) -> None:
    listed, out = tmp_path / "list.csv", tmp_path / "out.csv"
    listed.write_text("Name\nJane Okonkwo\nNoor Haddad\n", "utf-8")

    here("targets", str(listed), "--out", str(out))
    with out.open(encoding="utf-8-sig", newline="") as stream:
        route, known = csv.DictReader(stream)

    assert [row["tertius_score_label"] for row in (route, known)] == [
        strength_label(float(row["tertius_score"])) for row in (route, known)
    ]
    assert (route["tertius_weakest_step"], route["tertius_weakest_step_label"]) == (
        "Jane Okonkwo to Noor Haddad",
        "good",
    )
    assert (known["tertius_weakest_step"], known["tertius_weakest_step_label"]) == ("", "")


def test_a_written_row_has_what_is_needed_to_ask(here: Tertius, tmp_path: Path) -> None:
    listed, out = tmp_path / "list.csv", tmp_path / "out.csv"
    listed.write_text("Name\nJane Okonkwo\nNoor Haddad\n", "utf-8")

    here("targets", str(listed), "--out", str(out))
    with out.open(encoding="utf-8-sig", newline="") as stream:
        route, known = csv.DictReader(stream)
    first = json.loads(here("who", "Jane Okonkwo", "--json").stdout)["routes"][0]

    assert route["tertius_message_to_forward"] == first["messageToForward"]
    assert "@" in route["tertius_introducer_address"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", route["tertius_last_contact"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", known["tertius_last_contact"])
    assert (route["tertius_colleague"], known["tertius_message_to_forward"]) == ("", "")


def test_a_workbook_is_read_and_a_pdf_is_refused_by_name(here: Tertius, tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.create_sheet("Targets").append(["Name"])
    workbook["Targets"].append(["Jane Okonkwo"])
    workbook["Sheet"].append(["Targets of the week"])
    workbook.save(tmp_path / "list.xlsx")
    (tmp_path / "list.pdf").write_bytes(b"%PDF-1.7 Jane Okonkwo")

    read = json.loads(here("targets", str(tmp_path / "list.xlsx"), "--json").stdout)
    refused = here("targets", str(tmp_path / "list.pdf"))

    assert (read["targets"][0]["outcome"], read["notes"]) == (
        "ROUTE",
        ["The sheet “Targets” was read. Not read: “Sheet”."],
    )
    assert str(refused.exception).startswith("Tertius cannot read list.pdf: it is a PDF. Save the list as .xlsx or CSV")


def test_an_unreadable_or_unwritable_file_is_one_sentence(here: Tertius, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("Jane Okonkwo\n", "utf-8")

    none, nowhere = here("targets", str(tmp_path / "none")), here("targets", str(listed), "--out", str(tmp_path))

    assert re.match(r"Tertius cannot read .*: there is no such file\.$", str(none.exception))
    assert str(nowhere.exception).endswith("was not written: is a directory.")


def test_a_plan_says_whom_to_ask_and_who_stays_uncovered(here: Tertius, tmp_path: Path) -> None:
    listed, out = tmp_path / "list.csv", tmp_path / "plan.csv"
    listed.write_text("Name\nJane Okonkwo\nHelena Brandt\n", "utf-8")

    printed = here("insights", "plan", str(listed)).stdout
    here("insights", "plan", str(listed), "--out", str(out))
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert re.search(r"^Ask Noor Haddad .* for 1 target \(expect 0\.\d\)$", printed, re.MULTILINE)
    assert "1 of 2 rows have an introducer." in printed
    assert [(row["target"].partition(" (")[0], row["coverage"], bool(row["reason"])) for row in rows] == [
        ("Jane Okonkwo", "assigned", False),
        ("Helena Brandt", "no_route", True),
    ]
