"""Insights are shown and changed on a server as in the local database."""

import csv
from pathlib import Path

import pytest

from tests.tertius.cli.test_app import Tertius
from tests.tertius.remote.transcripts import compare

MANY = ("Noor Haddad", "Marcus Vale", "Grace Mwangi", "Brad Keller")
CARE = (
    ("insights", "nurture"),
    ("insights", "nurture", "--json"),
    ("insights", "nurture", "--out", "-"),
    ("insights", "balance"),
    ("insights", "balance", "--limit", "3", "--json"),
    ("insights", "keep-in-touch", "Noor Haddad", "--every", "60", "--note", "Ask about the lab."),
    ("insights", "snooze-suggestion", "Brad Keller", "--days", "40", "--json"),
    ("insights", "stop-suggestions", "Marcus Vale"),
    ("insights", "complete-suggestion", "Wei Chen"),
    ("insights", "contact-plans"),
    *[("insights", "delete-contact-plan", "1", "--json")] * 3,
    ("insights", "delete-contact-plan", "1"),
)
OWN_NETWORK = (
    ("insights", "health"),
    ("insights", "health", "--json"),
    ("insights", "health", "--tag", "nothing"),
    ("insights", "connections"),
    ("insights", "connections", "--class", "gone-cold", "--json"),
    ("insights", "connections", "--class", "never"),
    ("insights", "connections", "--out", "-"),
    ("insights", "connections", "--tag", "nothing"),
    ("insights", "goal"),
    ("insights", "goal", "--json"),
    ("insights", "goal", "job-search", "--stage", "senior", "--company", "Halden Robotics", "--role", "engineer"),
    ("insights", "goal", "sales", "--stage", "senior"),
    ("insights", "goal", "sales", "--stage", "starting", "--tag", "nothing"),
    ("insights", "goal", "--remove", "--tag", "nothing"),
    ("insights", "goal", "--json"),
    ("insights", "goal", "--remove"),
)
REVIEW = (
    ("insights", "prune"),
    ("insights", "prune", "--json"),
    ("insights", "prune", "--rule", "never-contacted"),
    ("insights", "prune", "--out", "-"),
    ("insights", "archived"),
    ("insights", "archive", "Brad Keller", "me"),
    ("insights", "archive", "Wei Chen"),
    ("insights", "archive", "Victor Lang", "--json"),
    ("insights", "archived"),
    ("insights", "archived", "--out", "-"),
    ("who", "Brad Keller"),
    ("insights", "restore", "3"),
    ("insights", "restore", "2", "--json"),
    ("insights", "restore", "1"),
    ("insights", "invitations"),
    ("insights", "invitations", "--json"),
    ("insights", "invitations", "list.csv"),
    ("insights", "invitations", "list.csv", "--json"),
    ("insights", "invitations", "list.csv", "--out", "-"),
    ("insights", "invitations", "missing.csv"),
)
PLAN = (
    ("insights", "plan", "list.csv"),
    ("insights", "plan", "list.csv", "--json"),
    ("insights", "plan", "list.csv", "--requests-each", "1", "--max-introducers", "1", "--team"),
    ("insights", "plan", "list.csv", "--out", "-"),
    ("insights", "plan", "list.csv", "--out", "plan.csv"),
    ("insights", "plan", "empty.csv"),
    ("insights", "plan", "unreadable.csv"),
    ("insights", "plan", "unreadable.csv", "--json"),
)
TAGS = (
    ("insights", "tags"),
    ("insights", "tag", "clients", "Noor Haddad", "Brad Keller", "--shared"),
    ("insights", "tag", "Clients", "Marcus Vale", "--private", "--json"),
    ("insights", "tag", "alumni", "Wei Chen"),
    ("insights", "tag", "many", *MANY, "Nobody Atall"),
    ("insights", "tag", "many", *MANY, "me"),
    ("insights", "tag", "many", *MANY, "--shared"),
    ("insights", "untag", "many", *MANY[1:]),
    ("insights", "tag-rule", "founders", "--strength", "good", "--company", "Vale Circle"),
    ("insights", "tag-rule", "founders", "--channel", "pigeon"),
    ("insights", "tag-rule", "founders", "--channel", "mail", "--source", "mailbox", "--json"),
    ("insights", "tag-rule", "friends", "--group", "Friends"),
    ("insights", "tag-rule", "friends", "--school", "Leeds", "--studied-from", "2008"),
    ("insights", "import-tags"),
    ("insights", "untag", "clients", "Brad Keller"),
    ("insights", "untag", "nothing", "Brad Keller"),
    ("insights", "tags", "--json"),
    ("insights", "delete-tag", "nothing"),
    ("insights", "delete-tag", "CLIENTS"),
    ("insights", "delete-tag", "founders"),
    ("insights", "delete-tag", "friends"),
    ("insights", "delete-tag", "many"),
)
ROWS = (
    "Ref,Name,Company,E-mail",
    "1,Jane Okonkwo,Halden Robotics,",
    "2,Grace Mwangi,,",
    "3,Noor Haddad,,",
    "4,Wei Chen,,",
    "5,Wei Chen,Lotus Optics,",
    "6,Helena Brandt,Nowhere,",
    "7,Jnae Okonkwo,,nobody@x.example",
    "8,,Halden Robotics,",
    "9,,,",
    "10,Jane Okonkwo,,",
)


def test_insights_are_shown_by_a_server_as_by_the_local_database(here: Tertius, there: Tertius, tmp_path: Path) -> None:
    compare(here, there, CARE)
    written = []
    for run in (here, there):
        out = tmp_path / "out.csv"
        assert run("insights", "balance", "--out", str(out)).exit_code == 0
        written.append(out.read_text("utf-8"))
    assert written[1] == written[0]


def test_archived_people_are_written_as_csv(here: Tertius, tmp_path: Path) -> None:
    out = tmp_path / "archived.csv"
    here("insights", "archive", "Brad Keller")

    assert here("insights", "archived", "--out", str(out)).stdout == f"1 row in {out}.\n"
    header, row = csv.reader(out.read_text("utf-8").splitlines())
    assert header == ["name", "title", "company", "archived on", "rule", "last contact", "review"]
    assert row[0] == "Brad Keller"
    here("insights", "restore", "1")
    assert [*csv.reader(here("insights", "archived", "--out", "-").stdout.splitlines())] == [header]


def test_the_own_network_is_assessed_on_a_server_as_in_the_local_database(here: Tertius, there: Tertius) -> None:
    compare(here, there, OWN_NETWORK)


def test_tags_are_changed_on_a_server_as_in_the_local_database(
    here: Tertius, there: Tertius, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tertius.remote.tags._PEOPLE_AT_ONCE", 3)
    compare(here, there, TAGS)


@pytest.mark.parametrize("commands", [REVIEW, PLAN], ids=["review", "plan"])
def test_lists_are_reviewed_and_planned_on_a_server_as_in_the_local_database(
    here: Tertius,
    there: Tertius,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    commands: tuple[tuple[str, ...], ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text("\n".join([*ROWS, ""]), "utf-8")
    Path("empty.csv").write_text("Name\n", "utf-8")
    long = "Long " * 101
    Path("unreadable.csv").write_text(f'Name,Company\n{long}\n"Jane,Halden\n', "utf-8")

    compare(here, there, commands)
