"""What `tertius doctor` says of the database itself: what it holds, its schema, networks, secrets and clock."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from graph.database.client import connected
from graph.database.health import SAMPLE, Soundness, soundness
from graph.database.migrations import pending
from graph.errors import TertiusError
from tertius.localdb import lifecycle
from tertius.localdb.process import Paths
from tertius.settings import PREFIX, Settings

APART = 5.0
"""Seconds by which two clocks may differ: days are told by this one, the ends of tokens by the database's."""
_SHORT = 8
_SECRETS = ("PASSWORD", "TOKEN", "SECRET", "STORE")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing looked at. The sentence says what to do where it is not `ok`."""

    name: str
    ok: bool
    sentence: str


async def of_the_store(address: lifecycle.Address) -> list[Fact]:
    """What the database says of itself; nothing where nobody answers, which is told elsewhere."""
    place = (address.uri, address.user, address.password.get_secret_value(), address.database)
    try:
        async with connected(*place) as graph:
            return list(facts(await soundness(graph), pending(*place)))
    except TertiusError as error:
        return [Fact("store", ok=False, sentence=str(error))]


def facts(found: Soundness, missing: int) -> Iterator[Fact]:
    """What was found, in sentences; `missing` are changes of the schema."""
    size = f"{found.nodes:,} nodes and {found.relationships:,} relationships"
    yield Fact("store", ok=True, sentence=f"It answers, and holds {size}.")
    if found.offline:
        advice = f"indexes that do not answer: {', '.join(found.offline)}. Wait for them, or drop and make them again."
        yield Fact("schema", ok=False, sentence=advice)
    elif missing:
        told = f"{missing} changes of the schema are to be made: `tertius up` does it."
        yield Fact("schema", ok=not found.nodes, sentence=told)
    else:
        yield Fact("schema", ok=True, sentence="All of it is there, and all indexes answer.")
    looked = f"of the first {SAMPLE:,} looked at, " if found.sampled else ""
    wrong = found.strays + found.crossings
    told = (
        f"{looked}{found.strays} nodes are in no network, {found.crossings} relationships lead from one into another."
    )
    advice = " Report this, please: it must not be. Restore a backup, or load into a fresh network." if wrong else ""
    yield Fact("networks", not wrong, (told + advice)[:1].upper() + (told + advice)[1:])
    near = found.apart <= APART
    advice = "" if near else " Set both by a time server: tokens and days would end at the wrong moment."
    yield Fact("clock", near, f"This machine's is {found.apart:.0f} s from the database's.{advice}")


def secrets(settings: Settings) -> Fact:
    """Whether what opens something is for its owner's eyes, and nothing that anybody would guess."""
    files = [Paths(settings.home).password, *settings.home.glob("*.token")]
    if any(name.startswith(PREFIX) and name.endswith(_SECRETS) for name in dotenv_values(".env")):
        files.append(Path(".env").absolute())
    there = [file for file in files if file.exists()]
    open_ones = [file for file in there if os.name != "nt" and stat.S_IMODE(file.stat().st_mode) & 0o077]
    if open_ones:
        named = " ".join(f"'{file}'" for file in open_ones)
        return Fact("secrets", ok=False, sentence=f"Readable by others: chmod 600 {named}.")
    if settings.neo4j.uri and len(settings.neo4j.signs_in_by[1].get_secret_value()) < _SHORT:
        advice = "The password of your own Neo4j is none, its first one or a short one: give it another."
        return Fact("secrets", ok=False, sentence=advice)
    return Fact("secrets", ok=True, sentence=f"{len(there)} files, readable by you alone.")
