"""Errors that callers can handle. Surfaces map them to exit codes, HTTP statuses and GraphQL error codes.

TertiusError
├── DatabaseUnavailable        Neo4j does not answer
│   └── DatabaseMisconfigured  Neo4j answers but refuses the credentials, the address or the TLS mode
├── QueryTimeout               an answer exceeded its time limit
├── SchemaTooNew               a later Tertius version created the database schema
├── SchemaTooOld               the database schema is too old for an upgrade in place
├── NetworkBusy                another command holds the network's write lease
├── ExportOwnerUnknown         Tertius cannot determine whose export this is
├── ExportOfAnotherPerson      the export states that it belongs to another person than the member
├── SourceNotFound             no source, or more than one, has this name
├── NoDataLoaded               the network contains no data yet
├── PermissionDenied           the member's role or the token's scope does not allow the operation
├── InvalidInvitation          the invitation cannot be redeemed
├── InvalidStatement           a statement about a tie is incomplete or contradictory
├── InvalidIdentityDecision    a merge, a split or a "distinct" decision is impossible
├── InvalidSharingRequest      a request to share, hide or exclude is invalid
├── InvalidIntroductionRequest an introduction request is incomplete, or the other party must act
├── InvalidNetworkGoal         a goal has a stage of another goal, or too many targets
├── IntroductionRequestConflict the state of an introduction request does not allow the action
├── IntroducerUnavailable      the introducer takes no such request now
├── InvalidContactPlan         a contact plan is about nobody in view, or its values are out of range
├── InvalidTag                 a tag is unknown to the member, or its name is not valid
└── ErasureLedgerUnreadable    the key of the erasure ledger is missing

An error does not name commands, options or settings, because each surface has others. It may have a Remedy, which the
surface puts into its own words (tertius.errors for the command line, api.remedies for the service).
"""

from enum import StrEnum


class Remedy(StrEnum):
    """An action by which the user can resolve an error."""

    CHECK_ADDRESS = "check_address"
    CHECK_CREDENTIALS = "check_credentials"
    CHECK_DATABASE = "check_database"
    RESTART_DATABASE = "restart_database"
    RESTORE_ERASURE_KEY = "restore_erasure_key"
    LOAD_DATA = "load_data"
    NAME_OWNER = "name_owner"
    NAME_OTHER = "name_other"
    LOAD_AS_OTHER = "load_as_other"
    NAME_OWNER_OR_OTHER = "name_owner_or_other"
    NAME_CONTROLLER = "name_controller"
    LIST_SOURCES = "list_sources"
    CHOOSE_NETWORK = "choose_network"


class TertiusError(Exception):
    """Base class. The message is one sentence for the user, without personal data unless the class says so."""

    def __init__(self, message: str = "", *, remedy: Remedy | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy


class DatabaseUnavailable(TertiusError):
    """Neo4j does not answer."""


class DatabaseMisconfigured(DatabaseUnavailable):
    """Neo4j refuses the credentials, the address or the TLS mode: a retry does not help."""


class QueryTimeout(TertiusError):
    """An answer exceeded its time limit."""


class SchemaTooNew(TertiusError):
    """The schema in the database is later than the latest one this version knows."""


class SchemaTooOld(TertiusError):
    """The schema in the database is older than the one that this version can upgrade."""


class NetworkBusy(TertiusError):
    """Another command holds the network's write lease."""


class ExportOwnerUnknown(TertiusError):
    """The export does not name its owner, and neither did the user. The message names people in the export."""


class ExportOfAnotherPerson(TertiusError):
    """The export belongs to another person than the member. The message names both, so it is not to be logged."""


class SourceNotFound(TertiusError):
    """No source of this network, or more than one, matches the given name."""


class NoDataLoaded(TertiusError):
    """The network has no data yet, or does not know who the member is."""


class PermissionDenied(TertiusError):
    """The member's role or the token's scope does not allow the operation."""


class InvalidInvitation(TertiusError):
    """The invitation is unknown, redeemed, withdrawn or expired. The message does not say which."""


class InvalidStatement(TertiusError):
    """A statement names an unknown or ambiguous person, or is contradictory."""


class InvalidIdentityDecision(TertiusError):
    """The people of a merge, a split or a "distinct" decision do not exist or cannot be decided on."""


class InvalidSharingRequest(TertiusError):
    """A request to share a source, hide a contact or exclude an introducer is invalid."""


class InvalidIntroductionRequest(TertiusError):
    """An introduction request is incomplete, follows no route, or the other party must take the action."""


class InvalidNetworkGoal(TertiusError):
    """A goal has a stage that does not fit it, or too many or too long companies, roles or fields."""


class IntroductionRequestConflict(TertiusError):
    """The state of an introduction request does not allow the action."""


class IntroducerUnavailable(TertiusError):
    """The introducer takes no request now, or none for this target."""


class InvalidContactPlan(TertiusError):
    """A contact plan is about nobody in view, or its rhythm, note or day is out of range."""


class InvalidTag(TertiusError):
    """The member may use no tag with this name, or the name or the number of tags is not valid."""


class ErasureLedgerUnreadable(TertiusError):
    """People were erased from this network under a key that is missing here."""
