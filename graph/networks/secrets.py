"""Secrets of tokens, sessions, invitations and proof links: creation, fingerprints, encryption, and ids for lists.

The database stores a fingerprint, never the secret. A reader of the database cannot use a fingerprint.
"""

import base64
import secrets
from hashlib import sha256

from cryptography.fernet import Fernet

from graph.ids import stable_id

TOKEN_PREFIX = "tertius_"  # noqa: S105 - the public beginning of every token
INVITATION_PREFIX = "tertius_invitation_"
SESSION_PREFIX = "tertius_session_"
SIGN_IN_CODE_PREFIX = "tertius_sign_in_"


def create_secret(prefix: str) -> str:
    """A new random secret of 256 bits. The prefix says what it is, so that secret scanners recognise it."""
    return f"{prefix}{secrets.token_urlsafe(32)}"


def fingerprint(secret: str) -> str:
    """SHA-256 of a secret, in hexadecimal. One round is enough, because secrets are long and random."""
    return sha256(secret.encode()).hexdigest()


def cipher(secret: str) -> Fernet:
    """Encryption under a key derived from `secret`. Include the purpose in `secret`: equal texts give equal keys."""
    return Fernet(base64.urlsafe_b64encode(sha256(secret.encode()).digest()))


def listed_id(kind: str, network: str, secret_fingerprint: str) -> str:
    """The id under which a secret appears in lists. It does not reveal the fingerprint, which stays in the graph."""
    return stable_id(kind, network, secret_fingerprint)
