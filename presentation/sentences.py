"""Answers as plain English: strengths as labels, evidence and routes as sentences.

Sentences state what the sources show and nothing beyond that.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from graph.answers import AddressProof, Evidence, LowScoreRoutes, Person, Reason, Refusal, Route, Step
from graph.days import date_of, day_at
from graph.names.name_order import given_name
from graph.networks.sources import Source
from graph.strength.intercept_fit import Fit
from graph.strength.model import LEVELS, label_index
from graph.strength.statement_kinds import KIND_OF_CHANNEL, SET_ASIDE_KINDS, StatementKind

if TYPE_CHECKING:
    from graph.insights.fading import FadingTie

_LABELS = ("weak", "fair", "good", "strong")
_MESSAGE_CHANNELS = ("mail", "linkedin", "invitation", "chat", "thread")
_MEETING_NOUNS = {"meeting": "meeting", "large_meeting": "large meeting"}
_RECENT = 60
"""Days. An older contact is described by its month."""
STALE_DAYS = 30
"""Days without coverage after which a newer export is worth loading."""
ASLEEP_HEADING = "Not asked, because a tie had no contact for over 18 months:"
UNREACHABLE_HEADING = "Not asked, because somebody cannot be reached:"
INCOMPLETE_NOTE = "The search ran out of time: better routes may exist."
FAILED_PROOFS = {
    AddressProof.INVALID_LINK: "This link is not valid. It was used before, has expired, or is incomplete. Request "
    "a new one at /about-me.",
    AddressProof.OF_ANOTHER_MEMBER: "This address is confirmed for another member. Ask an owner.",
}
"""Why a link proves no address."""


def strength_label(strength: float) -> str:
    """Return strong, good, fair or weak."""
    return _LABELS[label_index(strength)]


def strength_labels() -> tuple[str, ...]:
    """Return the labels, the weakest first."""
    return _LABELS


def least_strength(label: str) -> float:
    """Return the least strength with this label."""
    return (0.0, *LEVELS)[_LABELS.index(label)]


def format_day(day: int) -> str:
    """Return a day in the form `12 Nov 2026`."""
    date = date_of(day)
    return f"{date.day} {date:%b %Y}"


def format_day_of_time(milliseconds: int) -> str:
    """Return the UTC day of a time since 1970 in the form `12 Nov 2026`."""
    return format_day(day_at(milliseconds))


def format_relative_day(day: int, as_of: int) -> str:
    """Return how many days ago a recent day was, or the month of an older one."""
    days = as_of - day
    if days <= 0:
        return "today"
    if days < _RECENT:
        return "yesterday" if days == 1 else f"{days} days ago"
    return f"in {date_of(day):%B %Y}"


def format_count(number: int, noun: str) -> str:
    """Return `1 message`, `2 messages`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def people_who_know(number: int) -> str:
    """Return `1 person knows`, `2 people know`."""
    return "1 person knows" if number == 1 else f"{number:,} people know"


def format_percent(share: float) -> str:
    """Return `5 %` for 0.05."""
    return f"{100 * share:.3g} %"


def name_or_you(person: Person, viewer_id: str) -> str:
    """Return the person's name, or "you" for the viewer."""
    return "you" if person.id == viewer_id else person.name


def job_text(person: Person) -> str:
    """Return `CTO at Halden Robotics`, or the part of it that is known."""
    if person.title and person.company:
        return f"{person.title} at {person.company}"
    return person.company or person.title or ""


def name_with_job(person: Person) -> str:
    """Return a name with the job in parentheses."""
    return f"{person.name} ({job_text(person)})" if job_text(person) else person.name


def evidence_text(step: Step, as_of: int, viewer_id: str) -> str:
    """Describe the evidence for a step: counts by kind and direction, the last contact, and the viewer's statements."""
    by, towards = name_or_you(step.from_person, viewer_id), name_or_you(step.to_person, viewer_id)
    clauses = []
    outbound, inbound = message_count(step.outbound), message_count(step.inbound)
    if outbound and inbound:
        both = format_count(outbound + inbound, "message")
        clauses.append(f"{both} both ways ({outbound:,} from {by}, {inbound:,} from {towards})")
    elif outbound:
        clauses.append(f"{format_count(outbound, 'message')} from {by}, no reply found")
    elif inbound:
        clauses.append(f"{format_count(inbound, 'message')} from {towards}, none from {by}")
    clauses += meeting_counts(step.outbound, step.inbound)
    for evidence, author, other in ((step.outbound, by, towards), (step.inbound, towards, by)):
        if evidence.counts.get("recommendation"):
            clauses.append(f"{author} wrote a recommendation for {other}")
        for channel in ("call", "reaction", "endorsement"):
            if number := evidence.counts.get(channel):
                clauses.append(f"{format_count(number, channel)} by {author}")
    if (last := last_contact(step)) is not None:
        clauses.append(f"last contact {format_relative_day(last, as_of)}")
    clauses += _statement_clauses(step, viewer_id)
    if step.unreachable:
        clauses.append(unreachable_note(step, viewer_id).rstrip("."))
    if step.label_only:
        clauses.append("of the rest, only the strength is shared" if clauses else "only the strength is shared")
    return "; ".join(clauses) if clauses else "no evidence"


def asleep_note(tie: Step, viewer_id: str) -> str:
    """Describe a tie that is asleep: `Ben and you: 41 messages from 2019 to 2021, none since.`

    If one of them cannot be reached: `Ben and you: 9 messages in 2026. Mail to Ben was returned on 3 May 2026.`
    """
    days = [day for seen in (tie.outbound, tie.inbound) for day in (seen.first_day, seen.last_day) if day is not None]
    years = sorted({date_of(day).year for day in (min(days), max(days))}) if days else []
    period = f" from {years[0]} to {years[1]}" if len(years) == 2 else f" in {years[0]}" if years else ""
    messages = message_count(tie.outbound) + message_count(tie.inbound)
    contact = format_count(messages, "message") if messages else "contact"
    ends = f"{name_or_you(tie.from_person, viewer_id)} and {name_or_you(tie.to_person, viewer_id)}"
    return (
        f"{ends}: {contact}{period}. {unreachable_note(tie, viewer_id)}"
        if tie.unreachable
        else f"{ends}: {contact}{period}, none since."
    )


def unreachable_note(tie: Step, viewer_id: str) -> str:
    """Say why one of two people cannot be reached; empty if both can."""
    if tie.unreachable is None:
        return ""
    person = tie.from_person if tie.unreachable.person_id == tie.from_person.id else tie.to_person
    return tie.unreachable.describe(name_or_you(person, viewer_id))


def last_contact(step: Step) -> int | None:
    """Return the day of the last interaction in either direction."""
    return max((day for day in (step.outbound.last_day, step.inbound.last_day) if day is not None), default=None)


def message_count(evidence: Evidence) -> int:
    """Return the number of messages of all kinds."""
    return sum(evidence.counts.get(channel, 0) for channel in _MESSAGE_CHANNELS)


def meeting_counts(outbound: Evidence, inbound: Evidence) -> list[str]:
    """Return the meetings of two people, such as `3 meetings`. Both directions count the same meetings."""
    numbers = {
        noun: max(evidence.counts.get(channel, 0) for evidence in (outbound, inbound))
        for channel, noun in _MEETING_NOUNS.items()
    }
    return [format_count(number, noun) for noun, number in numbers.items() if number]


def statement_clause(kind: StatementKind, by: str, towards: str) -> str:
    """Return a statement about two people as a clause: `Ben knows Jane well`."""
    is_you = by == "you"
    return {
        StatementKind.KNOWS: f"{by} know{'' if is_you else 's'} {towards}",
        StatementKind.KNOWS_WELL: f"{by} know{'' if is_you else 's'} {towards} well",
        StatementKind.MET: f"{by} met {towards}",
        StatementKind.OUT_OF_TOUCH: f"{by} {'are' if is_you else 'is'} out of touch with {towards}",
        StatementKind.DO_NOT_ROUTE: f"no route may use the tie between {by} and {towards}",
    }[kind]


def _statement_clauses(step: Step, viewer_id: str) -> Iterator[str]:
    """Describe the viewer's latest statements. A statement about the viewer's own tie starts with the viewer."""
    directions = [
        (step.outbound, step.from_person, step.to_person),
        (step.inbound, step.to_person, step.from_person),
    ]
    is_own_tie = viewer_id in {step.from_person.id, step.to_person.id}
    if is_own_tie:
        directions.sort(key=lambda direction: direction[1].id != viewer_id)
    for channel, kind in KIND_OF_CHANNEL.items():
        statements = [
            (evidence.statements[channel], by, towards)
            for evidence, by, towards in directions
            if channel in evidence.statements
        ]
        for day, by, towards in statements[:1] if is_own_tie or kind in SET_ASIDE_KINDS else statements:
            clause = statement_clause(kind, name_or_you(by, viewer_id), name_or_you(towards, viewer_id))
            yield f"you stated on {format_day(day)} that {clause}"


def route_summary(route: Route) -> str:
    """Return each step of a route once: `Ben to you: strong. Ben to Jane: fair; Jane to Ben: good.`"""
    asker = (route.colleague or route.steps[0]).to_person.id
    *before, contact, response = [
        f"{step.from_person.name} to {name_or_you(step.to_person, asker)}: {strength_label(step.strength)}"
        for step in route.steps
    ]
    colleague = [f"{route.people[0].name}: colleague"] if route.colleague else []
    return " ".join(f"{part}." for part in (*colleague, *before, f"{contact}; {response}"))


def no_answer_note(route: Route) -> str | None:
    """Return a note if the evidence shows no reply of the target to the last introducer."""
    introducer, target = route.people[-2:]
    response = route.steps[-1]
    if response.outbound.counts or response.outbound.is_stated or response.label_only:
        return None
    return f"{introducer.name} has written to {target.name}; no reply found."


def message_to_forward(route: Route) -> str:
    """Return a short text for the first introducer. It contains facts only."""
    first, *others, target = route.people
    asker = (route.colleague or route.steps[0]).to_person.name
    target_name = f"{target.name}, {job_text(target)}" if job_text(target) else target.name
    if others:
        through = " and ".join(person.name for person in others)
        request = (
            f"I would like to meet {target_name}. As far as I know, you can reach {target.name} through {through}. "
            f"Could you ask {others[0].name} whether an introduction is welcome?"
        )
    else:
        last = last_contact(route.steps[-2])
        month = f" (last in {date_of(last):%B %Y})" if last is not None else ""
        request = (
            f"could you introduce me to {target_name}? As far as I know, you two have been in touch{month}. "
            "Please tell me if you would rather not."
        )
    return f"Hi {given_name(first.name)}, {request} Thank you, {asker}"


def route_coverage_until(route: Route) -> int | None:
    """Return the earliest day up to which sources cover every step; None if the viewer may not know it of all steps."""
    if any(step.label_only for step in route.steps):
        return None
    days = [step.outbound.coverage_until for step in route.steps if step.outbound.coverage_until is not None]
    return min(days, default=None)


def fading_message(fading: "FadingTie", as_of: int) -> str:
    """Describe a fading tie: its strength, the last contact, when it weakens, and what one exchange would change."""
    tie = fading.tie
    last = last_contact(tie)
    contact = f", last contact {format_relative_day(last, as_of)}" if last is not None else ""
    weakening = f"{'ends' if fading.ends else 'becomes weak'} on {format_day(fading.weakens_on)}"
    label, label_after = strength_label(tie.strength), strength_label(fading.strength_after_contact)
    verb = "keep" if label_after == label else "make"
    return (
        f"{name_with_job(tie.from_person)}: {label}{contact}. Without new contact the tie {weakening}. "
        f"One exchange with {tie.from_person.name} would {verb} it {label_after}."
    )


def did_you_mean(similar: Sequence[Person | str]) -> str:
    """Return a question that suggests people or companies with a similar name; empty if there are none."""
    names = [one if isinstance(one, str) else name_with_job(one) for one in similar]
    return f"Did you mean {' or '.join(names)}?" if names else ""


def refusal_message(refusal: Refusal) -> str:
    """Return the refusal and its reason as a sentence about the sources."""
    team = " No colleague who shares sources has a route either." if refusal.searched_team else ""
    return f"No genuine route to {refusal.target.name}: {_refusal_reason(refusal)}.{team}"


def _refusal_reason(refusal: Refusal) -> str:
    miss = refusal.nearest_miss
    if miss is None:
        return "your sources show no chain of people between you"
    viewer_id = miss.people[0].id
    by, towards = name_or_you(miss.from_person, viewer_id), name_or_you(miss.to_person, viewer_id)
    if miss.unreachable and refusal.reason is Reason.GONE_COLD:
        return f"{by if miss.unreachable.person_id == miss.from_person.id else towards} cannot be reached"
    return {
        Reason.GONE_COLD: f"your sources show too little recent contact between {by} and {towards}",
        Reason.ONE_SIDED: f"your sources do not show that {by} know{'' if by == 'you' else 's'} {towards}",
        Reason.ONLY_STRANGERS: f"{by} and {towards} are connected on a list, but your sources show no message",
        Reason.NONE_SEEN: "your sources show no contact",
        Reason.DO_NOT_ROUTE: f"you stated that no route may use the tie between {by} and {towards}",
        Reason.SCORES_TOO_LOW: f"every route has a score below {format_percent(refusal.low_score_routes.min_score)}",
    }[refusal.reason]


def low_score_routes_note(weak: LowScoreRoutes, *, listed: int) -> str | None:
    """Return how many routes are not listed because of their score; None if there are none. `listed` are listed."""
    if not weak.count:
        return None
    more, verb = (" more" if listed else ""), ("has" if weak.count == 1 else "have")
    noun = "route" if weak.count == 1 else "routes"
    return f"{weak.count:,}{more} {noun} {verb} a score below {format_percent(weak.min_score)}."


def dominated_routes_note(route: Route) -> str | None:
    """Return how many further routes lead through the first introducer; None if there are none or they are not counted.

    Also None where the first introducer is a colleague who does not know the asker.
    """
    if not route.dominated or (route.colleague is not None and not route.colleague.strength):
        return None
    noun, verb = ("route", "leads") if route.dominated == 1 else ("routes", "lead")
    return f"{route.dominated:,} more {noun} {verb} through {route.people[0].name}, whom you know."


def withheld_message(strength: float, target: Person) -> str:
    """Describe a route through a colleague who has not agreed to be named."""
    return withheld_route(strength_label(strength), target)


def withheld_route(label: str, target: Person) -> str:
    """Describe a route of this strength label through a colleague who has not agreed to be named."""
    return f"A {label} route to {target.name} starts at a colleague. Tertius names the colleague only after they agree."


def is_stale(source: Source, as_of: int) -> bool:
    """Return whether a source covers so little of the recent past that a newer export is worth loading."""
    return source.coverage_until is not None and as_of - source.coverage_until > STALE_DAYS


def sources_note(sources: Sequence[Source]) -> str:
    """Name the sources that an answer is based on, with their coverage."""
    return note_of_sources((source.title, source.coverage_until) for source in sources)


def note_of_sources(sources: Iterable[tuple[str, int | None]]) -> str:
    """Name sources, given by their title and their last covered day."""
    titles = [title if until is None else f"{title} (until {format_day(until)})" for title, until in sources]
    return f"Sources: {', '.join(titles)}." if titles else "No sources are loaded."


def coverage_text(source: Source) -> str:
    """Return `until 12 Nov 2026`, or an empty string for a source without dates."""
    return "" if source.coverage_until is None else f"until {format_day(source.coverage_until)}"


def source_text(source: Source, *, is_own: bool, today: int, names_owner: bool) -> str:
    """Describe a source: whose it is (with `names_owner`), how far it is shared, its status and coverage."""
    owner = (" (yours)" if is_own else f" (of {source.owner_name})") if names_owner else ""
    advice = "load it again: " if is_own else ""
    hint = f"; {advice}it is over {STALE_DAYS} days old" if is_stale(source, today) else ""
    coverage = coverage_text(source) or "without dates"
    return f"{source.title}{owner}: {source.sharing_level}, {source.status}, {coverage}{hint}"


def fit_note(fit: Fit | None) -> str:
    """Name the model that computes strengths."""
    return calibration_note(fit.day if fit else None)


def calibration_note(day: int | None) -> str:
    """Name the model that computes strengths, which was calibrated on a day."""
    if day is not None:
        return f"Strengths are calibrated to this network (on {format_day(day)})."
    return "Strengths use the shipped model."
