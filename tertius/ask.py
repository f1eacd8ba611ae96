"""`tertius who`: asked, printed, and told to programs by the exit code."""

from datetime import date

from api.answers import answered
from api.days import today
from api.words import on
from graph.answers import AlreadyKnown, AmbiguousTarget, Answer, Introductions, Refusal
from graph.days import date_of, day_of
from graph.introductions.answer import introductions
from graph.introductions.colleagues import Colleagues, colleagues
from graph.lookup.resolve import Target
from graph.privacy.audit_log import Asked, note
from tertius import show, terminal
from tertius.home import Home

ROUTES, REFUSED, AMBIGUOUS, UNKNOWN = 0, 3, 4, 5


async def ask(
    home: Home,
    target: str,
    *,
    team: bool = False,
    limit: int = 5,
    max_introducers: int = 2,
    as_of: date | None = None,
    details: bool = False,
    as_json: bool = False,
) -> int:
    """Answer and print, as of another day where one is named; the exit code. With `team` also which colleagues know."""
    viewer = home.viewer.on(day_of(as_of)) if as_of else home.viewer
    found = await introductions(
        home.graph,
        viewer,
        target,
        team=team,
        limit=limit,
        max_introducers=max_introducers,
        seconds=home.search_seconds,
        then=home.state if as_of else None,
    )
    known = Colleagues()
    if team and isinstance(found, Introductions | AlreadyKnown | Refusal):
        known = await colleagues(home.graph, viewer, Target(found.target, found.same))
    if isinstance(found, Introductions | AlreadyKnown | Refusal):
        await note(home.graph, home.state, home.member, Asked.INTRODUCTIONS, [found.target.id])
    sources = home.state.in_view(home.member)
    if as_json:
        fit = home.state.fit
        terminal.data({**answered(found, viewer, sources, known.acts), "fitted": fit and date_of(fit.day).isoformat()})
    else:
        terminal.lines(show.answer(found, viewer=viewer, sources=sources, details=details))
        terminal.lines(show.colleagues(known.acts, viewer, details=details))
        if home.state.fit:
            terminal.line(show.fitted(home.state.fit))
        if home.state.unsettled:
            terminal.line("The network is being brought up to date; ask again in a while.")
        elif not as_of and viewer.as_of < day_of(today()):
            terminal.line(f"This is as of {on(viewer.as_of)}; `tertius refresh` brings it to today.")
    return _code(found)


def _code(found: Answer) -> int:
    match found:
        case Introductions() | AlreadyKnown():
            return ROUTES
        case Refusal():
            return REFUSED
        case AmbiguousTarget():
            return AMBIGUOUS
    return UNKNOWN
