"""A service runs with glibc's allocator, so that the memory of a large load returns to the system."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tertius.service import allocator

pytestmark = pytest.mark.skipif(allocator._environment({}) is None, reason="this platform has no glibc")
ROOT = Path(__file__).parents[3]
MEASURE = """
import os, sys
from tertius.service.allocator import use_system_allocator
use_system_allocator()
import psutil
from graph.database.gc_tuning import return_free_memory

def memory():
    return psutil.Process().memory_info().rss // 2**20

start = memory()
objects = [str(number) * 10 for number in range(1_000_000)]
kept, most = objects[::10_000], memory()
del objects
return_free_memory()
print(os.getpid(), sys.argv[1:], start, most, memory(), sep=";")
"""


def measure(**variables: str) -> tuple[bool, str, int, int, int]:
    environment = {name: text for name, text in os.environ.items() if name not in allocator._ALLOCATOR} | variables
    command = [sys.executable, "-c", MEASURE, "a", "b c"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        output, _ = process.communicate()
    id, arguments, start, most, end = output.strip().split(";")
    return int(id) == process.pid, arguments, int(start), int(most), int(end)


def test_memory_returns_although_some_small_objects_are_kept() -> None:
    is_same_process, arguments, start, most, end = measure()

    assert (is_same_process, arguments) == (True, "['a', 'b c']")
    assert most - start > 80
    assert end - start < 20


def test_an_allocator_of_the_environment_is_kept() -> None:
    _, _, start, most, end = measure(PYTHONMALLOC="pymalloc")

    assert end - start > (most - start) / 2
