"""The street door: the command, the settings and the local database.

In a checkout the other rooms (`api`, `sources`, `graph`, `cypher`) lie beside this one. In an
installed wheel they lie in `_rooms`, so that their plain names stand in nobody else's way.
"""

import sys
from pathlib import Path

__version__ = "0.1.0"

_ROOMS = Path(__file__).with_name("_rooms")

if _ROOMS.is_dir():
    sys.path.insert(0, str(_ROOMS))
