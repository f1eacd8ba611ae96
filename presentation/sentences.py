"""Answers in plain words: odds as one of four, evidence in a sentence, a route told as its steps.

People read words, not numbers (design.md §4); nothing here says more than the evidence does.
"""

from collections.abc import Iterator, Sequence

from graph.answers import Evidence, Person, Reason, Refusal, Route, Step
from graph.days import date_of
from graph.insights.fading import Fading
from graph.networks.sources import Source
from graph.strength.intercept_fit import Fit
from graph.strength.model import level
from graph.strength.statement_kinds import KIND_OF_CHANNEL, SET_ASIDE_KINDS, StatementKind

_WORDS = ("weak", "fair", "good", "strong")
_MESSAGES = ("mail", "linkedin", "invitation", "chat", "thread")
_MUTUAL = {"meeting": "meeting", "large_meeting": "large meeting"}
_RECENT = 60
_OLD = 30
"""Days: so long ago is told as a month; so long unseen is worth another export (design.md §3)."""


def word(odds: float) -> str:
    """One of strong, good, fair, weak."""
    return _WORDS[level(odds)]


def on(day: int) -> str:
    """A day as people write it: `12 Nov 2026`."""
    found = date_of(day)
    return f"{found.day} {found:%b %Y}"


def ago(day: int, as_of: int) -> str:
    """How long ago, where that is told best in days; else the month."""
    days = as_of - day
    if days <= 0:
        return "today"
    if days < _RECENT:
        return "yesterday" if days == 1 else f"{days} days ago"
    return f"in {date_of(day):%B %Y}"


def called(person: Person, me: str) -> str:
    """The person's name, or "you" for the one who asks (`me`, an id)."""
    return "you" if person.id == me else person.name


def evidence(act: Step, as_of: int, me: str) -> str:
    """Why these odds: counts by kind and direction, and the last contact, told on day `as_of` to the asker `me`."""
    by, towards = called(act.from_person, me), called(act.to_person, me)
    said = []
    out, back = messages(act.outbound), messages(act.inbound)
    if out and back:
        said.append(f"{counted(out + back, 'message')} both ways ({out:,} from {by}, {back:,} from {towards})")
    elif out:
        said.append(f"{counted(out, 'message')} from {by}, no answer seen")
    elif back:
        said.append(f"{counted(back, 'message')} from {towards}, none from {by}")
    said += meetings(act.outbound, act.inbound)
    for seen, author, other in ((act.outbound, by, towards), (act.inbound, towards, by)):
        if seen.counts.get("recommendation"):
            said.append(f"{author} wrote a recommendation for {other}")
        found = {channel: seen.counts.get(channel, 0) for channel in ("call", "reaction", "endorsement")}
        said += [f"{counted(number, channel)} by {author}" for channel, number in found.items() if number]
    last = max((day for day in (act.outbound.last_day, act.inbound.last_day) if day is not None), default=None)
    if last is not None:
        said.append(f"the last {ago(last, as_of)}")
    said += _said(act, me)
    if act.label_only:
        said.append("what else there is, only its strength is shared" if said else "only its strength is shared")
    return "; ".join(said) if said else "nothing seen"


def stated(kind: StatementKind, by: str, towards: str) -> str:
    """What is said of two people, a clause: `Ben knows Jane well`."""
    yours = by == "you"
    return {
        StatementKind.KNOWS: f"{by} know{'' if yours else 's'} {towards}",
        StatementKind.KNOWS_WELL: f"{by} know{'' if yours else 's'} {towards} well",
        StatementKind.MET: f"{by} met {towards}",
        StatementKind.OUT_OF_TOUCH: f"{by} {'are' if yours else 'is'} out of touch with {towards}",
        StatementKind.DO_NOT_ROUTE: f"no route may use the tie of {by} and {towards}",
    }[kind]


def _said(act: Step, me: str) -> Iterator[str]:
    """What the viewer said of the two, and when last; of a tie of their own as theirs."""
    ways = [(act.outbound, act.from_person, act.to_person), (act.inbound, act.to_person, act.from_person)]
    mine = me in {act.from_person.id, act.to_person.id}
    if mine:
        ways.sort(key=lambda way: way[1].id != me)
    for channel, kind in KIND_OF_CHANNEL.items():
        said = [(seen.statements[channel], by, towards) for seen, by, towards in ways if channel in seen.statements]
        for day, by, towards in said[:1] if mine or kind in SET_ASIDE_KINDS else said:
            clause = stated(kind, called(by, me), called(towards, me))
            yield f"you said on {on(day)} that {clause}"


def messages(seen: Evidence) -> int:
    """How many messages of any kind."""
    return sum(seen.counts.get(channel, 0) for channel in _MESSAGES)


def meetings(out: Evidence, back: Evidence) -> list[str]:
    """What two did together is seen of both and told once: `3 meetings`."""
    met = {noun: max(seen.counts.get(channel, 0) for seen in (out, back)) for channel, noun in _MUTUAL.items()}
    return [counted(number, noun) for noun, number in met.items() if number]


def counted(number: int, noun: str) -> str:
    """`1 message`, `2 messages`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def role(person: Person) -> str:
    """`CTO at Halden Robotics`, or what is known of it."""
    if person.title and person.company:
        return f"{person.title} at {person.company}"
    return person.company or person.title or ""


def named(person: Person) -> str:
    """A name with what tells them from others of that name."""
    return f"{person.name} ({role(person)})" if role(person) else person.name


def steps(route: Route) -> str:
    """A route told as its steps: `Ben: strong. Ben to Jane: fair.`"""
    asked = list(route.steps[:-2])
    told = [f"{route.people[0].name}: {'colleague' if route.colleague else word(asked.pop(0).strength)}."]
    told.extend(f"{act.to_person.name} to {act.from_person.name}: {word(act.strength)}." for act in asked)
    last, target = route.people[-2], route.people[-1]
    told.append(f"{last.name} to {target.name}: {word(min(act.strength for act in route.steps[-2:]))}.")
    return " ".join(told)


def weakest(route: Route) -> Step:
    """The act with the least odds: the step that the route hangs on."""
    return min(route.steps, key=lambda act: act.strength)


def unanswered(route: Route) -> str | None:
    """Said where the target has never been seen to answer the last introducer."""
    last, target = route.people[-2], route.people[-1]
    final = route.steps[-1]
    if final.outbound.counts or final.outbound.is_stated or final.label_only:
        return None
    return f"{last.name} has written to {target.name}; no answer seen."


def forward(route: Route) -> str:
    """A short text to send to the one to ask, made of facts only."""
    asker, first, target = (route.colleague or route.steps[0]).to_person.name, route.people[0], route.people[-1]
    who = f"{target.name}, {role(target)}" if role(target) else target.name
    if len(route.people) == 2:
        request = f"could you introduce me to {who}? You two have been in touch{_since(route.steps[-2])}."
    else:
        through = " and ".join(person.name for person in route.people[1:-1])
        request = (
            f"I would like to meet {who}. {through} {'knows' if len(route.people) == 3 else 'know'} "
            f"the way there: could you ask {route.people[1].name} whether an introduction is welcome?"
        )
    return f"Hi {first.name.split()[0]}, {request} If it does not feel right, just say so. Thank you, {asker}"


def _since(act: Step) -> str:
    last = max((day for day in (act.outbound.last_day, act.inbound.last_day) if day is not None), default=None)
    return f" (the last I saw was in {date_of(last):%B %Y})" if last is not None else ""


def seen_until(route: Route) -> int | None:
    """The earliest day up to which every step of the route could be seen, where the viewer may know it of all."""
    if any(act.label_only for act in route.steps):
        return None
    days = [act.outbound.coverage_until for act in route.steps if act.outbound.coverage_until is not None]
    return min(days, default=None)


def fades(found: Fading, as_of: int) -> str:
    """A tie that turns, in a sentence: what it is, when it turns into what, the last contact and what would keep it."""
    tie = found.tie
    last = max((day for day in (tie.outbound.last_day, tie.inbound.last_day) if day is not None), default=None)
    touch = f", the last contact {ago(last, as_of)}" if last is not None else ""
    turns = f"no tie any more from {on(found.on)} on" if found.cold else f"weak from {on(found.on)} on"
    keeps = "keep" if word(found.after) == word(tie.strength) else "make"
    return (
        f"{named(tie.from_person)}: {word(tie.strength)} now{touch}; {turns} if nothing happens. "
        f"One exchange with {tie.from_person.name} would {keeps} it {word(found.after)}."
    )


def refused(refusal: Refusal) -> str:
    """The refusal in a sentence that speaks of what was seen, never of the world."""
    return f"{_refused(refusal)}{' Nor does any colleague who shares have one.' if refusal.searched_team else ''}"


def _refused(refusal: Refusal) -> str:
    miss, target = refusal.nearest_miss, refusal.target.name
    if miss is None:
        return f"No genuine route to {target}: we have seen no chain of people between you."
    me = miss.people[0].id
    by, towards = called(miss.from_person, me), called(miss.to_person, me)
    why = {
        Reason.GONE_COLD: f"{by} and {towards} knew each other once, and we have seen too little since",
        Reason.ONE_SIDED: f"as far as we have seen, {by} {'do' if by == 'you' else 'does'} not know {towards}",
        Reason.ONLY_STRANGERS: f"{by} and {towards} are connected on a list, and we have seen no word between them",
        Reason.NONE_SEEN: "we have seen nothing",
        Reason.DO_NOT_ROUTE: f"you asked for no route over {by} and {towards}",
    }[refusal.reason]
    return f"No genuine route to {target}: {why}."


def through_team(odds: float, target: Person) -> str:
    """That there is a way through somebody who has not agreed to be named, and how strong, and no more."""
    return f"A {word(odds)} way to {target.name} leads through your team. Through whom is told when they agree."


CUT_OFF = "The search was cut off for time: there may be better ways."
"""Said of routes where not all were looked at (graph.routes.Ways)."""


def is_old(source: Source, as_of: int) -> bool:
    """Whether a source has seen nothing for so long that a newer export is worth asking for."""
    return source.coverage_until is not None and as_of - source.coverage_until > _OLD


def looked_in(sources: Sequence[Source]) -> str:
    """The sources an answer rests on, and until when they saw."""
    told = [
        f"{source.title} (seen until {on(source.coverage_until)})"
        if source.coverage_until is not None
        else "what you said"
        for source in sources
    ]
    return f"Looked in {', '.join(told)}." if told else "Nothing has been loaded."


def fitted(fit: Fit | None) -> str:
    """By which model odds are computed."""
    return f"Odds fitted to this network on {on(fit.day)}." if fit else "Odds by the model that ships."
