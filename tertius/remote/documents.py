"""The GraphQL documents that commands send. Each file in `documents/` has one operation.

The order of fields is that of presentation.answer_json, so that `--json` prints the same text for both.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("documents")
_FRAGMENT = re.compile(r"^fragment (\w+) on ", re.MULTILINE)
_SPREAD = re.compile(r"\.\.\.(\w+)")


@cache
def document(name: str) -> str:
    """The operation of this name, with the fragments that it uses."""
    operation = (FOLDER / f"{name}.graphql").read_text("utf-8")
    return "\n".join([operation, *(_fragments()[used] for used in sorted(_used(operation, set())))])


@cache
def _fragments() -> dict[str, str]:
    text = (FOLDER / "fragments.graphql").read_text("utf-8")
    starts = [*_FRAGMENT.finditer(text)]
    ends = [*(match.start() for match in starts[1:]), len(text)]
    return {match[1]: text[match.start() : end].strip() for match, end in zip(starts, ends, strict=True)}


def _used(text: str, names: set[str]) -> set[str]:
    for name in _SPREAD.findall(text):
        if name not in names:
            names.add(name)
            _used(_fragments()[name], names)
    return names
