"""Whoever is forgotten might never have been seen: in no source, by no member, and not by the next load either."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import neo4j
import pytest
from hypothesis import given, settings

from graph.database.client import Graph
from graph.database.erasure_ledger import ErasureLedger
from graph.derivation.refresh import recover_if_interrupted
from graph.errors import ErasureLedgerUnreadable
from graph.lookup.identities import identities
from graph.lookup.resolve import Target, find
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.privacy.erasure import ErasurePreview, erase_person, preview_erasure, reapply_erasures
from graph.privacy.export import export_person
from graph.records import Channel, Handle, HandleKind, Interaction, LatestDate, ObservedName, PersonMention, Record
from graph.sharing.exclusions import exclude_introducer, list_excluded_introducers
from graph.sharing.hidden_contacts import hide_contact, list_hidden_contacts
from graph.statements.identity_decisions import list_identity_decisions, split_person
from graph.statements.tie_statements import add_statement, list_statements
from graph.strength.statement_kinds import StatementKind
from graph.viewer import Viewer
from tests.graph.membership.test_membership import InterruptedGraph, Killed, join_member, load_mailbox
from tests.graph.worlds import NOON, TODAY, bring, by_profile, connections, home, own, talk, whole, wrote
from tests.laws.test_load import few, letters

ME, BEA = "ana@home.example", "bea@home.example"
BEN, CLEO, DAN = "ben.okoro@acme.example", "cleo@far.example", "dan@far.example"
PROFILE = "https://www.linkedin.com/in/cleo-x"
number = count()


def without(records: Iterable[Record]) -> list[Record]:
    """The same letters, had Cleo written none and been written none."""
    found: list[Record] = []
    for one in records:
        if isinstance(one, Interaction) and CLEO not in one.by.handles[0].text:
            to = tuple(who for who in one.to if CLEO not in who.handles[0].text)
            found += [replace(one, to=to)] if to else []
        elif not isinstance(one, Interaction):
            found.append(one)
    return found


def archive(*, cleo: bool) -> list[Record]:
    """Ana's connections, with a recommendation by Cleo, who stands there by her name alone."""
    rows = [(by_profile("ben-okoro", "Ben Okoro"), "Acme Ltd")]
    if not cleo:
        return [*connections(*rows), LatestDate(NOON.date())]
    praise = Interaction(
        PersonMention((Handle(HandleKind.NAME, "Cleo Marsh"),), "Cleo Marsh"),
        (PersonMention((), None),),
        NOON,
        Channel.RECOMMENDATION,
    )
    return [*connections(*rows, (by_profile("cleo-x", "Cleo Marsh", CLEO), "Far Inc.")), praise]


def met_last(who: Iterable[str]) -> list[Record]:
    """A last letter to and by each of these, after which nothing new is seen of them but with Cleo."""
    return [wrote(*pair, ago=-1) for one in who for pair in ((ME, one), (one, ME))]


async def seen_by(graph: Graph, network: str, member: str) -> Viewer:
    return build_viewer(await read_state(graph, network), member)


async def meant(graph: Graph, who: Viewer, text: str) -> str:
    found = await find(graph, who, text)
    assert isinstance(found, Target)
    return found.person.id


@settings(few, max_examples=3)  # seven loads each
@given(mails=letters, more=letters)
async def test_forgetting_somebody_equals_never_having_seen_them_and_they_do_not_come_back(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Record], more: list[Record]
) -> None:
    left, never = f"n{next(number)}", f"n{next(number)}"
    theirs = [own(BEA, "Bea"), *more, *talk(BEA, BEN), *talk(BEA, CLEO), *met_last([BEN, DAN, "ana.old@gmail.com"])]
    mine = [own(ME, "Ana"), *mails, *met_last([BEN, CLEO, DAN, "ana.old@gmail.com"])]

    async def load(name: str, ana: str, bea: str, *, cleo: bool) -> None:
        network, _ = await home(graph, name)
        keep = list if cleo else without
        await load_mailbox(graph, network, ana, ME, keep(mine), SharingLevel.EVIDENCE)
        await bring(graph, archive(cleo=cleo), kind="linkedin", name=name, owner=None)
        await load_mailbox(graph, network, bea, BEA, keep(theirs), SharingLevel.PRIVATE)

    for name in (left, never):
        network, ana = await home(graph, name)
        bea = await join_member(graph, network, ana)

        await load(name, ana, bea, cleo=name == left)
        if name == left:
            who = await seen_by(graph, network, bea)
            cleo, ben = [await meant(graph, who, text) for text in (CLEO, BEN)]
            await add_statement(graph, who, by=cleo, towards=ben, kind=StatementKind.KNOWS, on=TODAY, today=TODAY)
            await hide_contact(graph, who, person=cleo, today=TODAY)
            await exclude_introducer(graph, await read_state(graph, network), who, cleo, today=TODAY)
            assert isinstance(await erase_person(graph, await seen_by(graph, network, ana), PROFILE), ErasurePreview)
            assert await list_statements(graph, who) == []
            assert await list_hidden_contacts(graph, who) == []
            assert await list_excluded_introducers(graph, await read_state(graph, network), who) == []
            forgotten = await whole(driver, left)
            await load(name, ana, bea, cleo=True)

    assert forgotten == await whole(driver, never)
    assert await whole(driver, left) == forgotten


async def test_it_is_told_first_and_of_what_is_in_view_alone(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    await load_mailbox(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN)], SharingLevel.EVIDENCE)
    bea = await join_member(graph, network, ana)
    await load_mailbox(graph, network, bea, BEA, [own(BEA, "Bea"), *talk(BEA, CLEO)], SharingLevel.PRIVATE)
    before, who = await whole(driver), await seen_by(graph, network, ana)

    known, hidden, nobody = [await preview_erasure(graph, who, text) for text in (BEN, CLEO, "nobody@far.example")]
    assert isinstance(known, ErasurePreview)
    assert known.person is not None
    assert (known.person.name, known.sources) == ("Ben Okoro", ("mailbox ana@home.example",))
    assert hidden == nobody == ErasurePreview(person=None)
    assert await whole(driver) == before

    for text in (CLEO, "nobody@far.example"):
        assert await erase_person(graph, who, text) == ErasurePreview(person=None)
    await load_mailbox(
        graph,
        network,
        ana,
        ME,
        [own(ME, "Ana"), *talk(ME, BEN), *talk(ME, "nobody@far.example")],
        SharingLevel.EVIDENCE,
    )
    rows, _, _ = await driver.execute_query(
        "MATCH (i:Identity {network: $network}) RETURN i.key AS key", network=network
    )
    assert {row["key"] for row in rows} == {f"email:{one}" for one in (ME, BEA, BEN)}


async def test_what_nobody_had_seen_of_them_is_theirs_and_who_was_parted_from_them_stays(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network, ana = await home(graph)
    both = ObservedName(
        PersonMention((Handle(HandleKind.EMAIL, CLEO), Handle(HandleKind.EMAIL, DAN)), "Cleo Marsh"), TODAY
    )
    records = [own(ME, "Ana"), both, *talk(ME, CLEO), *talk(ME, DAN), *talk(ME, BEN)]
    await bring(graph, records)
    who = await seen_by(graph, network, ana)
    cleo = await meant(graph, who, CLEO)
    assert {one["text"] for one in (await _held(graph, who, CLEO))["identities"]} == {CLEO, DAN}
    parted = [one.id for one in (await identities(graph, who, [cleo]))[cleo] if one.text == DAN]
    await split_person(graph, who, cleo, parted, today=TODAY)
    await erase_person(graph, await seen_by(graph, network, ana), CLEO)
    forgotten = await whole(driver)
    await bring(graph, records)

    assert await whole(driver) == forgotten
    assert f"email:{DAN}" in str(forgotten)
    assert CLEO not in str(forgotten)
    assert await list_identity_decisions(graph, who) == []
    # the same row, where nobody knew of the second address
    other, _ = await home(graph, "other")
    await erase_person(graph, await seen_by(graph, other, (await home(graph, "other"))[1]), CLEO)
    await bring(graph, records, name="other")
    await bring(graph, [own(ME, "Ana"), *talk(ME, DAN)], name="other")
    assert DAN not in str(await whole(driver, "other"))


async def _held(graph: Graph, who: Viewer, text: str) -> dict[str, Any]:
    found = await export_person(graph, who, text)
    assert isinstance(found, dict)
    return found


async def test_a_member_keeps_what_they_bring_of_themselves(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    bea = await join_member(graph, network, ana)
    mine = [own(ME, "Ana"), *talk(ME, BEA), *talk(ME, BEN)]
    hers = [own(BEA, "Bea"), *talk(BEA, BEN)]
    await load_mailbox(graph, network, bea, BEA, hers, SharingLevel.EVIDENCE)
    await load_mailbox(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN)], SharingLevel.EVIDENCE)
    before = await whole(driver)
    await load_mailbox(graph, network, ana, ME, mine, SharingLevel.EVIDENCE)

    await erase_person(graph, await seen_by(graph, network, ana), BEA)

    assert await whole(driver) == before
    for member, address, records in ((ana, ME, mine), (bea, BEA, hers)):
        await load_mailbox(graph, network, member, address, records, SharingLevel.EVIDENCE)
    assert await whole(driver) == before


@pytest.mark.parametrize("at", [1, 2, 4, 6, 9])
async def test_what_is_cut_off_or_undone_by_a_restore_is_done_again(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path, at: int
) -> None:
    network, ana = await home(graph)
    await bring(graph, [own(ME, "Ana"), *talk(ME, BEN)])
    never = await whole(driver)
    records = [own(ME, "Ana"), *talk(ME, BEN), *talk(ME, CLEO, ago=3)]
    await bring(graph, records)
    mortal = InterruptedGraph(driver, ledger=ErasureLedger(tmp_path))
    mortal.left = at

    with pytest.raises(Killed):
        await erase_person(mortal, await seen_by(graph, network, ana), CLEO)

    again = Graph(driver, ledger=ErasureLedger(tmp_path))
    await reapply_erasures(again, network)
    await recover_if_interrupted(again, network)
    assert await whole(driver) == never
    await bring(again, records)
    assert await whole(driver) == never
    # and a machine that has another key, or none, brings nobody back
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(ErasureLedgerUnreadable, match=r"forgotten\.key"):
        await bring(Graph(driver, ledger=ErasureLedger(tmp_path / "elsewhere")), records)


def test_the_ledger_is_for_the_owners_eyes_and_tells_no_address(tmp_path: Path) -> None:
    ledger = ErasureLedger(tmp_path)
    assert ledger.key_id is None
    ledger.create_key()
    marks = {ledger.hash_identity("n", f"email:{CLEO}"), ledger.hash_identity("n", f"email:{DAN}")}

    ledger.add("n", marks)
    ledger.add("m", {ledger.hash_identity("m", f"email:{CLEO}")})

    again = ErasureLedger(tmp_path)
    assert again.hashes("n") == marks == {again.hash_identity("n", f"email:{one}") for one in (CLEO, DAN)}
    assert again.hashes("m").isdisjoint(marks)
    assert again.key_id == ledger.key_id == ledger.create_key()
    assert {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {
        "forgotten": 0,
        "forgotten.key": 0,
    }
    assert "far.example" not in (tmp_path / "forgotten").read_text("ascii")
