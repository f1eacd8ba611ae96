"""Sources of a network: one account of one member each, and how far it is shared."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

PRIVATE_PART_SUFFIX = " kept"
"""Suffix of the id of a shared source's private part."""


def private_part_id(source: str) -> str:
    """Id of the Source node that stores the rows of a shared source that its owner does not share."""
    return f"{source}{PRIVATE_PART_SUFFIX}"


class SharingLevel(StrEnum):
    """What a team may see of a source: nothing, the strength of its ties, or its evidence too (decision 0013)."""

    PRIVATE = "private"
    STRENGTH = "strength"
    EVIDENCE = "evidence"


class SourceView(IntEnum):
    """How much of a source a member may see. Each value includes what the values before it include."""

    NOTHING = 0
    STRENGTH_LABELS = 1
    """Names, jobs and the labels of strengths: no numbers, days, channels or list entries."""
    EVIDENCE = 2
    """Every row of the shared part."""
    EVERYTHING = 3
    """The private part too: the source is the member's own."""


class IntroducerVisibility(StrEnum):
    """When an asker learns through which colleague a route leads: at once or after that colleague consents.

    See docs/decisions/0014-team-routes.md.
    """

    IMMEDIATE = "immediate"
    AFTER_CONSENT = "after_consent"


OF_ANOTHER_PERSON = "of "
"""Prefix of the account of a source that holds another person's export; their name follows."""
STATEMENTS = "statements"
"""Kind of the private source that stores a member's statements."""
_KIND_LABELS = {
    "linkedin": "LinkedIn",
    "mailbox": "Mailbox",
    "calendar": "Calendar",
    "vcard": "Address book",
    "slack": "Slack",
    "whatsapp": "WhatsApp",
    "google contacts": "Google Contacts",
    "outlook contacts": "Outlook contacts",
    "contacts": "List of contacts",
    "interactions": "List of interactions",
    "greenhouse": "Greenhouse",
    "lever": "Lever",
    "ashby": "Ashby",
    "candidates": "List of candidates",
    "hubspot": "HubSpot",
    "salesforce": "Salesforce",
    STATEMENTS: "Statements",
}
COMPLETE_STATUSES = frozenset({"merging", "ready"})


@dataclass(frozen=True, slots=True)
class Source:
    """One export or mailbox that a member loaded.

    `coverage_until` is the last day on which the source could contain anything; None for statements.
    `loaded_on` is the day of the last load. `parent` is the id of the source that this staged load will be merged
    into, None for any other source. `parts` maps the source's lists to their days, and its growing parts to bookmarks.
    Of a shared source, `shares_third_party_ties` says whether ties between two people who are not members are shared,
    and `private_part` is the id of its private part, None if it has none.
    `owner_name` is the name of the member that other members see.
    """

    id: str
    kind: str
    account: str
    sharing_level: SharingLevel
    status: str
    member: str
    coverage_until: int | None
    loaded_on: int | None
    parent: str | None
    parts: dict[str, int]
    shares_third_party_ties: bool = False
    private_part: str | None = None
    owner_name: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether its rows count. Rows of a source that is being loaded or removed do not."""
        return self.status in COMPLETE_STATUSES

    @property
    def is_shared(self) -> bool:
        """Whether all members may see something of it."""
        return self.is_complete and self.sharing_level != SharingLevel.PRIVATE

    @property
    def is_about_another_person(self) -> bool:
        """Whether the source holds another person's export, which gives its member no tie."""
        return self.account.startswith(OF_ANOTHER_PERSON)

    @property
    def title(self) -> str:
        """Kind and account, as users see it: `Mailbox ana@example.org`."""
        return f"{kind_label(self.kind)} {self.account}".strip()

    def is_named(self, text: str) -> bool:
        """Whether a user's text is the title, the kind, the kind and the account, or the id."""
        names = (self.title, self.kind, f"{self.kind} {self.account}", self.id)
        return text.casefold() in {name.casefold() for name in names}


def kind_label(kind: str) -> str:
    """The name of a kind of sources as every surface shows it."""
    return _KIND_LABELS.get(kind, kind.capitalize())


def source_view(source: Source, member: str) -> SourceView:
    """How much of a source a member (an id) may see: the one rule that every answer follows."""
    if not source.is_complete:
        return SourceView.NOTHING
    if source.member == member:
        return SourceView.EVERYTHING
    return _VIEW_OF_LEVEL[source.sharing_level]


_VIEW_OF_LEVEL = {
    SharingLevel.PRIVATE: SourceView.NOTHING,
    SharingLevel.STRENGTH: SourceView.STRENGTH_LABELS,
    SharingLevel.EVIDENCE: SourceView.EVIDENCE,
}


def parse_parts(stored: list[str] | None) -> dict[str, int]:
    """Convert the stored list of `name=day` to a dictionary."""
    return {name: int(day) for name, _, day in (part.rpartition("=") for part in stored or [])}
