"""Answers as messages: cards, menus and sentences, at most five routes."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, Option, StaticSelectElement

from api.slack.rendering.actions import (
    ASK,
    CHOOSE,
    DISMISS,
    NOT_ACQUAINTED,
    NUMBER_SEPARATOR,
    REQUEST_INTRODUCTION,
    SHOW_ROUTE,
    RouteValue,
)
from api.slack.rendering.messages import Message, button, buttons, card, context, plain, section
from graph.answers import (
    AlreadyKnown,
    AmbiguousTarget,
    Candidate,
    Introductions,
    Person,
    PossibleConnector,
    Refusal,
    Route,
    Step,
    UnknownTarget,
)
from graph.names.name_order import given_name
from graph.viewer import Viewer
from operations.ask import Reply
from presentation import sentences
from presentation.request_sentences import stamp_note

_MAX_CARDS = 5
_MAX_OPTION = 75


class AnswerMessage:
    """The message for one reply.

    `team` says whether the search also started at colleagues, `can_search_team` whether there are any, and `can_state`
    whether the viewer may make statements.
    """

    def __init__(self, reply: Reply, *, team: bool, can_search_team: bool, can_state: bool) -> None:
        self._reply = reply
        self._viewer: Viewer = reply.viewer
        self._team = team
        self._can_search_team = can_search_team and not team
        self._can_state = can_state

    def message(self, *, replaces: bool = False) -> Message:
        """The message. With `replaces` it takes the place of the one that was clicked."""
        match self._reply.answer:
            case Introductions() as answer:
                text, blocks = self._introductions(answer)
            case AlreadyKnown() as answer:
                text, blocks = self._already_known(answer)
            case Refusal() as answer:
                text, blocks = self._refusal(answer)
            case AmbiguousTarget() as answer:
                text, blocks = self._ambiguous(answer.candidates)
            case UnknownTarget() as answer:
                text, blocks = self._unknown(answer)
        return Message(text, tuple(blocks), replaces)

    def _introductions(self, answer: Introductions) -> tuple[str, Iterator[Block]]:
        target = sentences.name_with_job(answer.target)
        heading = f"People who can introduce you to {target}, the highest score first:" if answer.routes else target
        return self._text(heading, answer.routes), self._with_routes(heading, answer)

    def _already_known(self, answer: AlreadyKnown) -> tuple[str, Iterator[Block]]:
        advice = (
            "knows you, but cannot be reached"
            if answer.tie.unreachable
            else "knows you, but you had no contact for over 18 months"
            if answer.tie.is_asleep
            else "knows you: ask directly"
        )
        heading = (
            f"{sentences.name_with_job(answer.target)} {advice}. "
            f"Tie strength: {self._strength_and_evidence(answer.tie)}."
        )
        if answer.routes:
            stated = "rests on your statement only" if answer.tie.outbound.is_only_stated else "is weak"
            heading += "" if answer.tie.is_asleep else f" That tie {stated}."
            heading += (
                " Routes through other people:" if answer.tie.is_asleep else " Stronger routes through other people:"
            )
        return self._text(heading, answer.routes), self._with_routes(heading, answer)

    def _with_routes(self, heading: str, answer: Introductions | AlreadyKnown) -> Iterator[Block]:
        yield section(heading)
        for route in answer.routes[:_MAX_CARDS]:
            yield self._card(route)
        notes = [
            sentences.low_score_routes_note(answer.low_score_routes, listed=len(answer.routes)),
            None
            if answer.withheld_strength is None
            else sentences.withheld_message(answer.withheld_strength, answer.target),
            None if answer.is_complete else sentences.INCOMPLETE_NOTE,
        ]
        yield from (section(note) for note in notes if note)
        if answer.withheld_strength is not None:
            value = RouteValue(answer.target.id, team=self._team).encode()
            yield ActionsBlock(elements=[button("Ask this colleague", REQUEST_INTRODUCTION, value)])
        yield from self._asleep(answer)
        yield from self._end(answer.target)

    def _asleep(self, answer: Introductions | AlreadyKnown | Refusal) -> Iterator[Block]:
        for heading, are_unreachable in ((sentences.ASLEEP_HEADING, False), (sentences.UNREACHABLE_HEADING, True)):
            viewer_id = self._viewer.person_id or ""
            lines = [
                f"{sentences.name_with_job(each.person)}. {sentences.asleep_note(each.tie, viewer_id)}"
                for each in answer.asleep_introducers
                if (each.tie.unreachable is not None) is are_unreachable
            ]
            if lines:
                yield section("\n".join((heading, *lines)))

    def _card(self, route: Route) -> Block:
        first, target = route.people[0], route.people[-1]
        value = RouteValue(target.id, first.id, self._team).encode()
        elements = [
            button("Request introduction", REQUEST_INTRODUCTION, value, primary=True),
            button("Show route", SHOW_ROUTE, value),
        ]
        if self._can_state and not route.colleague:
            elements.append(button(f"I don't know {given_name(first.name)}", NOT_ACQUAINTED, value))
        tie = route.colleague or route.steps[0]
        note = stamp_note(route.stamp)
        body = f"{first.name}: {note}. {self._evidence(tie)}" if note else self._evidence(tie)
        if more := sentences.dominated_routes_note(route):
            body = f"{body} {more}"
        return card(f"Ask {sentences.name_with_job(first)}", sentences.route_summary(route), body, elements)

    def _refusal(self, answer: Refusal) -> tuple[str, Iterator[Block]]:
        heading = f"{sentences.refusal_message(answer)} {answer.suggestion}"

        def blocks() -> Iterator[Block]:
            yield section(heading)
            if note := sentences.low_score_routes_note(answer.low_score_routes, listed=0):
                yield section(note)
            yield from self._asleep(answer)
            yield from self._connectors(answer.possible_connectors)
            yield from self._end(answer.target)

        return heading, blocks()

    def _ambiguous(self, candidates: Sequence[Candidate]) -> tuple[str, Iterator[Block]]:
        heading = "Several people match this name. Choose one:"
        options = [self._option(candidate) for candidate in candidates]
        menu = StaticSelectElement(action_id=CHOOSE, placeholder=plain("Choose a person", 150), options=options)
        return heading, iter((section(heading), ActionsBlock(elements=[menu])))

    def _option(self, candidate: Candidate) -> Option:
        last = candidate.last_contact
        contact = "No contact" if last is None else f"Last contact {sentences.format_day(last)}"
        return Option(
            text=plain(sentences.name_with_job(candidate.person), _MAX_OPTION),
            value=candidate.person.id,
            description=plain(contact, _MAX_OPTION),
        )

    def _unknown(self, answer: UnknownTarget) -> tuple[str, Iterator[Block]]:
        people = [answer.only_candidate.person] if answer.only_candidate else list(answer.similar_people)
        question = sentences.did_you_mean(answer.similar_people)
        heading = f"{answer.message} {question}".strip()

        def blocks() -> Iterator[Block]:
            yield section(heading)
            if people:
                yield buttons(*(self._ask_button(number, person) for number, person in enumerate(people[:_MAX_CARDS])))
            yield from self._connectors(answer.possible_connectors)

        return heading, blocks()

    def _connectors(self, connectors: Sequence[PossibleConnector]) -> Iterator[Block]:
        if connectors:
            lines = [
                f"{connector.person.name}, {' at '.join(filter(None, (connector.title, connector.company)))}: "
                f"{self._strength_and_evidence(connector.tie)}"
                for connector in connectors[:_MAX_CARDS]
            ]
            yield section("\n".join(("Possible connectors, who may know the target:", *lines)))

    def _end(self, target: Person) -> Iterator[Block]:
        elements = [button("Not now", DISMISS)]
        if self._can_search_team:
            value = RouteValue(target.id, team=True).encode()
            elements.insert(0, button("Search through colleagues too", ASK, value))
        yield buttons(*elements)
        day = sentences.format_day(self._viewer.as_of)
        yield context(f"Only you see this. As of {day}. {sentences.sources_note(self._reply.sources)}")

    def _ask_button(self, number: int, person: Person) -> ButtonElement:
        value = RouteValue(person.id, team=self._team).encode()
        return button(f"Ask about {person.name}", f"{ASK}{NUMBER_SEPARATOR}{number}", value)

    def _text(self, heading: str, routes: Sequence[Route]) -> str:
        lines = [
            f"{number}. Ask {sentences.name_with_job(route.people[0])}. {sentences.route_summary(route)}"
            for number, route in enumerate(routes[:_MAX_CARDS], 1)
        ]
        return "\n".join((heading, *lines))

    def _strength_and_evidence(self, step: Step) -> str:
        return f"{sentences.strength_label(step.strength)}, {self._evidence(step)}"

    def _evidence(self, step: Step) -> str:
        return sentences.evidence_text(step, self._viewer.as_of, self._viewer.person_id or "")


def route_message(route: Route, viewer: Viewer) -> Message:
    """Every step of a route with its evidence, and a message to forward."""
    viewer_id = viewer.person_id or ""
    names = [person.name for person in route.people]
    lines = [f"Route: you, {', '.join(names)}."]
    if route.colleague:
        lines.append(
            f"{names[0]} is your colleague: {sentences.evidence_text(route.colleague, viewer.as_of, viewer_id)}."
        )
    for step in route.steps[:-1]:
        by, towards = (sentences.name_or_you(person, viewer_id) for person in (step.from_person, step.to_person))
        label = sentences.strength_label(step.strength)
        lines.append(f"{by} to {towards}: {label}. {sentences.evidence_text(step, viewer.as_of, viewer_id)}.")
    response = route.steps[-1]
    label = sentences.strength_label(response.strength)
    lines.append(f"{response.from_person.name} to {response.to_person.name}: {label}.")
    if note := sentences.no_answer_note(route):
        lines.append(note)
    text = "\n".join(lines)
    forward = f"Message to forward:\n{sentences.message_to_forward(route)}"
    return Message(f"{text}\n{forward}", (section(text), section(forward)))
