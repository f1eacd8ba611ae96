"""Sends e-mail through the configured SMTP server: the links of /about-me, and digests of notifications."""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from enum import StrEnum

TIMEOUT_SECONDS = 20.0
"""Time limit for each response of the mail server."""


class Tls(StrEnum):
    """The encryption of the connection to the mail server."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server and the address of the sender."""

    host: str
    port: int
    sender: str
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)


class Mailer:
    """Sends messages, each over a connection of its own."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._domain = server.sender.rpartition("@")[2]

    async def send(self, to: str, subject: str, text: str) -> None:
        """Send one message. Raises OSError if the server does not accept it; smtplib's errors are subclasses."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._server.sender, to, subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=self._domain)
        message["Auto-Submitted"] = "auto-generated"  # so that no vacation responder answers
        message.set_content(text)
        await asyncio.to_thread(self._deliver, message)

    def _deliver(self, message: EmailMessage) -> None:
        server, context = self._server, ssl.create_default_context()
        connection: smtplib.SMTP
        if server.tls is Tls.IMPLICIT:
            connection = smtplib.SMTP_SSL(
                server.host, server.port, self._domain, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, self._domain, timeout=TIMEOUT_SECONDS)
        with connection:
            if server.tls is Tls.STARTTLS:
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(message)
