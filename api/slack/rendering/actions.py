"""The buttons and menus of messages: their action ids, and the values that they send back."""

import json
from dataclasses import asdict, dataclass

NUMBER_SEPARATOR = ":"
"""Before the number of a button: in one row, Slack requires different action ids."""
ASK = "tertius_ask"
"""Ask about a person."""
CHOOSE = "tertius_choose"
"""Choose one of several people, from a menu."""
SHOW_ROUTE = "tertius_show_route"
"""Show every step of a route."""
NOT_ACQUAINTED = "tertius_not_acquainted"
"""State that the viewer does not know an introducer."""
UNDO_NOT_ACQUAINTED = "tertius_undo_not_acquainted"
"""Withdraw that statement."""
REQUEST_INTRODUCTION = "tertius_introduction"
"""Open the form of an introduction request."""
REQUEST_ACTION = "tertius_request_"
"""The beginning of the ids of actions on a request; the action follows."""
DOES_NOT_KNOW = "tertius_does_not_know"
"""Decline a request, because the viewer does not know whom they would contact."""
OUTCOME = "tertius_outcome"
"""Choose what became of an introduction, from a menu."""
NEXT_REQUEST = "tertius_next_request"
"""Draft a request along the next route, in a form."""
DISMISS = "tertius_dismiss"
"""Delete the answer."""


@dataclass(frozen=True, slots=True)
class RouteValue:
    """Ids of the target and of a first introducer, and whether routes may start at colleagues.

    A request without an introducer is for a colleague whose name is withheld.
    """

    target: str
    introducer: str = ""
    team: bool = False

    def encode(self) -> str:
        """The value of a button."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def decode(cls, value: str) -> "RouteValue | None":
        """The ids in the value of a button; None if it is of another version."""
        try:
            return cls(**json.loads(value))
        except (TypeError, ValueError):
            return None
