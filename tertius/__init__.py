"""The command line, the settings, the local database and the service process.

In a checkout the other packages (`api`, `operations`, `presentation`, `sources`, `graph`, `cypher`) are beside this
one. An installed wheel has them in `_packages`, so that their general names do not conflict with other distributions.
"""

import sys
from pathlib import Path

__version__ = "0.1.0"

_PACKAGES = Path(__file__).with_name("_packages")

if _PACKAGES.is_dir():
    sys.path.insert(0, str(_PACKAGES))
