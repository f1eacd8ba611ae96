"""Imports the driver without NumPy: importing this module first saves a command 0.2 s.

The driver imports NumPy if it is installed, to accept arrays as parameters. Tertius passes none. Only the route index
of a service uses NumPy (graph/introductions/index).
"""

import sys
from importlib import import_module

_NUMPY = "numpy"

if _NUMPY not in sys.modules:
    sys.modules[_NUMPY] = None  # type: ignore[assignment] # Python then raises ImportError for the module
    try:
        import_module("neo4j")
    finally:
        del sys.modules[_NUMPY]
