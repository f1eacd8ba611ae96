"""The Chromium of the system, in which tests open pages.

`python -m tests.browser`, which `make test` runs, installs it on Debian and Ubuntu, for root only and in limited time.
"""

import os
import shutil
import subprocess

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="There is no Chromium on this machine. On Debian: apt-get install chromium."
)
_SECONDS = 300


def install() -> None:
    """Install Chromium where that is possible. Tests in a browser are skipped elsewhere."""
    apt_get = shutil.which("apt-get")
    if CHROMIUM or apt_get is None or os.geteuid() != 0:
        return
    print("Installing Chromium for the tests of the page…")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            command = [apt_get, "--quiet", *arguments]
            subprocess.run(command, env=environment, capture_output=True, check=True, timeout=_SECONDS)
    except (subprocess.SubprocessError, OSError):
        print("Chromium cannot be installed here. Tests in a browser are skipped.")


if __name__ == "__main__":
    install()
