"""Start and end of a command: its imports, and its messages for a full disk and Ctrl-C."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.laws.test_killed import ME, mailbox

HEAVY = ("neo4j", "strawberry", "fastapi", "starlette", "uvicorn", "requests", "phonenumbers", "api", "sources")
FULL_DISK = """
import errno
from tertius.localdb import process

def full(path, text):
    raise OSError(errno.ENOSPC, "No space left on device", str(path))

process.write_private = full
from tertius.cli.app import main
main()
"""
# a test run in the background ignores SIGINT, and its children would inherit that
MAIN = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from tertius.cli.app import main
main()
"""


@pytest.mark.parametrize("module", ["tertius.settings", "tertius.console", "tertius.runner", "tertius.errors"])
def test_modules_of_every_command_do_not_import_driver_or_api(module: str) -> None:
    check = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"

    loaded = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=120)

    assert loaded.stdout.split() == []


def test_a_full_disk_at_database_start_prints_one_sentence(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TERTIUS_")}
    environment["TERTIUS_HOME"] = str(tmp_path / "home")

    result = subprocess.run(
        [sys.executable, "-c", FULL_DISK, "source", "list"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"The disk of {tmp_path / 'home'} is full. Make room and try again.\n"


@pytest.mark.parametrize("stage", ["reading", "writing"])
def test_the_same_command_continues_a_load_after_ctrl_c(
    environment: dict[str, str], tmp_path: Path, stage: str
) -> None:
    export = mailbox(tmp_path / "all.mbox", people=300, messages=8)
    command = [sys.executable, "-c", MAIN, "load", str(export), "--as", ME]
    environment |= {"TERTIUS_NETWORK": f"interrupted_{stage}"}

    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as load:
        assert load.stderr is not None
        if stage == "writing":
            assert load.stderr.readline().startswith("reading: ")  # printed when the next stage reports
        else:
            process = psutil.Process(load.pid)
            while not any(Path(file.path).samefile(export) for file in process.open_files()):
                assert load.poll() is None
        load.send_signal(signal.SIGINT)
        output, errors = load.communicate(timeout=60)

    assert load.returncode == 130
    assert output == ""
    assert errors.splitlines()[-1].startswith(
        "Interrupted. Finished exports are kept and no export is half loaded: run"
    )
    assert "Traceback" not in errors
    if stage == "writing":
        second = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
        assert (second.returncode, "Mailbox" in second.stdout) == (0, True)
