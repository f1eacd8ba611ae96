"""The memory of a process returns to its level after a load of names that nobody else has."""

import gc
import importlib
import pkgutil
import subprocess
import sys
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

import graph
from graph.database import gc_tuning
from graph.ingest import collect

ROOT = Path(__file__).parents[3]
MEASURE = """
import psutil
from graph.database.gc_tuning import return_free_memory
from graph.names.keys import company_key, fold_name
from graph.names.name_order import natural_name
from graph.people.matching import _name_words

def memory():
    return psutil.Process().memory_info().rss // 2**20

def fill(first, number):
    for n in range(first, first + number):
        name = f"Person{n} Quillfeather{n} Of Some Rather Long Place{n}"
        for function in (fold_name, company_key, natural_name, _name_words):
            function(name)

fill(0, 1_000)
return_free_memory()
start = memory()
fill(1_000, 50_000)
filled = memory()
return_free_memory()
print(start, filled, memory())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries keep freed memory")
def test_names_of_one_load_are_not_kept_in_memory() -> None:
    done = subprocess.run([sys.executable, "-c", MEASURE], cwd=ROOT, capture_output=True, text=True, check=True)
    start, filled, end = map(int, done.stdout.split())

    assert filled - start > 40
    assert end - start < 10


def test_each_large_cache_is_emptied() -> None:
    for module in pkgutil.walk_packages(graph.__path__, "graph."):
        importlib.import_module(module.name)
    large = [
        cached
        for cached in gc.get_objects()
        if isinstance(cached, _lru_cache_wrapper)
        and (cached.__module__ or "").startswith("graph.")
        and (cached.cache_info().maxsize or 0) > gc_tuning.FEW_ENTRIES
    ]
    emptied = {id(cached) for cached in (*gc_tuning._CACHES, collect._keys, collect._rate_name)}

    assert len(large) >= 8
    assert [cached.__qualname__ for cached in large if id(cached) not in emptied] == []


def test_small_caches_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc_tuning, "_CACHES", [])
    square = gc_tuning.large_cache(100)(lambda number: number * number)
    for number in range(10):
        square(number)

    gc_tuning.shrink_caches()
    assert square.cache_info().currsize == 10
    monkeypatch.setattr(gc_tuning, "FEW_ENTRIES", 5)
    gc_tuning.shrink_caches()
    assert square.cache_info().currsize == 0


GARBAGE = """
import gc
from graph.database.gc_tuning import MemoryReturn, reduce_gc_frequency

class Node:
    def __init__(self, content):
        self.content, self.itself = content, self

def waste():
    for number in range(100):
        Node(["x" * 1_000 + str(number + other) for other in range(1_000)])

reduce_gc_frequency()
memory = MemoryReturn()
memory.return_after_growth()
start = memory._process.memory_info().rss
waste()
wasted = memory._process.memory_info().rss
gc.disable()
memory.return_after_growth()
paused = memory._process.memory_info().rss
gc.enable()
memory.return_after_growth()
print(*(each // 2**20 for each in (start, wasted, paused, memory._process.memory_info().rss)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries keep freed memory")
def test_cyclic_garbage_is_returned_to_the_system_unless_collection_is_paused() -> None:
    done = subprocess.run([sys.executable, "-c", GARBAGE], cwd=ROOT, capture_output=True, text=True, check=True)
    start, wasted, paused, end = map(int, done.stdout.split())

    assert min(wasted, paused) - start > 80
    assert end - start < 10
