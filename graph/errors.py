"""What can go wrong, each in one sentence. Only the outer rooms turn these into exit codes and statuses.

TertiusError
├── DatabaseAway        no answer from Neo4j
│   └── DatabaseClosed  it answers, and does not let us in
├── TooSlow             an answer took longer than it may
├── DatabaseNewer       the store was written by a later Tertius
├── NetworkBusy         another command is loading or deriving
├── OwnerUnknown        nobody can tell whose export this is
├── NoSuchSource        the name of a source that is not there
├── NotLoaded           nothing has been loaded into this network yet
├── NotAllowed          who asks may not do that in this network
├── NotInvited          an invitation that cannot be taken
├── UnclearStatement    a statement whose people or kind cannot be told
├── UnclearDecision     who is said to be whom cannot be told, or cannot be
├── UnclearSharing      what is to be shared or kept back cannot be
└── ForgottenUnreadable who was forgotten cannot be told, for want of the key
"""


class TertiusError(Exception):
    """Base of all: its text is one sentence for a person, with nothing private in it."""


class DatabaseAway(TertiusError):
    """Neo4j does not answer."""


class DatabaseClosed(DatabaseAway):
    """Neo4j refuses the user or password, or how it is spoken to: waiting helps nothing."""


class TooSlow(TertiusError):
    """An answer takes longer than one may."""


class DatabaseNewer(TertiusError):
    """The database's schema is later than this software knows."""


class NetworkBusy(TertiusError):
    """Another command holds the network's lease."""


class OwnerUnknown(TertiusError):
    """An export does not say whose it is, and neither did the user."""


class NoSuchSource(TertiusError):
    """A source was named that this network does not have."""


class NotLoaded(TertiusError):
    """The network has no member yet, so there is nobody to ask for."""


class NotAllowed(TertiusError):
    """A member's role, or what a token was made for, does not go so far."""


class NotInvited(TertiusError):
    """An invitation was never made, or taken, withdrawn or not taken in time: nobody is told which."""


class UnclearStatement(TertiusError):
    """A statement names somebody unknown or ambiguous, or says nothing that can be kept."""


class UnclearDecision(TertiusError):
    """Who is to be one person, or two, is not there or cannot be that."""


class UnclearSharing(TertiusError):
    """What is to be shared, or kept from others, cannot be."""


class ForgottenUnreadable(TertiusError):
    """People were forgotten in this network under a key that is not here."""
