"""Work that continues after a request of Slack was acknowledged."""

import asyncio
from collections.abc import Coroutine

from api.defect_log import log_defect

WORK_SECONDS = 25.0
"""Time limit of the work for one request. A user waits no longer for an answer."""


class BackgroundWork:
    """Runs work in tasks, each with a time limit. Failures are logged without personal data."""

    def __init__(self, seconds: float = WORK_SECONDS) -> None:
        self._seconds = seconds
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Start the work. It must not expect that anybody awaits it."""
        task = asyncio.create_task(self._run(work))
        self._tasks.add(task)  # the event loop itself keeps weak references only
        task.add_done_callback(self._tasks.discard)

    async def aclose(self) -> None:
        """Wait until all work has ended or reached its time limit."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, work: Coroutine[None, None, None]) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await work
        except Exception as error:  # noqa: BLE001 - nobody awaits the task, and log_defect omits personal data
            log_defect("work for Slack", error)
