"""Laws of the drafted texts: a sentence about evidence is about a tie of its reader, and claims no more than it."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.answers import Evidence, Person, Route, Step
from graph.days import day_of
from presentation.request_texts import RequestFacts, draft_texts
from tests.graph.worlds import TODAY

NAMES = ("Ada Quill", "Bo Ranft", "Cy Sundel", "Di Tamsin", "Ev Ulmar")
CHANNELS = ("mail", "chat", "meeting", "large_meeting", "call", "linkedin")
MESSAGES = ("mail", "linkedin", "invitation", "chat", "thread")
people = [Person(f"id{number}", name) for number, name in enumerate(NAMES)]
evidence = st.builds(
    Evidence,
    counts=st.dictionaries(st.sampled_from(CHANNELS), st.integers(1, 9_999), max_size=3),
    last_day=st.none() | st.integers(day_of(TODAY) - 2_000, day_of(TODAY)),
)


def step(draw: st.DrawFn, by: Person, towards: Person) -> Step:
    return Step(by, towards, 0.5, draw(evidence), draw(evidence), label_only=draw(st.booleans()))


@st.composite
def routes(draw: st.DrawFn) -> Route:
    """A route from the asker, the first of the people, as graph.introductions.assemble builds it."""
    asker, *others = people
    chain = others[: draw(st.integers(2, 4))]
    *introducers, target = chain
    first = step(draw, introducers[0], asker)
    inner = [step(draw, later, earlier) for earlier, later in pairwise(introducers)]
    to_target = step(draw, introducers[-1], target)
    back = Step(target, introducers[-1], 0.5, to_target.inbound, to_target.outbound, label_only=to_target.label_only)
    is_colleague = draw(st.booleans())
    steps = (*([] if is_colleague else [first]), *inner, to_target, back)
    return Route(tuple(chain), steps, 0.5, colleague=first if is_colleague else None)


@given(routes(), st.text(max_size=40), st.text(max_size=40))
def test_texts_mention_only_ties_of_their_reader_and_claim_no_more_than_the_evidence(
    route: Route, purpose: str, benefit: str
) -> None:
    facts = RequestFacts(purpose, "", benefit)
    texts = draft_texts(route, NAMES[0], facts)
    introducer, contact, target = route.people[0], route.people[1], route.people[-1]

    mentioned = {name for name in NAMES if name in texts.reason}
    assert mentioned <= {contact.name, target.name}
    if contact != target:
        assert f"and {target.name}" not in texts.reason  # nothing about a tie of the contact to the target

    ties = [route.colleague or route.steps[0], route.steps[0 if route.colleague else 1]]
    assert all(introducer in (tie.from_person, tie.to_person) for tie in ties)
    shown = [tie for tie in ties if not tie.label_only]
    largest = sum(count for tie in shown for each in (tie.outbound, tie.inbound) for count in each.counts.values())
    without_years = re.sub(r"the last contact in \w+ \d{4}", "", texts.reason)
    numbers = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", without_years)]
    assert sum(numbers) <= largest
    if not shown:
        assert numbers == []

    assert not {name for name in NAMES if name in texts.note.replace(purpose, "").replace(benefit, "")} - {
        NAMES[0],
        target.name,
    }


@given(routes(), routes())
def test_the_note_does_not_depend_on_evidence(one: Route, other: Route) -> None:
    facts = RequestFacts("I would like to learn from you.")
    notes = {draft_texts(route, NAMES[0], facts).note.replace(route.people[-1].name, "X") for route in (one, other)}

    assert len(notes) == 1
