"""A network to try things on: what one invented member would download, committed as it comes.

`EXPORTS` holds a LinkedIn archive and a Gmail Takeout mailbox of `MEMBER`; `python -m
tertius.sample.make` writes them again, to the byte. `TEAM` holds a table of mail of
each of three more. Who is who, and what to ask: docs/sample.md.
"""

from pathlib import Path

TEAM = Path(__file__).with_name("team")
EXPORTS = Path(__file__).with_name("exports")
MEMBER = "ana.ferreira@tidewater.example"
