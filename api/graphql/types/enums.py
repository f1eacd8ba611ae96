"""Enums of the schema that several modules use."""

from collections.abc import Iterable
from enum import StrEnum

import strawberry

from graph.networks.permissions import Scope
from graph.networks.sources import SharingLevel
from graph.strength.statement_kinds import StatementKind
from presentation.kinds import SourceKind

__all__ = ["SharingLevel", "SourceKind", "StatementKind", "StrengthLabel", "ordered"]


@strawberry.enum(description="A tie strength as a label: STRONG from 0.75, GOOD from 0.55, FAIR from 0.4, WEAK below.")
class StrengthLabel(StrEnum):
    STRONG = "strong"
    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"


strawberry.enum(
    SourceKind,
    description="The reader that loaded a source. STATEMENTS: the statements of a member. OTHER: a reader that this "
    "version does not have.",
)

strawberry.enum(
    StatementKind,
    description="What a member states about a tie. KNOWS_WELL, KNOWS and MET create a tie. OUT_OF_TOUCH discards all "
    "evidence up to its date. DO_NOT_ROUTE excludes the tie from routes.",
)


strawberry.enum(
    SharingLevel,
    description="What other members see of a source. PRIVATE: nothing. STRENGTH: strength labels. EVIDENCE: strengths "
    "and evidence.",
)


def ordered(scopes: Iterable[Scope]) -> list[Scope]:
    """The scopes in the order READ, WRITE, ADMIN."""
    return sorted(scopes, key=list(Scope).index)
