"""The JSON of the command line is the object that GraphQL returns."""

from typing import Any

import graphql
import pytest

from graph.insights.fading import list_fading_ties
from graph.introductions.companies import reachable_people
from graph.lookup.possible_connectors import find_company_contacts
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from operations.ask import ask as answer_question
from operations.insights.planning import plan_target_list
from operations.questions.ties import explain_ties
from operations.session import Session
from presentation.answer_json import answer_data, company_data, fading_tie_data, tie_data
from presentation.insights.plans import plan_data
from sources.tables.target_list import list_of_targets
from tests.api.conftest import TODAY, Ask, Counting
from tests.api.documents import SCHEMA

ON_REQUEST = {("Person", "tie"), ("Person", "identities"), ("Tie", "history")}
"""Fields that GraphQL reads only where a document asks for them."""


def fragments(field: str, arguments: str, left_out: set[tuple[str, str]], variables: str = "($ref: PersonRef!)") -> str:
    """A query for a field of the schema with all that it returns, each type of it a fragment."""
    assert SCHEMA.query_type is not None
    kind = graphql.get_named_type(SCHEMA.query_type.fields[field].type)
    texts: dict[str, str] = {}

    def spread(plain: graphql.GraphQLNamedType) -> str:
        if isinstance(plain, graphql.GraphQLUnionType):
            return f" {{ __typename {' '.join(f'... on {one.name}{spread(one)}' for one in plain.types)} }}"
        if not isinstance(plain, graphql.GraphQLObjectType):
            return ""
        if plain.name not in texts:
            texts[plain.name] = ""
            inner = [
                f"{name}{spread(graphql.get_named_type(one.type))}"
                for name, one in plain.fields.items()
                if (plain.name, name) not in left_out
            ]
            texts[plain.name] = f"fragment F{plain.name} on {plain.name} {{ __typename {' '.join(inner)} }}"
        return f" {{ ...F{plain.name} }}"

    body = spread(kind)
    return f"query Q{variables} {{ {field}({arguments}){body} }} {' '.join(texts.values())}"


TARGETS = (
    ("Jane Okonkwo", "Introductions"),
    ("Grace Mwangi", "Introductions"),
    ("Wei Chen", "AmbiguousTarget"),
    ("Priya Raman", "AlreadyKnown"),
    ("Helena Brandt", "Refusal"),
    ("Ulrike Neumann", "Refusal"),
    ("Sofie Falk at Northwind Grid", "UnknownTarget"),
)


@pytest.mark.parametrize(("target", "kind"), TARGETS, ids=[target for target, _ in TARGETS])
async def test_an_answer_is_the_same_object_both_ways(ask: Ask, sample: Counting, target: str, kind: str) -> None:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    state = await read_state(sample, network)
    name, _, company = target.partition(" at ")
    ref = {"name": {"name": name, "company": company or None}}

    by_graphql = await ask(fragments("introductions", "to: $ref", ON_REQUEST), ref=ref)
    reply = await answer_question(Session(sample, state, build_viewer(state, member)), target)
    by_command = answer_data(reply.answer, reply.viewer, reply.sources)

    assert "errors" not in by_graphql
    assert by_command["__typename"] == kind
    assert by_command == by_graphql["data"]["introductions"]


async def test_a_tie_is_the_same_object_both_ways(ask: Ask, sample: Counting) -> None:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    state = await read_state(sample, network)
    me = build_viewer(state, member)
    document = fragments("tie", "from: $ref", ON_REQUEST - {("Tie", "history")})

    by_graphql: Any = (await ask(document, ref={"name": {"name": "Noor Haddad"}}))["data"]["tie"]
    ends = by_graphql["fromPerson"]["id"], by_graphql["toPerson"]["id"]
    (reply,) = await explain_ties(Session(sample, state, me), [ends])
    by_command = tie_data(reply.step, reply.history, reply.months, me, knows=reply.knows)

    assert by_command == by_graphql


async def test_a_tie_to_somebody_who_is_unreachable_is_not_called_asleep(ask: Ask, sample: Counting) -> None:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    state = await read_state(sample, network)
    me = build_viewer(state, member)
    document = fragments("tie", "from: $ref", ON_REQUEST - {("Tie", "history")})

    by_graphql: Any = (await ask(document, ref={"name": {"name": "Tobias Reuter"}}))["data"]["tie"]
    assert (by_graphql["knows"], by_graphql["isAsleep"], by_graphql["isUnreachable"]) == (True, False, True)
    assert "was returned on" in by_graphql["evidence"]
    session = Session(sample, state, me)
    (reply,) = await explain_ties(session, [(by_graphql["fromPerson"]["id"], by_graphql["toPerson"]["id"])])
    assert tie_data(reply.step, reply.history, reply.months, me, knows=reply.knows) == by_graphql

    answer = await ask(fragments("introductions", "to: $ref", ON_REQUEST), ref={"name": {"name": "Tobias Reuter"}})
    step = answer["data"]["introductions"]["step"]
    assert (step["isAsleep"], step["isUnreachable"]) == (False, True)
    assert step["evidence"] == by_graphql["evidence"]


async def test_fading_ties_and_companies_are_the_same_objects_both_ways(ask: Ask, sample: Counting) -> None:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    state = await read_state(sample, network)
    me = build_viewer(state, member)

    ties = await ask(fragments("fadingTies", "within: 90, first: 50", ON_REQUEST, ""))
    company = await ask(fragments("company", 'name: "Northwind Grid"', ON_REQUEST, ""))

    fading = await list_fading_ties(sample, state, me, within=90)
    contacts = await find_company_contacts(sample, me, "Northwind Grid")
    reachable = await reachable_people(sample, me, name="Northwind Grid", limit=5)
    assert ties["data"]["fadingTies"] == [fading_tie_data(tie, me) for tie in fading][:50] != []
    assert company["data"]["company"] == company_data(
        "Northwind Grid", contacts, reachable, (), company["data"]["company"]["peopleCount"], me
    )
    assert contacts.present
    assert reachable.people


async def test_a_plan_is_the_same_object_both_ways(ask: Ask, sample: Counting) -> None:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    state = await read_state(sample, network)
    me = build_viewer(state, member)
    targets = ["Jane Okonkwo", "Grace Mwangi", "Priya Raman", "Helena Brandt", "Wei Chen", "Nobody Atall"]
    listed = " ".join(f'"{target}"' for target in targets)

    by_graphql = await ask(fragments("assignIntroductions", f"targets: [{listed}]", ON_REQUEST, ""))

    planned = await plan_target_list(Session(sample, state, me), list_of_targets(targets))
    by_command = plan_data(planned, list_of_targets(targets), me)
    assert "errors" not in by_graphql
    assert by_graphql["data"]["assignIntroductions"] == by_command
    assert [row["coverage"] for row in by_command["targets"]] == [
        "ASSIGNED",
        "ASSIGNED",
        "KNOWN",
        "NO_ROUTE",
        "AMBIGUOUS",
        "UNKNOWN",
    ]
