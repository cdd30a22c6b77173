"""A small SMTP server for tests, which can refuse, be busy, or die in the middle of a mail."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

AFTER_RCPT = {"unknown": "550 no such user", "later": "451 try later"}
AFTER_DATA = {"disk": "452 no space", "spam": "554 rejected"}


@dataclass
class Mailbox:
    """What the server got, and how it behaves: well, or as one of the faults."""

    port: int = 0
    fault: str = ""
    received: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """What PLACEWELL_MAIL would say."""
        return f"smtp://127.0.0.1:{self.port}?tls=none"


@contextmanager
def mail_server(fault: str = "") -> Iterator[Mailbox]:
    """A server on a free port of this computer."""
    mailbox = Mailbox(fault=fault)

    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _converse(self, mailbox)

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


def _converse(line: socketserver.StreamRequestHandler, mailbox: Mailbox) -> None:
    def say(text: str) -> None:
        line.wfile.write(f"{text}\r\n".encode())

    say("421 busy" if mailbox.fault == "busy" else "220 ready")
    while command := line.rfile.readline().decode().strip():
        verb = command.partition(" ")[0].upper()
        if verb == "EHLO":
            say("250-mail.test\r\n250 AUTH PLAIN")
        elif verb == "AUTH":
            mailbox.users.append(command)
            say("535 no" if mailbox.fault == "login" else "235 welcome")
        elif verb == "RCPT":
            say(AFTER_RCPT.get(mailbox.fault, "250 fine"))
        elif verb == "DATA":
            say("354 go on")
            if mailbox.fault == "dies":
                return
            mailbox.received.append(_text(line))
            say(AFTER_DATA.get(mailbox.fault, "250 taken"))
        else:
            say("250 fine")


def _text(line: socketserver.StreamRequestHandler) -> str:
    lines = []
    while (text := line.rfile.readline().decode()) != ".\r\n":
        lines.append(text)
    return "".join(lines)
