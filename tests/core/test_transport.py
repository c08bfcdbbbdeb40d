"""SMTP against a real server: verified certificates, time-outs, and what each answer means."""

from __future__ import annotations

import datetime
import email
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from emails import transport
from emails.message import Message
from emails.transport import NotSent, Server, mail_for, send
from portal.core import outbox

MESSAGE = Message(
    "news", "aino@example.fi", "fi", "Sinulle on uutta – Reilu", "Hei Åke,\n\nkirjaudu sisään.\n", "<p>Hei Åke</p>",
    (("tapahtuma.ics", "text/calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),),
)  # fmt: skip
MESSAGE_ID = "<11111111-2222-3333-4444-555555555555@reilu.example>"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Inbox:
    """aiosmtpd's handler. `answers` gives another reply to a command."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.answers: dict[str, str] = {}
        self.greetings: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        self.greetings.append(session.host_name)
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


class DropsAtGoodBye(SMTP):
    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802
        self.transport.abort()


class Posts(Controller):
    def __init__(self, inbox: Inbox, kind: type[SMTP] = SMTP, **settings: Any) -> None:
        self.kind, self.settings = kind, settings
        super().__init__(inbox, hostname="127.0.0.1", port=free_port(), ready_timeout=20)

    def factory(self) -> SMTP:
        return self.kind(self.handler, hostname="localhost", **self.settings)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def serve(inbox: Inbox) -> Iterator[Callable[..., int]]:
    """Starts a mail server; returns its port."""
    running: list[Posts] = []

    def start(kind: type[SMTP] = SMTP, **settings: Any) -> int:
        running.append(Posts(inbox, kind, **settings))
        running[-1].start()
        return int(running[-1].port)

    yield start
    for server in running:
        server.stop()


def leave(url: str, message: Message = MESSAGE) -> None:
    app = Flask("post")
    mail = mail_for(app, url, "Reilu <reilu@reilu.example>")
    with app.app_context():
        send(mail, message, MESSAGE_ID, "info@reilu.example")


def refusal(url: str, message: Message = MESSAGE) -> NotSent:
    with pytest.raises(NotSent) as refused:
        leave(url, message)
    return refused.value


def test_a_message_arrives_whole(inbox: Inbox, serve) -> None:
    leave(f"smtp://127.0.0.1:{serve()}")
    [mail] = inbox.mails
    assert inbox.envelopes == [("reilu@reilu.example", ["aino@example.fi"])]
    assert {name: mail[name] for name in ("From", "To", "Subject", "Reply-To", "Message-ID")} == {
        "From": "Reilu <reilu@reilu.example>",
        "To": "aino@example.fi",
        "Subject": "Sinulle on uutta – Reilu",
        "Reply-To": "info@reilu.example",
        "Message-ID": MESSAGE_ID,
    }
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "fi")
    parts = {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}
    assert parts["text/plain"].get_content().replace("\r\n", "\n") == MESSAGE.text
    assert "Hei Åke" in parts["text/html"].get_content()
    assert parts["text/calendar"].get_filename() == "tapahtuma.ics"


def test_a_recipient_refused_for_good_is_final_and_one_refused_for_now_is_not(inbox: Inbox, serve) -> None:
    port = serve()
    inbox.answers["RCPT"] = "550 no such user"
    refused = refusal(f"smtp://127.0.0.1:{port}")
    assert (refused.reason, refused.final) == ("recipient refused", True)
    inbox.answers["RCPT"] = "450 busy"
    assert refusal(f"smtp://127.0.0.1:{port}").final is False


@pytest.mark.parametrize("answer", ["451 later", "554 not this"])
def test_content_that_is_refused_is_tried_again(inbox: Inbox, serve, answer: str) -> None:
    inbox.answers["DATA"] = answer
    refused = refusal(f"smtp://127.0.0.1:{serve()}")
    assert (refused.reason, refused.final) == (f"server answered {answer[:3]}", False)
    assert inbox.mails == []


def test_a_server_that_hangs_up_at_our_good_bye_has_taken_the_message(inbox: Inbox, serve) -> None:
    leave(f"smtp://127.0.0.1:{serve(DropsAtGoodBye)}")
    assert len(inbox.mails) == 1


def test_nobody_there_and_no_such_name() -> None:
    assert refusal(f"smtp://127.0.0.1:{free_port()}").reason == "ConnectionRefusedError"
    assert refusal("smtp://mail.invalid:25").reason == "gaierror"


def test_an_address_that_cannot_be_written_is_final(serve) -> None:
    odd = Message("news", "åke@example.fi", "fi", "s", "t", "<p>t</p>")
    assert refusal(f"smtp://127.0.0.1:{serve()}", odd).final


def test_a_subject_cannot_bring_headers_of_its_own(inbox: Inbox, serve) -> None:
    forged = Message("news", "aino@example.fi", "fi", "Hei\r\nBcc: evil@example.com", "t", "<p>t</p>")
    with pytest.raises(Exception):  # noqa: B017 - whatever it is called, nothing leaves
        leave(f"smtp://127.0.0.1:{serve()}", forged)
    assert inbox.mails == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # on this machine's own loopback
def test_wrong_passwords_are_not_final(serve) -> None:
    wrong = AuthResult(success=False, handled=False)
    port = serve(authenticator=lambda *_: wrong, auth_require_tls=False, auth_required=True)
    refused = refusal(f"smtp://user:wrong@127.0.0.1:{port}")
    assert (refused.reason, refused.final) == ("server answered 535", False)


# --- TLS ------------------------------------------------------------------------


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for localhost and 127.0.0.1 that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=400))
        .not_valid_after(now + datetime.timedelta(days=400))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def trust(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def test_a_certificate_nobody_vouches_for_is_refused(inbox: Inbox, serve, certificate: Path) -> None:
    port = serve(tls_context=server_context(certificate), require_starttls=True)
    refused = refusal(f"smtp://localhost:{port}")
    assert (refused.reason, refused.final) == ("SSLCertVerificationError", False)
    assert inbox.mails == []


def test_a_certificate_that_is_trusted_is_taken(inbox: Inbox, serve, certificate: Path, monkeypatch) -> None:
    port = serve(tls_context=server_context(certificate), require_starttls=True)
    trust(monkeypatch, certificate)
    leave(f"smtp://localhost:{port}")
    assert len(inbox.mails) == 1


def test_a_certificate_for_another_name_is_refused(inbox: Inbox, serve, certificate: Path, monkeypatch) -> None:
    port = serve(tls_context=server_context(certificate), require_starttls=True)
    trust(monkeypatch, certificate)
    assert refusal(f"smtp://127.0.0.1:{port}").reason == "SSLCertVerificationError"
    assert inbox.mails == []


def test_without_tls_nothing_leaves_the_machine(inbox: Inbox, serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "loopback", False)
    assert refusal(f"smtp://127.0.0.1:{serve()}").reason == "the mail server offers no TLS"
    assert inbox.mails == []


# --- a server that does not answer --------------------------------------------------


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that takes the call and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        held: list[socket.socket] = []
        stop = threading.Event()
        listener.settimeout(0.2)

        def hold() -> None:
            while not stop.is_set():
                try:
                    held.append(listener.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=hold)
        thread.start()
        yield int(listener.getsockname()[1])
        stop.set()
        thread.join()
        for each in held:
            each.close()


def test_a_server_that_never_answers_is_left_in_time(silent_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "TIMEOUT_SECONDS", 0.5)
    assert refusal(f"smtp://127.0.0.1:{silent_port}").reason in ("TimeoutError", "SMTPServerDisconnected")


def test_every_wait_is_shorter_than_the_lease() -> None:
    steps = 10  # connect, hello, STARTTLS, hello, log in (2), sender, recipient, data, good-bye
    assert steps * transport.TIMEOUT_SECONDS < outbox.LEASE.total_seconds()


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", Server("mail.example", 587, None, None, False)),
        ("smtps://mail.example", Server("mail.example", 465, None, None, True)),
        ("smtp://a%40b:p%3Aw@mail.example:25", Server("mail.example", 25, "a@b", "p:w", False)),
    ],
)
def test_the_address_of_the_server_is_read(url: str, server: Server) -> None:
    assert Server.parse(url) == server
