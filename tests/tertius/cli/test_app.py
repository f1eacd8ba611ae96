"""The command as a person or a program uses it, on the sample network: each role of docs/sample.md."""

import json
import os
import re
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import neo4j
import pytest
import pytest_asyncio
from typer.testing import CliRunner, Result

from graph.days import day_of
from graph.errors import NoDataLoaded
from presentation.sentences import format_day
from tertius.cli.app import app
from tertius.errors import cli_message
from tertius.sample import EXPORTS
from tests.conftest import wipe
from tests.prepared_stores import LoadedSample, restore

HOUSE = Path(__file__).parents[3]
Tertius = Callable[..., Result]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sample_environment(
    driver: neo4j.AsyncDriver, loaded_sample: LoadedSample, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The environment of a command on an emptied database that holds the sample in its network `demo`."""
    await wipe(driver)
    await restore(driver, loaded_sample.content)
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(loaded_sample.environment["TERTIUS_HOME"], home, dirs_exist_ok=True)
    return loaded_sample.environment | {"TERTIUS_HOME": str(home)}


@pytest.fixture(scope="module")
def here(sample_environment: dict[str, str]) -> Tertius:
    """The command on the sample."""

    def run(*words: str, network: str = "demo", **more: str) -> Result:
        return CliRunner().invoke(app, words, env={**sample_environment, "TERTIUS_NETWORK": network, **more})

    return run


def asked(here: Tertius, target: str, *options: str) -> dict[str, Any]:
    result = here("who", target, "--json", *options)
    assert result.stdout, result.stderr
    data: dict[str, Any] = json.loads(result.stdout)
    codes = {"Introductions": 0, "AlreadyKnown": 0, "Refusal": 3, "AmbiguousTarget": 4, "UnknownTarget": 5}
    assert result.exit_code == codes[data["__typename"]]
    return data


def names(route: dict[str, Any]) -> list[str]:
    return [person["name"] for person in (*route["introducers"], route["target"])]


def test_the_quiet_friend_beats_the_well_connected_near_stranger(here: Tertius) -> None:
    answer = asked(here, "Jane Okonkwo")

    first, *others = answer["routes"]
    assert answer["__typename"] == "Introductions"
    assert answer["target"]["company"] == "Halden Robotics"
    assert names(first) == ["Noor Haddad", "Jane Okonkwo"]
    hub = next(route for route in others if names(route)[0] == "Marcus Vale")
    assert hub["score"] < first["score"] / 4
    assert [step["strengthLabel"] for step in first["steps"]][:2] == ["STRONG", "STRONG"]
    product = 1.0
    for step in first["steps"]:
        product *= step["strength"]
    assert product == pytest.approx(first["score"], rel=1e-12)
    assert hub["noAnswerNote"] == "Marcus Vale has written to Jane Okonkwo; no reply found."


def test_a_search_that_runs_out_of_time_says_so_and_is_no_refusal(
    here: Tertius, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERTIUS_LIMITS__SEARCH_SECONDS", "1e-9")

    assert asked(here, "Jane Okonkwo")["isComplete"] is False
    assert "better routes may exist" in here("who", "Jane Okonkwo").stdout
    none = here("who", "Helena Brandt")
    assert (none.exit_code, none.stdout) == (1, "")


def test_two_introducers_in_a_row(here: Tertius) -> None:
    assert names(asked(here, "Grace Mwangi")["routes"][0]) == ["Elif Yılmaz", "Piotr Kowalczyk", "Grace Mwangi"]
    assert asked(here, "Grace Mwangi", "--max-introducers", "1")["__typename"] == "Refusal"


@pytest.mark.parametrize(
    ("target", "reason", "fails"),
    [
        ("Helena Brandt", "ONE_SIDED", "Victor Lang"),
        ("Samuel Osei", "GONE_COLD", "Claire Dubois"),
        ("Claire Dubois", "GONE_COLD", "Claire Dubois"),
        ("Brad Keller", "ONE_SIDED", "Brad Keller"),
        ("Ulrike Neumann", "ONLY_STRANGERS", "Ulrike Neumann"),
    ],
)
def test_routes_through_strangers_are_refused_with_reason_and_remedy(
    here: Tertius, target: str, reason: str, fails: str
) -> None:
    refusal = asked(here, target)

    assert refusal["reason"] == reason
    assert refusal["nearestMiss"]["fromPerson"]["name"] == fails
    assert refusal["suggestion"]


def test_a_refusal_and_an_unknown_name_have_possible_connectors(here: Tertius) -> None:
    for target in ("Ulrike Neumann", "Sofie Falk at Northwind Grid"):
        answer = asked(here, target)
        assert [one["person"]["name"] for one in answer["possibleConnectors"]] == ["Miguel Santos"]


def test_one_person_with_two_addresses_and_two_people_with_one_name(here: Tertius) -> None:
    assert asked(here, "Priya Raman")["__typename"] == "AlreadyKnown"
    assert asked(here, "priya  RAMAN")["target"] == asked(here, "Raman Priya")["target"]
    both = asked(here, "Wei Chen")
    assert {candidate["person"]["company"] for candidate in both["candidates"]} == {"Lotus Optics", "Baltic Freight"}
    assert asked(here, "Wei Chen at Lotus Optics")["__typename"] == "AlreadyKnown"
    assert asked(here, both["candidates"][0]["person"]["id"])["target"] == both["candidates"][0]["person"]
    assert asked(here, "Lukasz Wisniewski")["target"]["name"] == "Łukasz Wiśniewski"


def mails(answer: dict[str, Any]) -> int:
    return sum(one["count"] for one in answer["outbound"]["counts"] if one["channel"] == "MAIL")


def test_a_tie_as_data_holds_both_directions(here: Tertius) -> None:
    one, other = json.loads(here("tie", "Brad Keller", "me", "--json").stdout)

    assert (one["fromPerson"]["name"], one["toPerson"]["name"], one["knows"]) == ("Brad Keller", "Ana Ferreira", False)
    assert (other["fromPerson"]["name"], other["toPerson"]["name"], other["strength"]) == (
        "Ana Ferreira",
        "Brad Keller",
        None,
    )
    history = one["history"]
    assert sum(mails(month) for month in history["months"]) == mails(one)
    change = history["possibleChanges"][0]
    assert (change["event"], change["count"], change["strengthLabel"]) == ("REPLY", 1, "GOOD")


def test_a_tie_as_of_a_future_day_is_refused(here: Tertius) -> None:
    refused = here("tie", "me", "Noor Haddad", "--as-of", "2999-01-01")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "The day is in the future" in refused.stderr


def test_a_second_load_changes_nothing(here: Tertius) -> None:
    again = here("load", str(EXPORTS))

    assert again.exit_code == 0
    assert again.stdout.count("nothing new") == 2


def test_a_load_reports_what_it_left_out_and_why(here: Tertius) -> None:
    output = here("load", str(EXPORTS)).stdout

    for reason in ("(mailing list)", "(automated)", "(spam)", "(draft)", "(among more than 20 people)"):
        assert reason in output
    assert "Companies you reach best:" in output


def test_a_list_of_connections_alone_creates_no_tie(here: Tertius, tmp_path: Path) -> None:
    with zipfile.ZipFile(next(EXPORTS.glob("*.zip"))) as archive:
        alone = Path(archive.extract("Connections.csv", tmp_path))

    output = here("load", str(alone), "--as", "ana@example.com", network="alone").stdout
    refusal = json.loads(here("who", "Jane Okonkwo", "--json", network="alone").stdout)

    assert "268 connections, 0 know you" in output
    assert "Your data do not show yet that anybody knows you" in output
    assert refusal["reason"] == "ONLY_STRANGERS"


def test_an_unknown_file_is_skipped_and_a_missing_file_is_an_error(here: Tertius, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing of interest", "utf-8")

    left = here("load", str(tmp_path), network="elsewhere")
    missing = here("load", str(tmp_path / "none"), network="elsewhere")

    assert "not recognised:" in left.stdout
    assert left.exit_code == 1
    assert "There is no file or folder" in str(missing.exception)


def test_a_csv_with_another_header_is_read_once_its_columns_are_named(here: Tertius, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("Who;Where to write\nLou Maar;lou@maar.example\nMaar & Co;info@maar.example\n", "utf-8")
    mapping = ("--map", "name=Who", "--map", "email=Where to write", "--kind", "connections")

    left = here("load", str(book), network="mapped")
    loaded = here("load", str(book), *mapping, "--as", "ana@example.com", network="mapped")

    assert "name its columns: --map name=COLUMN" in left.stdout
    assert (loaded.exit_code, "2 listed connections" in loaded.stdout) == (0, True)
    assert re.search("Lou Maar +only listed", here("people", "Lou Maar", network="mapped").stdout)
    assert re.search("Maar & Co +shared mailbox", here("people", "Maar & Co", network="mapped").stdout)
    assert here("load", str(book), "--map", "name", network="mapped").exit_code == 2
    assert "do not fit one kind of table: shoe." in str(
        here("load", str(book), "--map", "shoe=Who", network="mapped").exception
    )


def test_company_people_and_sources(here: Tertius) -> None:
    assert "Miguel Santos, Asset Manager at Northwind Grid" in here("company", "Northwind", "Grid", "GmbH").stdout
    reachable = here("company", "Halden", "Robotics")
    assert (reachable.exit_code, "Jane Okonkwo" in reachable.stdout) == (0, True)
    assert "Jane Okonkwo to Noor Haddad: good" in " ".join(reachable.stdout.split())
    misspelt = here("company", "Haldn", "Robotics")
    assert (misspelt.exit_code, "Did you mean Halden Robotics?" in misspelt.stdout) == (5, True)
    assert (
        json.loads(here("company", "northwind grid", "--json").stdout)["currentContacts"][0]["person"]["name"]
        == "Miguel Santos"
    )
    output = json.loads(here("people", "noor", "--json").stdout)
    assert [(one["node"]["name"], one["node"]["tie"]["strengthLabel"]) for one in output] == [("Noor Haddad", "STRONG")]
    assert here("people", "nobody of that name").exit_code == 5
    assert [source["kind"] for source in json.loads(here("source", "list", "--json").stdout)] == ["LINKEDIN", "MAILBOX"]


def test_a_statement_adds_a_route_and_its_removal_removes_it(here: Tertius) -> None:
    output = here("say", "Victor", "Lang", "knows", "me", "well")
    opened = asked(here, "Helena Brandt")
    answer = here("who", "Helena Brandt").stdout
    back = here("statements", "withdraw", "1")

    assert output.stdout.startswith("1. you know Victor Lang well (from ")
    assert names(opened["routes"][0]) == ["Victor Lang", "Helena Brandt"]
    assert "that you know Victor Lang well" in answer
    assert "You have made no statement yet." in back.stdout
    assert asked(here, "Helena Brandt")["reason"] == "ONE_SIDED"


def test_a_statement_about_another_persons_tie_adds_a_route_through_them(here: Tertius) -> None:
    output = here("say", "Miguel Santos", "knows", "Ulrike Neumann", "--on", "2026-11-03")
    answer = asked(here, "Ulrike Neumann")
    here("statements", "withdraw", "1")

    assert output.stdout == "1. Miguel Santos knows Ulrike Neumann (from 3 Nov 2026, until 2 Nov 2027)\n"
    assert names(answer["routes"][0]) == ["Miguel Santos", "Ulrike Neumann"]
    step = answer["routes"][0]["steps"][1]
    assert step["evidence"] == "you stated on 3 Nov 2026 that Miguel Santos knows Ulrike Neumann"
    assert step["outbound"]["statements"] == [
        {"__typename": "StatementEvidence", "kind": "KNOWS", "statedOn": "2026-11-03"}
    ]
    assert asked(here, "Ulrike Neumann")["__typename"] == "Refusal"


def test_a_tie_disabled_by_a_statement_is_marked(here: Tertius) -> None:
    best = names(asked(here, "Jane Okonkwo")["routes"][0])[0]

    output = here("say", best, "is", "no", "route", "to", "Jane Okonkwo", "--until", "2999-12-31")
    parted = here("say", f"me out of touch with {best}", "--on", "2026-11-20")
    listed = here("statements", "list")
    names_left = [names(route)[0] for route in asked(here, "Jane Okonkwo")["routes"]]
    back = here("statements", "withdraw", "1"), here("statements", "withdraw", "1")

    assert "until 31 Dec 2999" in output.stdout
    assert f"you are out of touch with {best} (from 20 Nov 2026, " in parted.stdout
    assert listed.stdout == parted.stdout
    assert best not in names_left
    assert back[1].stdout == "You have made no statement yet.\n"
    assert names(asked(here, "Jane Okonkwo")["routes"][0])[0] == best


def test_a_statement_about_an_unknown_person_is_refused(here: Tertius) -> None:
    assert "Several people match" in str(here("say", "Wei Chen", "knows", "me").exception)
    assert "No person matches" in str(here("say", "Nemo Nobody", "knows", "me").exception)
    for unread in (["Wei Chen"], ["knows", "me"], ["me", "knows"], ["me", "is", "out", "of", "touch"]):
        assert here("say", *unread).exit_code == 2


def test_a_fit_to_the_sample_is_reported_and_removed(here: Tertius) -> None:
    before = asked(here, "Jane Okonkwo")
    dry = json.loads(here("admin", "calibrate", "--dry-run", "--json").stdout)
    output = here("admin", "calibrate").stdout
    fitted = asked(here, "Jane Okonkwo")
    people, doctor = here("who", "Jane Okonkwo").stdout, here("doctor").stdout
    again = json.loads(here("admin", "calibrate", "--json").stdout)
    back = here("admin", "calibrate", "--reset").stdout

    assert (dry["isChanged"], dry["calibratedOn"]) == (False, None)
    assert dry["trial"]["helps"]
    assert dry["trial"]["fitted"]["logLoss"] < dry["trial"]["shipped"]["logLoss"]
    assert "The fit predicts better" in output
    assert (again["isChanged"], again["trial"]) == (False, dry["trial"])
    assert fitted["routes"][0]["score"] != before["routes"][0]["score"]
    fitted_on = format_day(day_of(date.fromisoformat(again["calibratedOn"])))
    assert f"Strengths are calibrated to this network (on {fitted_on})" in people
    assert "Strengths are calibrated to this network" in doctor
    assert back == "Strengths use the shipped model.\n"
    assert asked(here, "Jane Okonkwo") == before


def test_too_few_requests_for_a_fit_are_reported(here: Tertius, tmp_path: Path) -> None:
    letters = tmp_path / "letters.csv"
    letters.write_text("from,to,at\nme,lou@maar.example,2026-01-01T10:00\n", "utf-8")
    here("load", str(letters), "--as", "ana@example.com", network="small")

    assert "Too few requests to fit to" in here("admin", "calibrate", network="small").stdout


def test_the_command_splits_and_merges_a_person(here: Tertius) -> None:
    address = "priya.raman@solsticelabs.example"
    before = asked(here, address)
    assert f"{address} (email: " in here("duplicates", "split", address).stdout

    assert here("duplicates", "split", address, address).stdout == "They are two people now.\n"
    assert asked(here, address)["target"] != before["target"]
    assert "1. priya.raman@solsticelabs.example is not " in here("duplicates", "decisions").stdout
    assert not json.loads(here("duplicates", "decisions", "--json").stdout)[0]["isSamePerson"]

    assert here("duplicates", "undo", "1").stdout == "There are no decisions yet.\n"
    assert asked(here, address) == before


def test_pairs_are_numbered_and_decided_ones_are_not_listed(here: Tertius) -> None:
    there = json.loads(here("duplicates", "list", "--json").stdout)
    assert here("duplicates", "list").stdout.startswith("1. ")

    assert here("duplicates", "distinct", "1").stdout.endswith("are two people now.\n")
    assert json.loads(here("duplicates", "list", "--json").stdout) == there[1:]
    assert here("duplicates", "undo", "1").exit_code == 0
    assert here("duplicates", "merge", "1").stdout.endswith("are one person now.\n")
    assert here("duplicates", "undo", "1").exit_code == 0

    assert json.loads(here("duplicates", "list", "--json").stdout) == there
    for words in (("merge", "99"), ("merge", "one"), ("merge", "a", "b", "c"), ("undo", "7")):
        assert here("duplicates", *words).exit_code == 2


def test_moving_the_day_is_reported(here: Tertius) -> None:
    assert "1 Nov 2026" in here("admin", "refresh", "--as-of", "2026-11-01").stdout
    assert asked(here, "Jane Okonkwo")["asOf"] == "2026-11-01"
    assert "`tertius admin refresh` updates the network to today" in here("who", "Jane Okonkwo").stdout
    assert here("admin", "refresh").exit_code == 0
    assert asked(here, "Jane Okonkwo")["asOf"] != "2026-11-01"
    assert here("admin", "refresh", "--as-of", "yesterday").exit_code == 2


def test_removing_the_only_source_removes_all_ties(here: Tertius) -> None:
    assert here("load", str(EXPORTS), network="other").exit_code == 0
    assert here("source", "remove", "linkedin", network="other").exit_code == 0
    assert here("source", "remove", "mailbox", network="other").exit_code == 0

    assert "Nothing has been loaded yet" in here("source", "list", network="other").stdout
    unloaded = here("who", "Noor", network="other").exception
    assert isinstance(unloaded, NoDataLoaded)
    assert "`tertius load`" in cli_message(unloaded)
    assert "“typo”" in str(here("who", "Noor", network="typo").exception)


def test_a_public_lists_month_loads_and_its_people_are_strangers(here: Tertius, tmp_path: Path) -> None:
    archive = Path(os.environ.get("TERTIUS_SHARED", HOUSE.parent / "shared" / "data")) / "exports" / "mail.tar.gz"
    if not archive.exists():
        pytest.skip("the shared exports are not on this machine")
    with tarfile.open(archive) as exports:
        exports.extractall(tmp_path, filter="data")
    month = next(tmp_path.rglob("2001-November.headers.mbox"))

    unowned = here("load", str(month), network="month")
    loaded = here("load", str(month), "--as", "p1@d1.example", network="month")
    refused = json.loads(here("who", "Person 3", "--json", network="month").stdout)

    assert "--as" in unowned.stdout
    assert "skipped: 164 (mailing list)" in loaded.stdout
    assert refused["reason"] == "NONE_SEEN"


def test_an_answer_as_of_an_earlier_day_and_fading_ties(here: Tertius) -> None:
    then = asked(here, "Jane Okonkwo", "--as-of", "2026-03-01")

    assert then["asOf"] == "2026-03-01"
    assert "As of 1 Mar 2026." in here("who", "Jane Okonkwo", "--as-of", "2026-03-01").stdout
    assert here("who", "Jane Okonkwo", "--as-of", "9999-01-01").exit_code == 2
    fading = json.loads(here("fading", "--within", "90", "--json").stdout)
    assert fading
    assert fading[0]["step"]["fromPerson"]["name"] in here("fading", "--within", "90").stdout
