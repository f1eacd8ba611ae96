"""The documents of the TypeScript client in examples/ are valid in the committed schema."""

import re
from pathlib import Path

import graphql
import pytest

from api.graphql.schema import COMMITTED

SOURCES = Path(__file__).parents[2] / "examples" / "typescript-client" / "src"
DOCUMENTS = [
    document
    for path in sorted(SOURCES.glob("*.ts"))
    for document in re.findall(r"graphql\(`(.*?)`\)", path.read_text("utf-8"), re.DOTALL)
]


def test_the_client_has_a_query_and_a_mutation() -> None:
    operations = {document.split()[0] for document in DOCUMENTS}

    assert operations == {"query", "mutation"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_of_the_client_is_valid(document: str) -> None:
    schema = graphql.build_schema(COMMITTED.read_text("utf-8"))

    assert graphql.validate(schema, graphql.parse(document)) == []
