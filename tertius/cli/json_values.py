"""Values that the JSON of several commands contains, as the GraphQL schema names them."""

from graph.lookup.identities import VisibleIdentity


def identity_data(identity: VisibleIdentity) -> dict[str, object]:
    """An identity of a person."""
    return {
        "__typename": "Identity",
        "id": identity.id,
        "kind": identity.kind.upper(),
        "text": identity.text,
        "reason": identity.because or None,
    }
