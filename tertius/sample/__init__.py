"""A sample network: the exports of one invented member, committed as files.

`EXPORTS` contains a LinkedIn archive and a Gmail Takeout mailbox of `MEMBER`; `python -m tertius.sample.make` writes
the same bytes again. `TEAM` contains a table of mail of each of three colleagues. docs/sample.md describes the people.
"""

from pathlib import Path

TEAM = Path(__file__).with_name("team")
EXPORTS = Path(__file__).with_name("exports")
MEMBER = "ana.ferreira@tidewater.example"
