"""Tests of erasure: the result equals never having loaded the person, also after the next load."""

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
from graph.lookup.identities import list_identities
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.privacy.erasure import ErasurePreview, erase_person, preview_erasure, reapply_erasures
from graph.privacy.export import export_person
from graph.records import (
    Channel,
    Connection,
    Handle,
    HandleKind,
    Interaction,
    LatestDate,
    ObservedName,
    Part,
    PersonMention,
    Record,
)
from graph.sharing.exclusions import exclude_introducer, list_excluded_introducers
from graph.sharing.hidden_contacts import hide_contact, list_hidden_contacts
from graph.statements.identity_decisions import list_identity_decisions, split_person
from graph.statements.tie_statements import add_statement, list_statements
from graph.strength.statement_kinds import StatementKind
from graph.viewer import Viewer
from tests.graph.membership.test_membership import InterruptedGraph, Killed, join_member, load_mailbox
from tests.graph.teams import create_team_network, load_for
from tests.graph.teams import viewer_of as team_viewer
from tests.graph.worlds import (
    NOON,
    TODAY,
    by_profile,
    connections,
    home,
    load_export,
    network_contents,
    own,
    talk,
    wrote,
)
from tests.laws.test_load import few_examples, message_lists

ME, BEA = "ana@home.example", "bea@home.example"
BEN, CLEO, DAN = "ben.okoro@acme.example", "cleo@far.example", "dan@far.example"
PROFILE = "https://www.linkedin.com/in/cleo-x"
number = count()


def without_cleo(records: Iterable[Record]) -> list[Record]:
    """The records without messages from or to Cleo."""
    kept: list[Record] = []
    for record in records:
        if isinstance(record, Interaction) and CLEO not in record.by.handles[0].text:
            to = tuple(who for who in record.to if CLEO not in who.handles[0].text)
            kept += [replace(record, to=to)] if to else []
        elif not isinstance(record, Interaction):
            kept.append(record)
    return kept


def profile_archive(*, cleo: bool) -> list[Record]:
    """Ana's connections. With `cleo`, they include Cleo and a recommendation that has only her name."""
    rows = [(by_profile("ben-okoro", "Ben Okoro"), "Acme Ltd")]
    if not cleo:
        return [*connections(*rows), LatestDate(NOON.date())]
    recommendation = Interaction(
        PersonMention((Handle(HandleKind.NAME, "Cleo Marsh"),), "Cleo Marsh"),
        (PersonMention((), None),),
        NOON,
        Channel.RECOMMENDATION,
    )
    return [*connections(*rows, (by_profile("cleo-x", "Cleo Marsh", CLEO), "Far Inc.")), recommendation]


def final_exchanges(addresses: Iterable[str]) -> list[Record]:
    """A last message to and from each address, so that loads with and without Cleo end on the same day."""
    return [wrote(*pair, ago=-1) for address in addresses for pair in ((ME, address), (address, ME))]


async def viewer_of(graph: Graph, network: str, member: str) -> Viewer:
    return build_viewer(await read_state(graph, network), member)


async def person_id(graph: Graph, viewer: Viewer, text: str) -> str:
    target = await resolve_reference(graph, viewer, text)
    assert isinstance(target, ResolvedTarget)
    return target.person.id


@settings(few_examples, max_examples=3)  # seven loads each
@given(mails=message_lists, more=message_lists)
async def test_an_erasure_equals_never_having_loaded_the_person(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Record], more: list[Record]
) -> None:
    erased, never = f"n{next(number)}", f"n{next(number)}"
    bea_records = [
        own(BEA, "Bea"),
        *more,
        *talk(BEA, BEN),
        *talk(BEA, CLEO),
        *final_exchanges([BEN, DAN, "ana.old@gmail.com"]),
    ]
    ana_records = [own(ME, "Ana"), *mails, *final_exchanges([BEN, CLEO, DAN, "ana.old@gmail.com"])]

    async def load(name: str, ana: str, bea: str, *, cleo: bool) -> None:
        network, _ = await home(graph, name)
        select = list if cleo else without_cleo
        await load_mailbox(graph, network, ana, ME, select(ana_records), SharingLevel.EVIDENCE)
        await load_export(graph, profile_archive(cleo=cleo), kind="linkedin", name=name, owner=None)
        await load_mailbox(graph, network, bea, BEA, select(bea_records), SharingLevel.PRIVATE)

    for name in (erased, never):
        network, ana = await home(graph, name)
        bea = await join_member(graph, network, ana)

        await load(name, ana, bea, cleo=name == erased)
        if name == erased:
            viewer = await viewer_of(graph, network, bea)
            cleo, ben = [await person_id(graph, viewer, text) for text in (CLEO, BEN)]
            await add_statement(graph, viewer, by=cleo, towards=ben, kind=StatementKind.KNOWS, on=TODAY, today=TODAY)
            await hide_contact(graph, viewer, person=cleo, today=TODAY)
            await exclude_introducer(graph, await read_state(graph, network), viewer, cleo, today=TODAY)
            assert isinstance(await erase_person(graph, await viewer_of(graph, network, ana), PROFILE), ErasurePreview)
            assert await list_statements(graph, viewer) == []
            assert await list_hidden_contacts(graph, viewer) == []
            assert await list_excluded_introducers(graph, await read_state(graph, network), viewer) == []
            after_erasure = await network_contents(driver, erased)
            await load(name, ana, bea, cleo=True)

    assert after_erasure == await network_contents(driver, never)
    assert await network_contents(driver, erased) == after_erasure


async def test_the_preview_of_an_erasure_covers_only_the_viewers_sources(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network, ana = await home(graph)
    await load_mailbox(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN)], SharingLevel.EVIDENCE)
    bea = await join_member(graph, network, ana)
    await load_mailbox(graph, network, bea, BEA, [own(BEA, "Bea"), *talk(BEA, CLEO)], SharingLevel.PRIVATE)
    before, viewer = await network_contents(driver), await viewer_of(graph, network, ana)

    known, hidden, nobody = [await preview_erasure(graph, viewer, text) for text in (BEN, CLEO, "nobody@far.example")]
    assert isinstance(known, ErasurePreview)
    assert known.person is not None
    assert (known.person.name, known.sources) == ("Ben Okoro", ("Mailbox ana@home.example",))
    assert hidden == nobody == ErasurePreview(person=None)
    assert await network_contents(driver) == before

    for text in (CLEO, "nobody@far.example"):
        assert await erase_person(graph, viewer, text) == ErasurePreview(person=None)
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
    # a person whom nobody loaded is not kept out: an admin could otherwise ban any address
    assert {row["key"] for row in rows} == {f"email:{address}" for address in (ME, BEA, BEN, "nobody@far.example")}


async def test_an_erased_private_contact_stays_out_of_the_source_that_had_it_only(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path
) -> None:
    """If it stayed out of the loads of the admin, these would reveal whom a colleague keeps private."""
    graph = Graph(driver, ledger=ErasureLedger(tmp_path))
    network, ana = await home(graph)
    await load_mailbox(graph, network, ana, ME, [own(ME, "Ana")], SharingLevel.EVIDENCE)
    bea = await join_member(graph, network, ana)
    bea_records = [own(BEA, "Bea"), *talk(BEA, BEN), *talk(BEA, CLEO)]
    await load_mailbox(graph, network, bea, BEA, bea_records, SharingLevel.PRIVATE)
    restored = await network_contents(driver)

    await erase_person(graph, await viewer_of(graph, network, ana), CLEO)
    after_erasure = await network_contents(driver)
    await load_mailbox(graph, network, bea, BEA, bea_records, SharingLevel.PRIVATE)

    assert CLEO in str(restored)
    assert CLEO not in str(after_erasure)
    assert await network_contents(driver) == after_erasure
    # a restored backup: the hashes are in the file only
    await driver.execute_query("MATCH (e:ErasedIdentity) DELETE e")
    old_home = Graph(driver, ledger=ErasureLedger(tmp_path / "none"))
    (tmp_path / "none").mkdir()
    await driver.execute_query("MATCH (n:Network) REMOVE n.erasure_key_id")
    await load_mailbox(old_home, network, bea, BEA, bea_records, SharingLevel.PRIVATE)
    assert CLEO in str(await network_contents(driver))
    await reapply_erasures(graph, network)
    assert await network_contents(driver) == after_erasure
    await load_mailbox(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, CLEO)], SharingLevel.EVIDENCE)
    assert CLEO in str(await network_contents(driver))


async def test_an_erasure_removes_all_identities_except_split_ones(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    both = ObservedName(
        PersonMention((Handle(HandleKind.EMAIL, CLEO), Handle(HandleKind.EMAIL, DAN)), "Cleo Marsh"), TODAY
    )
    records = [own(ME, "Ana"), both, *talk(ME, CLEO), *talk(ME, DAN), *talk(ME, BEN)]
    await load_export(graph, records)
    viewer = await viewer_of(graph, network, ana)
    cleo = await person_id(graph, viewer, CLEO)
    assert {identity["text"] for identity in (await _export(graph, viewer, CLEO))["identities"]} == {CLEO, DAN}
    split_ids = [
        identity.id for identity in (await list_identities(graph, viewer, [cleo]))[cleo] if identity.text == DAN
    ]
    await split_person(graph, viewer, cleo, split_ids, today=TODAY)
    await erase_person(graph, await viewer_of(graph, network, ana), CLEO)
    after_erasure = await network_contents(driver)
    await load_export(graph, records)

    assert await network_contents(driver) == after_erasure
    assert f"email:{DAN}" in str(after_erasure)
    assert CLEO not in str(after_erasure)
    assert await list_identity_decisions(graph, viewer) == []
    # the same row, in a network that did not know the second address: whoever wrote the row cannot ban it
    other, owner = await home(graph, "other")
    await load_export(graph, [own(ME, "Ana"), *talk(ME, CLEO)], name="other")
    await erase_person(graph, await viewer_of(graph, other, owner), CLEO)
    await load_export(graph, records, name="other")
    loaded = str(await network_contents(driver, "other"))
    assert CLEO not in loaded
    assert loaded.count(f"email:{DAN}") > 1  # with its messages


async def _export(graph: Graph, viewer: Viewer, text: str) -> dict[str, Any]:
    export = await export_person(graph, viewer, text)
    assert isinstance(export, dict)
    return export


async def test_a_planted_row_erases_nothing_of_others(driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path) -> None:
    """Only Ben's private list states Dan beside Cleo. Vera privately writes to Dan. Ana erases Cleo."""
    graph = Graph(driver, ledger=ErasureLedger(tmp_path))
    await create_team_network(driver, graph, "ben", "vera")
    beside = PersonMention((Handle(HandleKind.EMAIL, CLEO), Handle(HandleKind.EMAIL, DAN)), "Cleo Marsh")
    ana, ben, vera = (own(f"{name}@home.example", name) for name in ("ana", "ben", "vera"))

    async def load() -> None:
        await load_for(graph, "ana", [ana, *talk(ME, CLEO), *talk(ME, BEN)], SharingLevel.EVIDENCE)
        await load_for(graph, "vera", [vera, *talk("vera@home.example", DAN)])
        await load_for(graph, "ben", [ben, Part("candidates"), Connection(beside, None, "candidates")], kind="contacts")

    async def sources_of(address: str) -> set[str]:
        rows, _, _ = await driver.execute_query(
            "MATCH (s:Source)-[:NAMES|LISTS]->(:Identity {key: $key}), (m:Member)-[:OWNS]->(s) RETURN m.id AS member",
            key=f"email:{address}",
        )
        return {row["member"] for row in rows}

    await load()
    assert (await sources_of(CLEO), await sources_of(DAN)) == ({"ana", "ben"}, {"ben", "vera"})
    before = await _export(graph, await team_viewer(graph, "vera"), DAN)
    preview = await erase_person(graph, await team_viewer(graph, "ana"), CLEO)
    assert isinstance(preview, ErasurePreview)
    assert [identity.text for identity in preview.identities] == [CLEO]

    for _ in range(2):
        assert (await sources_of(CLEO), await sources_of(DAN)) == (set(), {"vera"})
        assert await _export(graph, await team_viewer(graph, "vera"), DAN) == before
        await load()
    erased = await network_contents(driver)
    await driver.execute_query("MATCH (e:ErasedIdentity) DELETE e")  # as after the restore of a backup
    await reapply_erasures(graph, (await home(graph))[0])
    assert await network_contents(driver) == erased


async def test_the_eraser_of_a_person_erases_what_own_private_rows_state(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    """Ana's private list states the address and the profile together. The preview and the export show both."""
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ME, "Ana"), *talk(ME, CLEO), *talk(ME, BEN)], SharingLevel.EVIDENCE)
    await load_for(graph, "ben", [own("ben@home.example", "Ben"), *talk("ben@home.example", CLEO)])
    await load_for(graph, "ana", [own(ME, "Ana"), *profile_archive(cleo=True)], kind="linkedin")
    viewer = await team_viewer(graph, "ana")
    assert {one["text"] for one in (await _export(graph, viewer, PROFILE))["identities"]} >= {CLEO, "cleo-x"}

    preview = await erase_person(graph, viewer, PROFILE)

    assert isinstance(preview, ErasurePreview)
    assert preview.possible_duplicates == ()
    contents = str(await network_contents(driver))
    assert CLEO not in contents
    assert "cleo" not in contents.lower()


async def test_an_erased_member_keeps_their_own_sources(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    bea = await join_member(graph, network, ana)
    ana_records = [own(ME, "Ana"), *talk(ME, BEA), *talk(ME, BEN)]
    bea_records = [own(BEA, "Bea"), *talk(BEA, BEN)]
    await load_mailbox(graph, network, bea, BEA, bea_records, SharingLevel.EVIDENCE)
    await load_mailbox(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN)], SharingLevel.EVIDENCE)
    before = await network_contents(driver)
    await load_mailbox(graph, network, ana, ME, ana_records, SharingLevel.EVIDENCE)

    await erase_person(graph, await viewer_of(graph, network, ana), BEA)

    assert await network_contents(driver) == before
    for member, address, records in ((ana, ME, ana_records), (bea, BEA, bea_records)):
        await load_mailbox(graph, network, member, address, records, SharingLevel.EVIDENCE)
    assert await network_contents(driver) == before


@pytest.mark.parametrize("at", [1, 2, 4, 6, 9])
async def test_an_interrupted_or_restored_erasure_is_reapplied(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path, at: int
) -> None:
    network, ana = await home(graph)
    await load_export(graph, [own(ME, "Ana"), *talk(ME, BEN)])
    never = await network_contents(driver)
    records = [own(ME, "Ana"), *talk(ME, BEN), *talk(ME, CLEO, ago=3)]
    await load_export(graph, records)
    interrupted = InterruptedGraph(driver, ledger=ErasureLedger(tmp_path))
    interrupted.left = at

    with pytest.raises(Killed):
        await erase_person(interrupted, await viewer_of(graph, network, ana), CLEO)

    restarted = Graph(driver, ledger=ErasureLedger(tmp_path))
    await reapply_erasures(restarted, network)
    await recover_if_interrupted(restarted, network)
    assert await network_contents(driver) == never
    await load_export(restarted, records)
    assert await network_contents(driver) == never
    # a machine with another key, or none, refuses to load
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(ErasureLedgerUnreadable, match=r"erasures\.key"):
        await load_export(Graph(driver, ledger=ErasureLedger(tmp_path / "elsewhere")), records)


def test_the_ledger_is_private_and_contains_no_address(tmp_path: Path) -> None:
    ledger = ErasureLedger(tmp_path)
    assert ledger.key_id is None
    ledger.create_key()
    hashes = {ledger.hash_identity("n", f"email:{CLEO}"), ledger.hash_identity("n", f"email:{DAN}")}

    ledger.add("n", hashes)
    ledger.add("m", {ledger.hash_identity("m", f"email:{CLEO}")})

    reopened = ErasureLedger(tmp_path)
    assert (
        reopened.hashes("n") == hashes == {reopened.hash_identity("n", f"email:{address}") for address in (CLEO, DAN)}
    )
    assert reopened.hashes("m").isdisjoint(hashes)
    assert reopened.key_id == ledger.key_id == ledger.create_key()
    assert {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {
        "erasures": 0,
        "erasures.key": 0,
    }
    assert "far.example" not in (tmp_path / "erasures").read_text("ascii")
