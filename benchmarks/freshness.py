"""Measures whether, and how fast, a loaded message appears in the next answer."""

import time
from datetime import timedelta

from benchmarks.figures import Figure
from benchmarks.loading import NEWEST, OWNER, TODAY
from graph.answers import AlreadyKnown
from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.introductions.answer import introductions
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from graph.records import Channel, Handle, HandleKind, Interaction, Owner, PersonMention, Record

BEN = PersonMention((Handle(HandleKind.EMAIL, "ben@far.example"),), "Ben Okoro")


async def freshness(graph: Graph, network: str, *, times: int) -> Figure:
    """Load one more message, ask immediately, and check that the answer counts it."""
    home, member = await find_or_create_network(graph, network, today=TODAY)
    records: list[Record] = [Owner(OWNER)]
    durations: list[float] = []
    fresh = 0
    before = 0.0
    for turn in range(times):
        at = NEWEST - timedelta(days=turn)
        records += [
            Interaction(BEN, (OWNER,), at, Channel.MAIL, f"{turn}"),
            Interaction(OWNER, (BEN,), at + timedelta(hours=1), Channel.MAIL, f"{turn}.back"),
        ]
        start = time.perf_counter()
        await load_records(graph, home, member, kind="mailbox", records=records, today=TODAY)
        viewer = build_viewer(await read_state(graph, home), member)
        answer = await introductions(graph, viewer, "ben@far.example")
        durations.append((time.perf_counter() - start) * 1000)
        strength = answer.tie.strength if isinstance(answer, AlreadyKnown) else 0.0
        fresh += strength > before
        before = strength
    return Figure(
        "a newly loaded message is in the next answer",
        "ms",
        {"p50": sorted(durations)[times // 2], "fresh": fresh, "asked": times},
    )
