"""Names as directories write them: `Last, First`, with titles, suffixes and remarks."""

import pytest

from graph.names.keys import fold_name, person_name
from graph.names.name_order import given_name

NAMES = [
    # as it is written, as it is shown, as it is compared, as the person is greeted
    ("van Dijk, Els", "Els van Dijk", "els van dijk", "Els"),
    ("VAN DIJK, ELS", "ELS VAN DIJK", "els van dijk", "Els"),
    ("VAN DIJK Els", "VAN DIJK Els", "van dijk els", "Els"),
    ("Smith, John Q.", "John Q. Smith", "john q smith", "John"),
    ("Weber, Jan (EXT)", "Jan Weber (EXT)", "jan weber", "Jan"),
    ("Petersen, Ole [Contractor]", "Ole Petersen [Contractor]", "ole petersen", "Ole"),
    ("Okonkwo, Jane - EXT", "Jane Okonkwo - EXT", "jane okonkwo", "Jane"),
    ("'Duo, Yves'", "Yves Duo", "yves duo", "Yves"),
    ("Smith, John Jr.", "John Smith Jr.", "john smith jr", "John"),
    ("Lee, Jr., Tom", "Tom Lee Jr.", "tom lee jr", "Tom"),
    ("Müller-Lüdenscheidt, Hans Peter", "Hans Peter Müller-Lüdenscheidt", "hans peter muller ludenscheidt", "Hans"),
    ("de la Cruz, María José", "María José de la Cruz", "maria jose de la cruz", "María"),
    ("García Márquez, Gabriel", "Gabriel García Márquez", "gabriel garcia marquez", "Gabriel"),
    ("Prof. Dr. Weiß, Karl", "Prof. Dr. Karl Weiß", "prof dr karl weiss", "Karl"),
    ("Smith, John, PhD", "John Smith, PhD", "john smith", "John"),
    ("Ana Silva, Ph.D., CFA", "Ana Silva, Ph.D., CFA", "ana silva", "Ana"),
    ("Lee, Ma", "Ma Lee", "ma lee", "Ma"),
    ("DOE JOHN", "DOE JOHN", "doe john", "John"),
    ("J. Robert Smith", "J. Robert Smith", "j robert smith", "Robert"),
    ("Jane Okonkwo (she/her)", "Jane Okonkwo (she/her)", "jane okonkwo", "Jane"),
    ("Nguyễn Văn An", "Nguyễn Văn An", "nguyen van an", "An"),
    ("山田 太郎", "山田 太郎", "山田 太郎", "太郎"),
    ("Holm, Dr. med. Anna", "Dr. med. Anna Holm", "dr med anna holm", "Anna"),
    ("Brown, MD, Kate", "Kate Brown, MD", "kate brown", "Kate"),
    ("Okafor, Ada, Acme", "Ada Okafor - Acme", "ada okafor acme", "Ada"),
    ("Ek, Ana Consultant", "Ana Consultant Ek", "ana consultant ek", "Ana"),
    ("Lima, Jose Carlos da", "Jose Carlos da Lima", "jose carlos da lima", "Jose"),
    ("brink, ada", "ada brink", "ada brink", "Ada"),
    ("李, 明", "李 明", "李 明", "明"),
    ("Иванов Сергей Петрович", "Иванов Сергей Петрович", "иванов сергеи петрович", "Сергей"),
    # no family name before the comma, and nothing is lost
    ("Jane Okonkwo, Head of Sales", "Jane Okonkwo, Head of Sales", "jane okonkwo head of sales", "Jane"),
    ("Ada Brink, Acme GmbH", "Ada Brink, Acme GmbH", "ada brink acme gmbh", "Ada"),
    ("Acme, Inc.", "Acme, Inc.", "acme inc", "Acme"),
]


@pytest.mark.parametrize(("written", "shown", "compared", "greeted"), NAMES)
def test_a_name_has_its_parts_in_the_order_of_speech(written: str, shown: str, compared: str, greeted: str) -> None:
    assert person_name(written) == shown
    assert fold_name(written) == fold_name(shown) == compared
    assert given_name(shown) == given_name(written) == greeted


@pytest.mark.parametrize("text", ["", ",", " , ", "(EXT)", "((((", "-", "a@b.example", "," * 200, "(" * 200])
def test_any_text_is_a_name_of_some_form(text: str) -> None:
    assert isinstance(given_name(text), str)
    assert fold_name(person_name(text)) == fold_name(text)
