"""Tests of the bound that decides which strengths of earlier days are computed, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from graph.answers import Person
from graph.insights.contacts import Contact
from graph.insights.listed_people import ListedPerson
from graph.insights.measures.strength_bounds import possibly_strong
from graph.strength.model import model

TODAY = 20_000
LEAST = 0.75
amounts = st.dictionaries(st.integers(TODAY - 900, TODAY), st.floats(0.1, 6), max_size=12)


@given(evidence=amounts, answered=st.integers(0, 40), unanswered=st.integers(0, 9), end=st.integers(-400, 0))
def test_no_strong_tie_is_left_out(evidence: dict[int, float], answered: int, unanswered: int, end: int) -> None:
    coverage, on = {"mail": TODAY + end, "undated": None}, TODAY - 90
    inwards = Contact(amounts=(("mail", sorted(evidence), [evidence[day] for day in sorted(evidence)]),))
    one = ListedPerson(Person("ben", "Ben"), None, (), inwards=inwards)

    strong = possibly_strong([one], [on], model(), coverage, {"ben": answered + unanswered}, least=LEAST)

    known = [(day, weight) for day, weight in evidence.items() if day <= on]
    contact = model().contact_sum(known, on=min(on, TODAY + end))
    if model().strength(contact, got=answered + unanswered, answered=answered) >= LEAST:
        assert strong == {"ben"}


def test_a_weak_tie_is_left_out() -> None:
    def person(id: str, *days: int) -> ListedPerson:
        return ListedPerson(Person(id, id), None, (), inwards=Contact(amounts=(("mail", days, [1.0] * len(days)),)))

    busy, rare = person("busy", *range(TODAY - 20, TODAY)), person("rare", TODAY - 300)
    later = person("later", *range(TODAY + 1, TODAY + 20))

    assert possibly_strong([busy, rare, later], [TODAY], model(), {"mail": TODAY}, {}, least=LEAST) == {"busy"}
    assert possibly_strong([], [TODAY], model(), {}, {}, least=LEAST) == frozenset()
