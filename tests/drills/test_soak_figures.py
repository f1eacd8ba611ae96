"""The figures of docs/security.md are those of the latest `make soak`."""

from tests.drills.soak import FIGURES, NO_RUN, PAGE, markdown, read_figures


def test_the_page_has_the_figures_of_the_latest_run() -> None:
    assert (markdown(read_figures()) if FIGURES.exists() else NO_RUN) in PAGE.read_text("utf-8")
