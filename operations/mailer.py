"""Letters of ours, given to the mail server that is set: the links of api.about_me, and nothing else."""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from enum import StrEnum

PATIENCE = 20.0
"""Seconds that the mail server is given for each of its answers."""


class Tls(StrEnum):
    """How what we say to the mail server is kept from others."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters go, and from whom they come."""

    host: str
    port: int
    sender: str
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)


class Post:
    """Sends one letter at a time, each over a connection of its own."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._domain = server.sender.rpartition("@")[2]

    async def send(self, to: str, subject: str, text: str) -> None:
        """Give a letter to the mail server. Raises OSError where it does not take it (smtplib's own are such)."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._server.sender, to, subject
        letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=self._domain)
        letter["Auto-Submitted"] = "auto-generated"  # nobody's holiday answers it
        letter.set_content(text)
        await asyncio.to_thread(self._give, letter)

    def _give(self, letter: EmailMessage) -> None:
        at, encrypted = self._server, ssl.create_default_context()
        if at.tls is Tls.IMPLICIT:
            door: smtplib.SMTP = smtplib.SMTP_SSL(at.host, at.port, self._domain, timeout=PATIENCE, context=encrypted)
        else:
            door = smtplib.SMTP(at.host, at.port, self._domain, timeout=PATIENCE)
        with door:
            if at.tls is Tls.STARTTLS:
                door.starttls(context=encrypted)
            if at.user:
                door.login(at.user, at.password)
            door.send_message(letter)
