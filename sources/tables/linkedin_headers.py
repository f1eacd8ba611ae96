"""Recognise the tables of a LinkedIn export by their headers.

The module is here, beside `sheets`, because a sheet must not be a table of LinkedIn's.
"""

from collections.abc import Iterable
from functools import cache
from itertools import islice

from sources.archives.files import File
from sources.tables.csv_table import MAX_ROW_LENGTH, CsvRow, CsvTable, TableKind, column_key, find_table

_MAX_MESSAGE_LENGTH = 16_000_000

# The required columns of each table, in every version that LinkedIn has exported. Recommendations given and received
# share one header: only the name of the file distinguishes them.
_HEADERS = (
    ("connections", "First Name, Last Name, Connected On"),
    ("messages", "Conversation ID, From, To, Date, Content"),
    ("messages", "From, To, Date, Subject, Content, Direction"),
    ("invitations", "From, To, Sent At, Message, Direction"),
    ("endorsements given", "Endorsement Date, Endorsee First Name, Endorsee Last Name"),
    ("endorsements received", "Endorsement Date, Endorser First Name, Endorser Last Name"),
    ("recommendations", "First Name, Last Name, Job Title, Text, Creation Date"),
    ("profile", "First Name, Last Name, Headline"),
    ("emails", "Email Address, Confirmed, Primary"),
    ("positions", "Company Name, Title, Started On, Finished On"),
    ("education", "School Name, Start Date, End Date"),
    ("job applications", "Application Date, Company Name, Job Title"),
    ("saved jobs", "Saved Date, Job Title"),
    ("company follows", "Organization, Followed On"),
    ("reactions", "Date, Type, Link"),
    ("imported contacts", "First Name, Last Name, Emails, Phone Numbers, Created At, Bookmarked At"),
)


_PROFILE = (
    "First Name, Last Name, Maiden Name, Address, Birth Date, Contact Instructions, Headline, Summary, Industry, "
    "Association, Zip Code, Geo Location, Twitter Handles, Websites, Instant Messengers"
)
"""The columns of a profile in every version. A table of people with other columns is another list."""
_NAMES = "Name, Full Name, First Name, Last Name, Candidate Name, Contact Name"
"""The columns that the owner's own addresses and positions do not have."""
DELIMITERS = ",;\t|"
_MAX_PROFILE_ROWS = 5


def find_linkedin_table(file: File) -> CsvTable | None:
    """The table in this file, by its first rows; None if it is not LinkedIn's."""
    table = find_table(file, _recognise, delimiters=DELIMITERS)
    return None if table and table.kind.name == "profile" and _has_several_names(table) else table


def _has_several_names(table: CsvTable) -> bool:
    rows = (row for row in islice(table.rows(), _MAX_PROFILE_ROWS) if isinstance(row, CsvRow))
    return len({(row["First Name"], row["Last Name"]) for row in rows}) > 1


def _recognise(columns: dict[str, int]) -> TableKind | None:
    for name, required in _required_columns():
        if columns.keys() >= required and _has_only_own_columns(name, columns):
            max_length = _MAX_MESSAGE_LENGTH if name == "messages" else MAX_ROW_LENGTH
            return TableKind(name, max(columns[column] for column in required), max_length)
    return None


def _has_only_own_columns(name: str, columns: Iterable[str]) -> bool:
    """Whether a table about the owner has no column that a list of other people has."""
    if name == "profile":
        return _keys(_PROFILE).issuperset(filter(None, columns))
    return name not in {"emails", "positions", "education"} or _keys(_NAMES).isdisjoint(columns)


@cache
def _required_columns() -> list[tuple[str, frozenset[str]]]:
    return [(name, _keys(header)) for name, header in _HEADERS]


@cache
def _keys(header: str) -> frozenset[str]:
    return frozenset(map(column_key, header.split(",")))
