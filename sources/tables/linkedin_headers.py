"""Recognise the tables of a LinkedIn export by their headers.

The module is here, beside `sheets`, because a sheet must not be a table of LinkedIn's.
"""

from functools import cache

from sources.archives.files import File
from sources.tables.csv_table import MAX_ROW_LENGTH, CsvTable, TableKind, column_key, find_table

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
)


def find_linkedin_table(file: File) -> CsvTable | None:
    """The table in this file, by its first rows; None if it is not LinkedIn's."""
    return find_table(file, _recognise)


def _recognise(columns: dict[str, int]) -> TableKind | None:
    for name, required in _required_columns():
        if columns.keys() >= required:
            max_length = _MAX_MESSAGE_LENGTH if name == "messages" else MAX_ROW_LENGTH
            return TableKind(name, max(columns[column] for column in required), max_length)
    return None


@cache
def _required_columns() -> list[tuple[str, frozenset[str]]]:
    return [(name, frozenset(map(column_key, header.split(",")))) for name, header in _HEADERS]
