"""The owner of a mailbox, by its messages."""

from collections import Counter
from collections.abc import Iterable, Iterator

from graph.records import Handle, HandleKind, Owner, PersonMention
from sources.mailbox import skip_rules
from sources.mailbox.headers import Headers, people_of
from sources.text.mail_addresses import lowercase_address

_OWNER_SHARE = 0.9
_MIN_SENT_SHARE = 0.5
_DELIVERY_FIELDS = (b"delivered-to", b"x-original-to", b"envelope-to", b"x-delivered-to")


class OwnerDetector:
    """Finds the owner's addresses.

    An owner is the sender of messages that Gmail labels as sent. In a folder of sent mail, it is the name under which
    most messages were sent, with all its addresses: somebody else's message may be among them.

    An owner is also the one address in Delivered-To that at least 90 % of the messages with that header have. That
    address must also be in From, To or Cc of a message, which excludes a server's internal names and the addresses of
    lists. An address with a tag (`ana+news@`) belongs to the owner if a message to it was delivered to `ana@`.
    """

    def __init__(self) -> None:
        self._labelled: dict[str, Handle] = {}
        self._sent: dict[str, Handle] = {}
        self._sent_names: Counter[tuple[str, frozenset[str]]] = Counter()
        self._delivered_to: Counter[str] = Counter()
        self._handles: dict[str, Handle] = {}
        self._tagged: dict[str, tuple[Handle, str]] = {}
        self._messages = 0

    def add(self, headers: Headers, labels: frozenset[str], *, is_to_list: bool) -> None:
        if not skip_rules.SENT.isdisjoint(labels) and labels.isdisjoint(skip_rules.SKIPPED_FOLDERS):
            self._add_sender(headers)
        if not is_to_list and not headers.keys().isdisjoint(_DELIVERY_FIELDS):
            self._add_delivery(headers)

    def _add_sender(self, headers: Headers) -> None:
        for person in people_of(headers, b"from")[:1]:
            address = lowercase_address(person)
            if b"x-gmail-labels" in headers:
                self._labelled.setdefault(address, person.handles[0])
            else:
                self._sent.setdefault(address, person.handles[0])
                self._sent_names[address, frozenset((person.name or "").casefold().split())] += 1

    def _add_delivery(self, headers: Headers) -> None:
        deliveries = people_of(headers, *_DELIVERY_FIELDS)
        delivered_to = {lowercase_address(person) for person in deliveries}
        people = people_of(headers, b"to", b"cc", b"from")
        for person in (*people, *deliveries):
            address = lowercase_address(person)
            if (plain := without_tag(address)) != address and plain in delivered_to:
                self._tagged.setdefault(address, (person.handles[0], plain))
        delivered_to -= self._tagged.keys()
        self._messages += bool(delivered_to)
        self._delivered_to.update(delivered_to)
        for person in people:
            address = lowercase_address(person)
            for own in {address, without_tag(address)} & delivered_to:
                handle = person.handles[0] if own == address else Handle(HandleKind.EMAIL, own)
                self._handles.setdefault(own, handle)

    def records(self) -> Iterator[Owner]:
        """One Owner for each address, and one with both for each address with a tag."""
        delivered_to = [
            self._handles[address]
            for address, count in self._delivered_to.items()
            if address in self._handles and count >= _OWNER_SHARE * self._messages
        ]
        owners = self._labelled | {address: self._sent[address] for address in self._senders_of_most()}
        if len(delivered_to) == 1:
            owners.setdefault(delivered_to[0].text.lower(), delivered_to[0])
        for handle in owners.values():
            yield Owner(PersonMention((handle,)))
        for tagged, plain in self._tagged.values():
            if plain in owners:
                yield Owner(PersonMention((owners[plain], tagged)))

    def _senders_of_most(self) -> Iterable[str]:
        """The addresses of the name under which more than half of the sent messages were sent."""
        total = sum(self._sent_names.values())
        counts: Counter[str] = Counter()
        for (address, _), count in self._sent_names.items():
            counts[address] += count
        for name in {name for _, name in self._sent_names if name}:
            alike = {address for address, other in self._sent_names if other and (other <= name or name <= other)}
            if sum(counts[address] for address in alike) > _MIN_SENT_SHARE * total:
                return sorted(alike)
        return [address for address, count in counts.items() if count > _MIN_SENT_SHARE * total]


def without_tag(address: str) -> str:
    """The address that receives mail for an address with a tag: `ana@x.example` for `ana+news@x.example`."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"
