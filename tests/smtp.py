"""A small SMTP server for tests, which can refuse, be busy, die in the middle of a mail, or encrypt."""

import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

GREETING = {"busy": "421 busy"}
AFTER_AUTH = {"login": "535 no"}
AFTER_RCPT = {"unknown": "550 no such user", "later": "451 try later"}
AFTER_DATA = {"disk": "452 no space", "spam": "554 rejected"}


@dataclass
class Mailbox:
    """What the server got, and how it behaves: well, or as one of the faults."""

    port: int = 0
    fault: str = ""
    tls: str = "none"
    received: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)

    @property
    def greeting(self) -> str:
        """What the server says it can do."""
        return "\r\n".join(["250-mail.test", *["250-STARTTLS"] * (self.tls == "starttls"), "250 AUTH PLAIN"])

    @property
    def address(self) -> str:
        """What PLACEWELL_MAIL would say."""
        return f"smtp://127.0.0.1:{self.port}?tls={self.tls}"


@contextmanager
def mail_server(fault: str = "", *, tls: str = "none", certificate: Path | None = None) -> Iterator[Mailbox]:
    """A server on a free port of this computer; with a certificate it encrypts as `tls` says."""
    mailbox = Mailbox(fault=fault, tls=tls)

    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            try:
                if tls == "implicit":
                    self.encrypt()
                _converse(self, mailbox)
            except OSError:  # the client trusts no such certificate, and hangs up
                return
            finally:
                self.request.close()

        def encrypt(self) -> None:
            assert certificate is not None
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.request = context.wrap_socket(self.request, server_side=True, do_handshake_on_connect=False)
            self.request.do_handshake()
            self.setup()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line) as server:
        server.daemon_threads = True
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()


def a_certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    own = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    day, now = timedelta(days=1), datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number(), now - day, now + day
        )
        .add_extension(own, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "mail.pem"
    file.write_bytes(signed.public_bytes(pem) + secret)
    return file


def _converse(line: Any, mailbox: Mailbox) -> None:
    _say(line, GREETING.get(mailbox.fault, "220 ready"))
    while command := line.rfile.readline().decode().strip():
        verb = command.partition(" ")[0].upper()
        if verb == "EHLO":
            _say(line, mailbox.greeting)
        elif verb == "STARTTLS":
            _say(line, "220 go ahead")
            line.encrypt()
        elif verb == "AUTH":
            mailbox.users.append(command)
            _say(line, AFTER_AUTH.get(mailbox.fault, "235 welcome"))
        elif verb == "RCPT":
            _say(line, AFTER_RCPT.get(mailbox.fault, "250 fine"))
        elif verb == "DATA":
            _say(line, "354 go on")
            if mailbox.fault == "dies":
                return
            mailbox.received.append(_text(line))
            _say(line, AFTER_DATA.get(mailbox.fault, "250 taken"))
        else:
            _say(line, "250 fine")


def _say(line: Any, text: str) -> None:
    line.wfile.write(f"{text}\r\n".encode())


def _text(line: socketserver.StreamRequestHandler) -> str:
    lines = []
    while (text := line.rfile.readline().decode()) != ".\r\n":
        lines.append(text)
    return "".join(lines)
