"""What `tertius say` is told, two people and what is so of them in the words one would type; and how it is listed."""

from collections.abc import Iterator, Sequence

import typer

from api.words import on, stated
from graph.statements.tie_statements import Statement

PHRASES = {
    "knows well": "well",
    "know well": "well",
    "knows": "knows",
    "know": "knows",
    "met": "met",
    "out of touch with": "out_of_touch",
    "no route to": "not_a_route",
    "no route for": "not_a_route",
}
_BEFORE = {"is", "am", "are", "says", "that", "he", "she", "they"}
"""What stands between a name and what is so of them; a surname like any of these begins with a capital."""
UNREAD = "say it as: A knows B, A met B, A is out of touch with B, A is no route to B"


def read(words: Sequence[str]) -> tuple[str, str, str]:
    """Who, what (a kind of statement) and towards whom. Raises BadParameter where that cannot be told."""
    said = words[0].split() if len(words) == 1 else list(words)
    plain = [word.casefold() for word in said]
    for at in range(1, len(said)):
        for phrase, kind in PHRASES.items():
            end = at + len(phrase.split())
            if plain[at:end] == phrase.split() and said[end:]:
                first, second = said[:at], said[end:]
                while len(first) > 1 and first[-1] in _BEFORE:
                    first.pop()
                if kind == "knows" and len(second) > 1 and second[-1] == "well":
                    return " ".join(first), "well", " ".join(second[:-1])
                return " ".join(first), kind, " ".join(second)
    raise typer.BadParameter(UNREAD, param_hint="WORDS")


def listed(said: Sequence[Statement], *, me: str | None, today: int) -> Iterator[str]:
    """The statements, numbered as --withdraw takes them."""
    for number, one in enumerate(said, 1):
        by, towards = ("you" if id == me else name for id, name in (one.by, one.towards))
        if one.until is None:
            ends = "counts until you take it back"
        else:
            ends = f"{'counts until' if today <= one.until else 'ended'} {on(one.until)}"
        yield f"{number}. {stated(one.kind, by, towards)} (you said so, {on(one.day)}; {ends})"
    if not said:
        yield "You have said nothing yet."
