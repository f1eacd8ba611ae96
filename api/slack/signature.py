"""Verifies that Slack sent a request, over the bytes of its body and before anything reads them."""

import hashlib
import hmac
import time
from collections.abc import Mapping

MAX_SIGNATURE_AGE_SECONDS = 5 * 60
"""Maximum difference between the time that a request states and now. Older ones may be replayed."""
_TIMESTAMP, _SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"


def is_from_slack(body: bytes, headers: Mapping[str, str], signing_secret: str) -> bool:
    """Whether the headers have a current signature of this body under the signing secret."""
    timestamp, signature = headers.get(_TIMESTAMP, ""), headers.get(_SIGNATURE, "")
    if not signing_secret or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        return False
    if abs(time.time() - int(timestamp)) > MAX_SIGNATURE_AGE_SECONDS:
        return False
    expected = sign(body, timestamp, signing_secret)
    return hmac.compare_digest(expected.encode(), signature.encode("latin-1", "replace"))


def sign(body: bytes, timestamp: str, signing_secret: str) -> str:
    """The signature that Slack sends with a body."""
    digest = hmac.new(signing_secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"
