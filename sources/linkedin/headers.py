"""Which of LinkedIn's lists a table is, by its header."""

from functools import cache

from sources.archive import File
from sources.tables import LONGEST_ROW, Known, Table, folded
from sources.tables import recognise as recognise_table

_LONGEST_MESSAGE = 16_000_000

# Each list by the columns it cannot do without, in every shape it has had. Given and received
# recommendations share a header: there alone the file's name has to say which it is.
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


def recognise(file: File) -> Table | None:
    """The table in this file, from its first rows; None for anything that is not LinkedIn's."""
    return recognise_table(file, _known)


def _known(columns: dict[str, int]) -> Known | None:
    for kind, needed in _lists():
        if columns.keys() >= needed:
            longest = _LONGEST_MESSAGE if kind == "messages" else LONGEST_ROW
            return Known(kind, max(columns[column] for column in needed), longest)
    return None


@cache
def _lists() -> list[tuple[str, frozenset[str]]]:
    return [(kind, frozenset(map(folded, header.split(",")))) for kind, header in _HEADERS]
