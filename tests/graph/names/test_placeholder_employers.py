"""What people write as their employer where they have none is no company."""

from datetime import date

import pytest

from graph.ingest.collect import collect_records
from graph.names.keys import company_key
from graph.records import Handle, HandleKind, Job, PersonMention
from graph.strength.model import model

PLACEHOLDERS = ["Self-employed", "SELF EMPLOYED", "Freelance", "Stealth Startup", "Confidential", "Retired", "N/A", "-"]
TRANSLATIONS = [
    "selbstständig",
    "Freiberufler",
    "Indépendant",
    "Autónomo",
    "Libero professionista",
    "ZZP",
    "фриланс",
    "自営業",
]
COMPANIES = [
    "Freelancer.com",
    "Stealth Robotics GmbH",
    "Confidential Data Inc",
    "The Retired Bakery",
    "Self Storage Ltd",
]


@pytest.mark.parametrize("name", PLACEHOLDERS + TRANSLATIONS)
def test_a_placeholder_is_no_employer(name: str) -> None:
    person = PersonMention((Handle(HandleKind.EMAIL, "a@a.example"),), "Ana Ek")

    load = collect_records([Job(person, name, "Baker", None, None, "connections")], model(), today=date(2026, 1, 1))

    assert company_key(name) == ""
    assert not load.facts


@pytest.mark.parametrize("name", COMPANIES)
def test_a_company_with_such_a_word_in_its_name_is_a_company(name: str) -> None:
    assert company_key(name)
