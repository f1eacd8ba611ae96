"""The answers of the tools, by the use cases that all surfaces share. The objects are those of the GraphQL schema."""

from datetime import date

from api.mcp.arguments import (
    Arguments,
    CompanyArguments,
    FadingTiesArguments,
    IntroductionsArguments,
    InvalidToolArgument,
    PersonArguments,
    RequestStatusArguments,
    TargetListArguments,
    TieArguments,
)
from graph.days import date_of
from graph.insights.fading import list_fading_ties
from graph.introductions.as_of import why_not_as_of
from graph.lookup.resolve import ResolvedTarget
from graph.requests.states import RequestRole, RequestStatus
from graph.requests.suggestions import suggest_outcomes
from operations.ask import ask
from operations.questions import companies, people, ties
from operations.requests.reading import list_requests
from operations.session import Session
from operations.target_lists import answer_rows
from presentation import answer_json
from presentation.dates import today
from presentation.request_json import request_data
from presentation.target_list_json import target_list_data
from sources.tables.target_list import list_of_targets


async def introductions_result(session: Session, arguments: IntroductionsArguments) -> answer_json.Data:
    """The routes to the target, or why there is none."""
    team, most = arguments.start == "TEAM", arguments.max_introducers
    if arguments.as_of is not None:
        _check_day(why_not_as_of(arguments.as_of, today=today(), max_introducers=most, team=team))
    reply = await ask(
        session,
        arguments.target,
        team=team,
        limit=arguments.limit,
        max_introducers=most,
        as_of=arguments.as_of,
        through_tag=arguments.through_tag,
    )
    return answer_json.answer_data(reply.answer, reply.viewer, reply.sources)


async def person_result(session: Session, arguments: PersonArguments) -> answer_json.Data:
    """The person whom the reference means."""
    resolved = await people.resolve_person_reference(session, arguments.person)
    if isinstance(resolved, ResolvedTarget):
        return answer_json.person_data(resolved.person)
    return answer_json.unresolved_data(resolved, session.viewer)


async def tie_result(session: Session, arguments: TieArguments) -> answer_json.Data:
    """The tie of one person to another, with its history."""
    if arguments.as_of is not None:
        newest: date = max(today(), date_of(session.viewer.as_of))
        _check_day(why_not_as_of(arguments.as_of, today=newest))
    ends = await ties.resolve_ends(session, arguments.from_, arguments.to)
    if not isinstance(ends, list):
        return answer_json.unresolved_data(ends, session.viewer)
    pair = (ends[0], ends[1])
    (reply,) = await ties.explain_ties(session, [pair], as_of=arguments.as_of, month_count=arguments.months)
    return answer_json.tie_data(reply.step, reply.history, reply.months, session.viewer, knows=reply.knows)


async def company_result(session: Session, arguments: CompanyArguments) -> answer_json.Data:
    """The people at a company whom the viewer knows or can reach."""
    reply = await companies.ask_about_company(
        session,
        name=arguments.name or "",
        domain=arguments.domain or "",
        team=arguments.start == "TEAM",
        limit=arguments.first,
        max_introducers=arguments.max_introducers,
    )
    return answer_json.company_data(
        reply.name, reply.contacts, reply.reachable, reply.similar, reply.people_count, session.viewer
    )


async def target_list_result(session: Session, arguments: TargetListArguments) -> answer_json.Data:
    """The best introducer for each target."""
    targets = list_of_targets(arguments.targets)
    answered = await answer_rows(
        session,
        targets,
        team=arguments.start == "TEAM",
        max_introducers=arguments.max_introducers,
        seconds=session.search_seconds,
    )
    data = target_list_data(targets, answered, session.viewer)
    for row in data["targets"]:
        if row["route"]:
            del row["route"]["introducerAddress"]
    return data


async def fading_ties_result(session: Session, arguments: FadingTiesArguments) -> answer_json.Data:
    """The ties to the viewer that will weaken without new contact."""
    fading = await list_fading_ties(session.graph, session.state, session.viewer, within=arguments.within)
    listed = fading[: arguments.first]
    return {"fadingTies": [answer_json.fading_tie_data(each, session.viewer) for each in listed]}


async def requests_result(session: Session, arguments: RequestStatusArguments) -> answer_json.Data:
    """The introduction requests of which the viewer is a party, without the messages to send, which have addresses."""
    role = None if arguments.role is None else RequestRole[arguments.role]
    status = None if arguments.status is None else RequestStatus[arguments.status]
    requests = await list_requests(session, role=role, status=status)
    listed = requests[: arguments.first]
    suggestions = await suggest_outcomes(session.graph, session.viewer, listed)
    shown = [request_data(request, None, suggestions.get(request.id)) for request in listed]
    for request in shown:
        del request["nextMessage"]
    return {"introductionRequests": shown}


async def sources_result(session: Session, _: Arguments) -> answer_json.Data:
    """The sources visible to the viewer, with the viewer's own that are not ready."""
    state, viewer = session.state, session.viewer
    listed = state.listed_sources(viewer.member)
    return {
        "asOf": answer_json.day_text(viewer.as_of),
        "isUpToDate": not state.needs_recovery,
        "sources": [answer_json.source_data(source, viewer) for source in listed],
    }


def _check_day(objection: str | None) -> None:
    if objection:
        raise InvalidToolArgument(objection)
