"""A disk that is full refuses an upload in one sentence. Nothing stored is lost, and the upload succeeds afterwards."""

import io
import random
import resource
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.tertius.service.test_operation import MAIL, MESSAGES, Service, up

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit")]
LOAD = """mutation($name: String!, $who: String!) {
  createLoadJob(input: {fileName: $name, ownerEmail: $who}) { job { id uploadPath } } }"""
STATUS = "query($id: ID!) { loadJob(id: $id) { status error } }"
FEW_BYTES = 100_000


def limit_files(service: Service, size: int) -> None:
    """Let the service and its child processes write no file beyond this size, as a full disk would."""
    _, most = resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (size, most))


def job(service: Service, name: str) -> tuple[str, str]:
    created = service.post(LOAD, name=name, who=MAIL).json()["data"]["createLoadJob"]["job"]
    return created["id"], created["uploadPath"]


def put(service: Service, path: str, content: bytes) -> httpx.Response:
    headers = {"Authorization": f"Bearer {service.token}"}
    return httpx.put(f"{service.address}{path}", content=content, headers=headers, trust_env=False, timeout=60)


def ended(service: Service, id: str) -> dict[str, str]:
    """Wait for the end of a load, and return its status and error."""
    while (body := service.post(STATUS, id=id).json()["data"]["loadJob"])["status"] not in ("DONE", "FAILED"):
        pass
    return dict(body)


def test_a_full_disk_refuses_an_upload_and_loses_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    mail = MESSAGES.encode() + random.Random(1).randbytes(FEW_BYTES * 3 // 5).hex().encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mail.mbox", mail)
    with up(environment, tmp_path) as service:
        service.wait_until_ready()
        first, path = job(service, "first.mbox")
        assert put(service, path, MESSAGES.encode()).status_code == 202
        assert ended(service, first)["status"] == "DONE"
        people = service.post('{ people(search: "zenobia", first: 9) { nodes { name } } }').json()

        limit_files(service, FEW_BYTES)
        refused, path = job(service, "second.mbox")
        answer = put(service, path, mail)
        (error,) = answer.json()["errors"]
        unpacked, zip_path = job(service, "third.zip")
        assert put(service, zip_path, packed.getvalue()).status_code == 202
        failed = ended(service, unpacked)
        meanwhile = service.post('{ people(search: "zenobia", first: 9) { nodes { name } } }').json()
        waiting = service.post(STATUS, id=refused).json()["data"]["loadJob"]["status"]

        limit_files(service, resource.RLIM_INFINITY)
        assert put(service, path, mail).status_code == 202
        assert ended(service, refused)["status"] == "DONE"
        service.end()

    assert (answer.status_code, error["extensions"]["code"]) == (503, "SERVICE_UNAVAILABLE")
    assert error["message"].startswith("The service cannot store the upload: its disk may be full.")
    assert (failed["status"], "disk may be full" in failed["error"]) == ("FAILED", True)
    assert (meanwhile, waiting) == (people, "EXPECTED")
    assert not list((Path(environment["TERTIUS_HOME"]) / "uploads").glob("*/*"))
