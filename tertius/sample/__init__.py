"""A network to try things on: what one invented member would download, committed as it comes.

`EXPORTS` holds a LinkedIn archive and a Gmail Takeout mailbox of `MEMBER`; `python -m
tertius.sample.make` writes them again, to the byte. Who is who, and what to ask: docs/sample.md.
"""

from pathlib import Path

EXPORTS = Path(__file__).with_name("exports")
MEMBER = "ana.ferreira@tidewater.example"
