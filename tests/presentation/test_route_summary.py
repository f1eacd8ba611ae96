"""The sentence about a route names each step once, with its direction and its own label."""

from hypothesis import given
from hypothesis import strategies as st

from graph.answers import Evidence, Person, Route, Step
from presentation.sentences import route_summary, strength_label

PEOPLE = [Person(name.lower(), name) for name in ("Ana", "Ben", "Cleo", "Dan", "Eva")]
strengths = st.floats(0, 1)


def step(by: Person, towards: Person, strength: float) -> Step:
    return Step(by, towards, strength, Evidence(), Evidence())


@given(st.integers(1, 3), st.lists(strengths, min_size=5, max_size=5), st.booleans())
def test_each_step_is_named_once_with_its_own_label(introducers: int, drawn: list[float], colleague: bool) -> None:
    asker, *people = PEOPLE[: introducers + 2]
    pairs = [*zip(people[:-1], (asker, *people), strict=False), (people[-2], people[-1]), (people[-1], people[-2])]
    steps = [step(by, towards, strength) for (by, towards), strength in zip(pairs, drawn, strict=False)]
    first, *others = steps
    route = Route(tuple(people), tuple(others if colleague else steps), 0.5, colleague=first if colleague else None)

    clauses = route_summary(route).removesuffix(".").replace("; ", ". ").split(". ")

    named = [
        f"{one.from_person.name} to {'you' if one.to_person is asker else one.to_person.name}: "
        f"{strength_label(one.strength)}"
        for one in route.steps
    ]
    assert clauses == ([f"{people[0].name}: colleague"] if colleague else []) + named
    assert len({clause.partition(":")[0] for clause in clauses}) == len(clauses)
