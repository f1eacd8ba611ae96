"""The local Neo4j: one server for each home, also after its process or a starting command is killed."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import psutil
import pytest
from neo4j.exceptions import AuthError, Neo4jError

from tertius.doctor import machine
from tertius.doctor.check import CheckStatus
from tertius.errors import ServerError
from tertius.localdb import lifecycle, process
from tertius.localdb.process import Paths
from tertius.settings import Memory, Neo4j, Settings
from tests.databases import local_settings
from tests.recorded_progress import RecordedProgress
from tests.tertius.test_runner import MAIN

pytestmark = [pytest.mark.database, pytest.mark.slow]

COMMAND = """
import sys
from pathlib import Path
from tertius.localdb import lifecycle
from tests.databases import local_settings
print(lifecycle.ensure_running(local_settings(Path(sys.argv[1]))).uri)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Yield a home whose name has a space, an accent and an apostrophe. Its server is stopped afterwards."""
    settings = local_settings(tmp_path_factory.mktemp("Zoë's home"))
    yield settings
    lifecycle.stop(settings)


def command(settings: Settings) -> subprocess.Popen[str]:
    """Start another command that needs the database."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(settings.home)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )


def ask(settings: Settings, query: str) -> list[object]:
    address = lifecycle.ensure_running(settings)
    auth = (address.user, address.password.get_secret_value())
    with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver:
        return [record[0] for record in driver.execute_query(query).records]


def port_of(address: lifecycle.Address) -> int:
    return int(address.uri.rpartition(":")[2])


def kill(running: psutil.Process) -> None:
    running.kill()
    psutil.wait_procs([running], timeout=30)


def server_process(settings: Settings) -> psutil.Process:
    server = process.find_server(Paths(settings.home))
    assert server is not None
    return server.process


def test_data_survive_kills_of_server_and_command(home: Settings) -> None:
    for delay in (0.6, 2.5):
        starting = command(home)
        time.sleep(delay)
        starting.kill()
        starting.communicate()
        if server := process.find_server(Paths(home.home)):
            kill(server.process)

    before = ask(home, "CREATE (n:Survivor) WITH 1 AS one MATCH (n:Survivor) RETURN count(n)")
    kill(server_process(home))

    assert ask(home, "MATCH (n:Survivor) RETURN count(n)") == before


def test_a_start_drops_an_incomplete_last_transaction_and_says_so(home: Settings) -> None:
    paths, progress = Paths(home.home), RecordedProgress()
    before = ask(home, "CREATE (n:Kept) WITH 1 AS one MATCH (n:Kept) RETURN count(n)")
    kill(server_process(home))
    with (paths.data / "transactions" / "neo4j" / "neostore.transaction.db.0").open("ab") as transaction_log:
        transaction_log.write(b"\xc0" * 100)

    lifecycle.ensure_running(home, progress)

    assert ask(home, "MATCH (n:Kept) RETURN count(n)") == before
    assert [message for message in progress.messages if "drops the last transaction" in message]
    lifecycle.stop(home)
    lifecycle.ensure_running(home, after := RecordedProgress())
    assert ask(home, "MATCH (n:Kept) DELETE n RETURN count(n)") == before
    assert not [message for message in after.messages if "drops the last transaction" in message]
    assert "fail_on_corrupted_log_files" not in (paths.neo4j / "conf" / "neo4j.conf").read_text("utf-8")


def test_concurrent_commands_share_one_server_at_its_last_address(home: Settings) -> None:
    address = lifecycle.ensure_running(home)
    # the server closes this connection, and the system keeps its port in TIME_WAIT for a minute
    with socket.create_connection(("127.0.0.1", port_of(address))):
        assert lifecycle.stop(home)
    assert not lifecycle.stop(home)
    assert not lifecycle.status(home).running

    commands = [command(home) for _ in range(3)]
    addresses = {each.communicate(timeout=240)[0].strip() for each in commands}

    servers = [each for each in psutil.process_iter() if process.port_of(each, Paths(home.home)) is not None]
    assert [each.returncode for each in commands] == [0, 0, 0]
    assert len(servers) == 1
    assert addresses == {address.uri}
    assert lifecycle.ensure_running(home) == address


def test_a_server_without_a_pid_file_is_found(home: Settings) -> None:
    address = lifecycle.ensure_running(home)
    Paths(home.home).pid.unlink()

    assert lifecycle.ensure_running(home) == address
    assert lifecycle.status(home).pid == server_process(home).pid


def test_only_the_user_on_this_machine_can_connect(home: Settings) -> None:
    address = lifecycle.ensure_running(home)
    paths = Paths(home.home)

    listening = [c.laddr.ip for c in server_process(home).net_connections() if c.status == psutil.CONN_LISTEN]
    assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}
    assert stat.S_IMODE(paths.password.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.neo4j.stat().st_mode) == 0o700
    with (
        neo4j.GraphDatabase.driver(address.uri, auth=("neo4j", "neo4j")) as default_user,
        pytest.raises(AuthError),
    ):
        default_user.verify_connectivity()
    assert address.password.get_secret_value() not in " ".join(server_process(home).cmdline())
    assert not [name for name in server_process(home).environ() if name.startswith("TERTIUS_")]


def test_the_doctor_names_the_address_and_the_log(home: Settings) -> None:
    address = lifecycle.ensure_running(home)
    ask(home, "MATCH (n:Survivor) DELETE n")  # the doctor reports nodes outside networks

    checks = {check.name: check for check in machine.run_checks(home)}

    assert [check.message for check in checks.values() if not check.ok] == []
    assert address.uri in checks["server"].message
    assert str(Paths(home.home).log) in checks["log"].message
    assert address.password.get_secret_value() not in str(checks)


def wrong_passwords(uri: str, count: int) -> None:
    for _ in range(count):
        with neo4j.GraphDatabase.driver(uri, auth=("neo4j", "wrong")) as driver, pytest.raises(Neo4jError):
            driver.verify_connectivity()


def test_wrong_passwords_do_not_lock_the_local_account(home: Settings) -> None:
    wrong_passwords(lifecycle.ensure_running(home).uri, 10)

    assert ask(home, "RETURN 1") == [1]


def test_the_doctor_explains_a_locked_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # your own Neo4j, with Neo4j's default of three attempts
    default = process._CONFIGURATION.replace("auth_max_failed_attempts=0", "auth_max_failed_attempts=3")
    monkeypatch.setattr(process, "_CONFIGURATION", default)
    settings = local_settings(tmp_path)
    address = lifecycle.ensure_running(settings)
    try:
        wrong_passwords(address.uri, 6)
        checks = {check.name: check for check in machine.run_checks(settings)}
    finally:
        lifecycle.stop(settings)

    assert checks["store"].status is CheckStatus.ERROR
    assert "locked this account" in checks["store"].message
    assert address.password.get_secret_value() not in str(checks)


def test_the_server_moves_and_reports_it_if_its_port_is_taken(home: Settings) -> None:
    address = lifecycle.ensure_running(home)
    lifecycle.stop(home)
    progress = RecordedProgress()

    with socket.create_server(("127.0.0.1", port_of(address))):
        moved = lifecycle.ensure_running(home, progress)

    assert port_of(moved) != port_of(address)
    message = f"Another program uses port {port_of(address)}. The database moves to port {port_of(moved)}"
    assert message in progress.messages
    assert lifecycle.ensure_running(home) == moved


def test_a_new_port_is_below_the_ports_of_outgoing_connections(tmp_path: Path) -> None:
    assert 20_000 <= process.free_port(Paths(tmp_path)) < 32_768


def test_a_reused_process_id_is_not_taken_for_the_server(tmp_path: Path) -> None:
    settings = local_settings(tmp_path)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        Paths(tmp_path).pid.write_text(str(other.pid))

        assert not lifecycle.stop(settings)
        assert not lifecycle.status(settings).running
        assert other.poll() is None


def test_the_error_of_a_failed_start_names_reason_and_log(tmp_path: Path) -> None:
    settings = local_settings(tmp_path)
    paths = Paths(tmp_path)
    paths.create()
    process.password(paths)
    (paths.neo4j / "data" / "databases").write_text("a file where a folder should be")

    with pytest.raises(ServerError) as refused:
        lifecycle.ensure_running(settings)

    assert str(refused.value).startswith("Neo4j did not start: ")
    assert str(refused.value).endswith(f"Its log is {paths.log}.")
    assert process.find_server(paths) is None


def test_too_little_memory_is_an_error_before_the_start(tmp_path: Path) -> None:
    settings = local_settings(tmp_path).model_copy(update={"memory": Memory(heap="9000g")})

    with pytest.raises(ServerError, match="set TERTIUS_MEMORY__HEAP lower"):
        lifecycle.ensure_running(settings)


def test_a_lost_password_is_not_replaced(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    (paths.neo4j / "data" / "databases").mkdir(parents=True)

    with pytest.raises(ServerError, match=r"Restore .*password"):
        lifecycle.ensure_running(local_settings(tmp_path))


def test_an_external_neo4j_is_neither_started_nor_stopped(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, neo4j=Neo4j(uri="neo4j+s://graph.example.org", database="ties"))

    address = lifecycle.ensure_running(settings)

    assert (address.uri, address.database) == ("neo4j+s://graph.example.org", "ties")
    assert not lifecycle.stop(settings)
    assert list(tmp_path.iterdir()) == []


def test_the_error_of_an_unusable_home_names_the_setting(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(ServerError, match="Set TERTIUS_HOME to a folder of your own"):
        lifecycle.ensure_running(local_settings(file / "home"))


def test_a_server_can_be_stopped_after_ctrl_c_at_start(home: Settings) -> None:
    lifecycle.stop(home)
    paths = Paths(home.home)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TERTIUS_")}
    program = [sys.executable, "-c", MAIN, "source", "list"]
    with subprocess.Popen(
        program,
        env=environment | {"TERTIUS_HOME": str(home.home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as starting:
        while process.find_server(paths) is None:
            assert starting.poll() is None
            time.sleep(0.02)
        starting.send_signal(signal.SIGINT)
        output, errors = starting.communicate(timeout=30)

    assert (starting.returncode, output) == (130, "")
    assert [line for line in errors.splitlines() if line != "Starting the database"] == [
        "Interrupted while the database was being prepared. The next command continues where this one stopped."
    ]  # progress is printed after a while only
    assert lifecycle.stop(home)
    assert process.find_server(paths) is None
