"""Addresses of pages of the service."""

JOIN = "/join"


def invitation_link(public_url: str, secret: str) -> str:
    """The link of an invitation. A browser does not send the part after `#`, so that no server logs the secret."""
    return f"{public_url}{JOIN}#{secret}"
