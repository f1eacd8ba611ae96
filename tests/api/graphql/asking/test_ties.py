"""`tie(from:, to:, asOf:)` and its history."""

from datetime import date
from typing import Any

from graph.derivation.refresh import refresh_network
from graph.networks.registry import find_or_create_network
from tests.api.conftest import TODAY, Ask, Counting

TIE = """
query Tie($from: PersonRef, $to: PersonRef, $asOf: Date) {
  tie(from: $from, to: $to, asOf: $asOf) {
    __typename
    ... on Tie {
      fromPerson { name } toPerson { name } asOf knows strength strengthLabel evidence
      outbound { counts { channel count } firstContact lastContact coverageUntil }
      inbound { counts { channel count } firstContact lastContact coverageUntil }
      history(months: 24) {
        explanation trend askedCount answeredCount
        possibleChanges { event count knows strength strengthLabel }
        weakening { startsOn knows strength strengthLabel }
        months {
          endsOn knows strength strengthLabel
          outbound { counts { channel count } } inbound { counts { channel count } }
        }
      }
    }
  }
}
"""
PAIRS = (("Noor Haddad", None), (None, "Noor Haddad"), ("Claire Dubois", None), ("Rui Tavares", "Jane Okonkwo"))


def named(name: str | None) -> dict[str, Any] | None:
    return name and {"name": {"name": name}}  # type: ignore[return-value]


def near(result: Any) -> Any:
    """The same, with strengths to a billionth."""
    if isinstance(result, dict):
        return {key: near(value) for key, value in result.items()}
    if isinstance(result, list):
        return [near(value) for value in result]
    return round(result, 9) if isinstance(result, float) else result


async def test_as_of_a_day_a_tie_is_what_it_is_in_a_network_moved_there(ask: Ask, sample: Counting) -> None:
    network, _ = await find_or_create_network(sample, "demo", today=TODAY)
    for day in (date(2026, 6, 1), date(2023, 3, 1)):
        answers = [await ask(TIE, **{"from": named(a), "to": named(b), "asOf": day.isoformat()}) for a, b in PAIRS]
        try:
            await refresh_network(sample, network, as_of=day)
            moved = [await ask(TIE, **{"from": named(a), "to": named(b)}) for a, b in PAIRS]
        finally:
            await refresh_network(sample, network, as_of=TODAY)

        assert [answer["data"]["tie"]["asOf"] for answer in answers] == [day.isoformat()] * len(PAIRS)
        assert near(answers) == near(moved)


async def test_the_history_of_a_tie_explains_it(ask: Ask) -> None:
    claire = (await ask(TIE, **{"from": named("Claire Dubois")}))["data"]["tie"]

    history = claire["history"]
    assert (claire["knows"], history["trend"], history["weakening"]) == (False, "no tie now, weak a year ago", None)
    would = "one message from Claire Dubois would create a fair tie"
    assert history["explanation"] == f"{claire['evidence']}; {history['trend']}; {would}"
    assert [month["endsOn"] for month in history["months"]][-2:] == ["2026-10-31", "2026-11-22"]
    assert len(history["months"]) == 24


async def test_the_histories_of_a_page_are_fetched_at_once(ask: Ask, sample: Counting) -> None:
    query = '{ people(search: "m", first: 20) { edges { node { tie { knows history(months: 3) { explanation } } } } } }'
    sample.asked.clear()

    answer = await ask(query)

    assert len(answer["data"]["people"]["edges"]) == 20
    assert sample.asked.count("ties/read_raw_evidence") == sample.asked.count("ties/read_asks") == 1
    assert len(sample.asked) <= 13, sample.asked


async def test_what_nobody_can_know_is_not_asked_for(ask: Ask) -> None:
    day = await ask(TIE, to=named("Noor Haddad"), asOf="2999-01-01")
    months = await ask(
        '{ tie(to: {name: {name: "Noor Haddad"}}) { ... on Tie { history(months: 61) { explanation } } } }'
    )

    assert day["errors"][0]["message"] == "The day is in the future: choose today or an earlier day."
    assert months["errors"][0]["message"] == "`months` is 0 to 60."
    assert {one["errors"][0]["extensions"]["code"] for one in (day, months)} == {"BAD_USER_INPUT"}
