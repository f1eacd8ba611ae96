"""Turns the IMAP settings into the mail account that `tertius sync` reads."""

from collections.abc import Sequence

from sources.mailbox.imap import MailAccount
from tertius.errors import SettingError
from tertius.settings import Imap


def mail_account(imap: Imap, folders: Sequence[str]) -> MailAccount:
    """Return the mail account; no folders means all. Raises SettingError if server, user or credentials are not set."""
    if not imap.host or not imap.user:
        raise SettingError("Set TERTIUS_IMAP__HOST to your mail server and TERTIUS_IMAP__USER to your user name there.")
    password, token = imap.password.get_secret_value(), imap.access_token.get_secret_value()
    if not password and not token:
        raise SettingError("Set TERTIUS_IMAP__PASSWORD, or TERTIUS_IMAP__ACCESS_TOKEN to an OAuth 2.0 access token.")
    return MailAccount(imap.host, imap.port, imap.user, password, token, tls=imap.tls, folders=tuple(folders))
