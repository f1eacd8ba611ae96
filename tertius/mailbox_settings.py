"""The mailbox that the settings name."""

from collections.abc import Sequence

from sources.mailbox.imap import MailAccount
from tertius.errors import SettingError
from tertius.settings import Imap


def box(imap: Imap, folders: Sequence[str]) -> MailAccount:
    """Where it lives and how to be let in. Raises SettingError where that is not said."""
    if not imap.host or not imap.user:
        raise SettingError("Name your mail server and your user there: TERTIUS_IMAP__HOST and TERTIUS_IMAP__USER.")
    password, token = imap.password.get_secret_value(), imap.token.get_secret_value()
    if not password and not token:
        raise SettingError("Say how to be let in: TERTIUS_IMAP__PASSWORD, or an access token in TERTIUS_IMAP__TOKEN.")
    return MailAccount(imap.host, imap.port, imap.user, password, token, tls=imap.tls, folders=tuple(folders))
