"""The log line of an unexpected error."""

import logging

log = logging.getLogger("tertius.api")


def log_defect(subject: str, error: BaseException) -> None:
    """Log the class and the place of an unexpected error. Its message may contain personal data."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame is not None else "an unknown place"
    log.error("%s: %s at %s", subject, type(error).__name__, place)
