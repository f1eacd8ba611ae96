"""Kinds of sources as every surface shows them."""

from enum import StrEnum


class SourceKind(StrEnum):
    """The name of the reader that loaded a source; STATEMENTS: a member's statements. OTHER: any other kind."""

    LINKEDIN = "linkedin"
    MAILBOX = "mailbox"
    CALENDAR = "calendar"
    VCARD = "vcard"
    SLACK = "slack"
    WHATSAPP = "whatsapp"
    GOOGLE_CONTACTS = "google contacts"
    OUTLOOK_CONTACTS = "outlook contacts"
    CONTACTS = "contacts"
    INTERACTIONS = "interactions"
    GREENHOUSE = "greenhouse"
    LEVER = "lever"
    ASHBY = "ashby"
    CANDIDATES = "candidates"
    HUBSPOT = "hubspot"
    SALESFORCE = "salesforce"
    STATEMENTS = "statements"
    OTHER = "other"

    @classmethod
    def _missing_(cls, _: object) -> "SourceKind":
        return cls.OTHER
