"""How a message leaves: SMTP by Flask-Mail with the certificate verified and time-outs set.

Flask-Mail by itself sets no time-out and does not verify certificates; `SafeConnection` does both.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from flask import Flask
from flask_mail import Connection, Mail
from flask_mail import Message as FlaskMessage

from emails.message import Message

TIMEOUT_SECONDS = 20
AT_THE_DOOR = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)


class NotSent(Exception):
    """The mail server did not take the message; `final` when another try cannot help, `closed` when it takes nothing
    from us just now, so that the next message would fare no better."""

    def __init__(self, reason: str, final: bool = False, closed: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.final, self.closed = reason, final, closed


@dataclass(frozen=True)
class Server:
    """`smtp://user:password@host:port` speaks STARTTLS when it is offered (required away from loopback);
    `smtps://` is TLS from the start."""

    host: str
    port: int
    user: str | None
    password: str | None
    implicit_tls: bool

    @classmethod
    def parse(cls, url: str) -> Server:
        parts = urlsplit(url)
        tls = parts.scheme == "smtps"
        return cls(
            parts.hostname or "localhost",
            parts.port or (465 if tls else 587),
            unquote(parts.username) if parts.username else None,
            unquote(parts.password) if parts.password else None,
            tls,
        )

    @property
    def loopback(self) -> bool:
        return self.host in ("localhost", "127.0.0.1", "::1")


def verifying() -> ssl.SSLContext:
    """Made only where TLS is spoken: reading the certificates of the machine takes longer than a mail."""
    return ssl.create_default_context()


class SafeConnection(Connection):
    """Flask-Mail's connection to `server`. `own_name` is the name we greet it with; None: this machine's."""

    server: Server
    own_name: str | None = None

    def configure_host(self) -> smtplib.SMTP:
        server = self.server
        if server.implicit_tls:
            host: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, self.own_name, timeout=TIMEOUT_SECONDS, context=verifying()
            )
        else:
            host = smtplib.SMTP(server.host, server.port, self.own_name, timeout=TIMEOUT_SECONDS)
        try:
            self.introduce(host)
        except BaseException:
            host.close()
            raise
        return host

    def introduce(self, host: smtplib.SMTP) -> None:
        server = self.server
        if not server.implicit_tls:
            host.ehlo()
            if host.has_extn("starttls"):
                host.starttls(context=verifying())
                host.ehlo()
            elif not server.loopback:
                raise NotSent("the mail server offers no TLS")
        if server.user and server.password:
            host.login(server.user, server.password)

    def __exit__(self, *_exception: object) -> None:
        """What was accepted is sent, even when the server does not wait for our good-bye."""
        host, self.host = self.host, None
        if host is not None:
            with suppress(smtplib.SMTPException, OSError):
                host.quit()
            host.close()


class SafeMail(Mail):
    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server

    def connect(self, own_name: str | None = None) -> SafeConnection:
        connection = SafeConnection(self)
        connection.server, connection.own_name = self.server, own_name
        return connection


def mail_for(app: Flask, smtp_url: str, sender: str) -> SafeMail:
    mail = SafeMail(Server.parse(smtp_url))
    app.config.update(MAIL_DEFAULT_SENDER=parseaddr(sender), MAIL_SUPPRESS_SEND=False)
    mail.state = mail.init_app(app)
    return mail


def send(mail: SafeMail, message: Message, message_id: str, reply_to: str) -> None:
    """Hand one message to the server; raises `NotSent`."""
    wire = FlaskMessage(
        subject=message.subject,
        recipients=[message.to],
        body=message.text,
        html=message.html or None,
        sender=parseaddr(message.sender) if message.sender else None,
        reply_to=message.sender or reply_to,
        extra_headers={"Auto-Submitted": "auto-generated", "Content-Language": message.language},
    )
    wire.msgId = message_id
    for name, media_type, text in message.attachments:
        wire.attach(name, media_type, text.encode())
    try:
        with mail.connect(message.domain or None) as connection:  # the greeting stands in the headers that arrive
            connection.send(wire)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise NotSent("recipient refused", final=all(code >= 500 for code in codes)) from error
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"server answered {error.smtp_code}", closed=isinstance(error, AT_THE_DOOR)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(type(error).__name__, closed=True) from error
    except ValueError as error:  # an address that SMTP has no letters for
        raise NotSent("message cannot be written", final=True) from error
