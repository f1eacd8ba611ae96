"""Suggests connections to archive, each by named rules with evidence.

A rule never counts silence that no source could have seen. It suggests no person who is likely to respond, and
none whom the viewer states to know.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.insights.listed_people import ListedPerson
from graph.insights.review.fake_accounts import FakeAccountSign, account_signs
from graph.insights.rules import InsightRule, insight_rules
from graph.names.keys import company_key
from graph.strength.model import WEAK
from graph.strength.statement_kinds import KIND_OF_CHANNEL, StatementKind

_KNOWN = {StatementKind.KNOWS, StatementKind.KNOWS_WELL, StatementKind.MET}


class PruneRule(StrEnum):
    """The rules, in the order of the suggestions. Each is a rule of rules.json."""

    MARKED_UNKNOWN = "marked_unknown"
    FAKE_ACCOUNT = "fake_account"
    UNREACHABLE = "unreachable"
    BULK_SENDER = "bulk_sender"
    ACCEPTED_IN_BURST = "accepted_in_burst"
    NEVER_CONTACTED = "never_contacted"
    COLD_FOR_YEARS = "cold_for_years"
    SILENT_COMPANY = "silent_company"

    @property
    def rule(self) -> InsightRule:
        """The thresholds and the sentence of the rule."""
        return insight_rules()[self.value]


@dataclass(frozen=True, slots=True)
class PruneReason:
    """A rule that holds for a person. `day` is the day that its sentence names, `count` the number; None without."""

    rule: PruneRule
    day: int | None = None
    count: int | None = None
    silent_days: int = 0
    company: str | None = None
    signs: tuple[FakeAccountSign, ...] = ()


@dataclass(frozen=True, slots=True)
class PruneSuggestion:
    """A connection to archive, and why: at least one reason, in the order of PruneRule."""

    listed: ListedPerson
    reasons: tuple[PruneReason, ...]


def suggest_pruning(
    listed: Sequence[ListedPerson], *, account_sources: Collection[str], kept: Collection[str] = ()
) -> list[PruneSuggestion]:
    """Return the connections to which a rule applies, by their first rule and name.

    `listed` is sorted by name. `account_sources` are the ids of sources that list accounts, such as LinkedIn's: only
    people whom no other source lists can be fake. `kept` are ids of people who are never suggested.
    """
    context = _Context(listed, account_sources)
    suggestions = [
        PruneSuggestion(one, reasons)
        for one in listed
        if one.person.id not in kept and not _is_known(one) and (reasons := tuple(context.reasons(one)))
    ]
    order = list(PruneRule)
    return sorted(suggestions, key=lambda each: order.index(each.reasons[0].rule))


def _is_known(one: ListedPerson) -> bool:
    """Whether the viewer states to know the person, or either of the two is likely to respond to the other."""
    if one.unreachable:
        return False
    if any(KIND_OF_CHANNEL[channel] in _KNOWN for channel in one.statements):
        return True
    return max(one.strength or 0.0, one.reverse_strength or 0.0) >= WEAK


class _Context:
    """The properties of all connections together that the rules need."""

    def __init__(self, listed: Sequence[ListedPerson], account_sources: Collection[str]) -> None:
        self._account_sources = {*account_sources}
        self._listed_on = Counter(one.listed_on for one in listed)
        # a source of a list alone, such as a CSV of connections, could not have seen contact
        self._informed = {source for one in listed if one.last_contact is not None for source in one.listed_by}
        self._companies_in_contact = {
            company_key(one.person.company) for one in listed if one.person.company and not _is_silent(one)
        }

    def reasons(self, one: ListedPerson) -> Iterator[PruneReason]:
        """Yield the reasons to archive a person, in the order of the rules."""
        if any(KIND_OF_CHANNEL[channel] is StatementKind.OUT_OF_TOUCH for channel in one.statements):
            yield PruneReason(PruneRule.MARKED_UNKNOWN, day=max(one.statements.values()))
        signs = tuple(_signs_of_fake_account(one)) if self._account_sources.issuperset(one.listed_by) else ()
        if len(signs) >= _thresholds(PruneRule.FAKE_ACCOUNT)["signs"] and not one.outwards.count:
            yield PruneReason(PruneRule.FAKE_ACCOUNT, count=len(signs), signs=signs)
        if one.unreachable:
            yield PruneReason(PruneRule.UNREACHABLE, day=one.unreachable.day)
        if _is_bulk_sender(one):
            yield PruneReason(PruneRule.BULK_SENDER, count=len(one.inwards.days))
        yield from self._silence(one)

    def _silence(self, one: ListedPerson) -> Iterator[PruneReason]:
        """Yield the reasons that rest on silence since a day, as far as sources could have seen contact."""
        if one.coverage_until is None or self._informed.isdisjoint(one.listed_by):
            return
        last = one.last_contact
        if last is None:
            if one.listed_on is None or one.duplicate:
                return
            covered = one.coverage_until - one.listed_on
            burst = _thresholds(PruneRule.ACCEPTED_IN_BURST)
            together = self._listed_on[one.listed_on]
            if together >= burst["people"] and covered >= burst["silent_days"]:
                yield PruneReason(PruneRule.ACCEPTED_IN_BURST, day=one.listed_on, count=together)
            if covered >= _thresholds(PruneRule.NEVER_CONTACTED)["silent_days"]:
                yield PruneReason(PruneRule.NEVER_CONTACTED, day=one.listed_on)
            return
        silent = one.silent_days or 0
        if silent >= _thresholds(PruneRule.COLD_FOR_YEARS)["silent_days"]:
            yield PruneReason(PruneRule.COLD_FOR_YEARS, day=last, silent_days=silent)
        company = one.person.company
        if (
            company
            and silent >= _thresholds(PruneRule.SILENT_COMPANY)["silent_days"]
            and company_key(company) not in self._companies_in_contact
        ):
            yield PruneReason(PruneRule.SILENT_COMPANY, day=last, company=company)


def _is_silent(one: ListedPerson) -> bool:
    silent = one.silent_days
    return silent is None or silent >= _thresholds(PruneRule.SILENT_COMPANY)["silent_days"]


def _is_bulk_sender(one: ListedPerson) -> bool:
    return not one.outwards.count and len(one.inwards.days) >= _thresholds(PruneRule.BULK_SENDER)["days"]


def _signs_of_fake_account(one: ListedPerson) -> Iterator[FakeAccountSign]:
    yield from account_signs(one.person)
    if _is_bulk_sender(one):
        yield FakeAccountSign.BULK_MESSAGES


def _thresholds(rule: PruneRule) -> Mapping[str, float]:
    return rule.rule.thresholds
