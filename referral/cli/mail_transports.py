"""Where mails go: an SMTP server, a folder of files, or the console, as PLACEWELL_MAIL says."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import localtime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import click

from referral.actions.mail import Deliver, MailNotSent, Outgoing
from referral.config import LOOPBACK, Settings
from referral.rules.mails import MailFault
from referral.wording.notices import MAIL_FOOT

SERVER_WAIT_SECONDS = 30.0
PORTS = {"starttls": 587, "implicit": 465, "none": 25}


class MailMisconfigured(click.ClickException):
    """PLACEWELL_MAIL cannot be read, or would send a password in the open."""


@dataclass(frozen=True)
class SmtpServer:
    """A server, how the line to it is encrypted, and whom we sign in as."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""


@contextmanager
def delivery(settings: Settings) -> Iterator[Deliver | None]:
    """What hands a mail over, or None where nothing is set.

    Raises
    ------
    MailMisconfigured
    """
    scheme, _, rest = settings.mail.partition(":")
    if not settings.mail:
        yield None
    elif scheme == "console":
        yield lambda mail: click.echo(message_of(mail, settings).as_string())
    elif scheme == "file" and rest:
        yield _into_folder(Path(rest.removeprefix("//")), settings)
    elif scheme in {"smtp", "smtps"}:
        with _over_smtp(read_server(settings.mail), settings) as deliver:
            yield deliver
    else:
        raise MailMisconfigured(
            "PLACEWELL_MAIL must be smtp://USER:PASSWORD@HOST:PORT, file:FOLDER or console."
        )


def read_server(address: str) -> SmtpServer:
    """The server of an address like smtp://user:password@host:587?tls=starttls.

    Raises
    ------
    MailMisconfigured : no host, an unknown tls, or a server elsewhere without encryption.
    """
    parts = urlsplit(address)
    usual = "implicit" if parts.scheme == "smtps" else "starttls"
    tls = parse_qs(parts.query).get("tls", [usual])[0]
    try:
        port = parts.port
    except ValueError as error:
        raise MailMisconfigured("The port in PLACEWELL_MAIL is not a number.") from error
    if not parts.hostname or tls not in PORTS:
        raise MailMisconfigured("PLACEWELL_MAIL needs a host, and tls=starttls, implicit or none.")
    if tls == "none" and parts.hostname not in LOOPBACK:
        raise MailMisconfigured("A mail server elsewhere needs tls=starttls or tls=implicit.")
    return SmtpServer(
        parts.hostname, port or PORTS[tls], tls, unquote(parts.username or ""), unquote(parts.password or "")
    )


def message_of(mail: Outgoing, settings: Settings) -> EmailMessage:
    """The whole mail: the words, the link on this site, and why nothing more is in it.

    Raises
    ------
    MailNotSent : the address or the subject cannot stand in a mail.
    """
    message = EmailMessage()
    try:
        message["From"] = settings.sender
        message["To"] = mail.to_address
        message["Subject"] = mail.subject
    except ValueError as error:
        raise MailNotSent(MailFault.REFUSED) from error
    message["Date"] = localtime()
    message["Message-ID"] = f"<mail-{mail.mail_id}@{settings.host or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    text = f"{mail.body}\n\n{settings.public_url}{mail.path}\n\n-- \n{MAIL_FOOT}\n"
    message.set_content(text, cte="7bit" if text.isascii() else None)  # plain, so that links stay whole
    return message


def _into_folder(folder: Path, settings: Settings) -> Deliver:
    def deliver(mail: Outgoing) -> None:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / f"mail-{mail.mail_id}.eml").write_bytes(message_of(mail, settings).as_bytes())
        except OSError as error:
            raise MailNotSent(MailFault.UNREACHABLE) from error

    return deliver


@contextmanager
def _over_smtp(server: SmtpServer, settings: Settings) -> Iterator[Deliver]:
    """One line to the server for all mails of a run, opened when the first one leaves."""
    opened: list[smtplib.SMTP] = []

    def deliver(mail: Outgoing) -> None:
        message = message_of(mail, settings)
        with _faults_named():
            if not opened:
                opened.append(_connect(server))
            opened[0].send_message(message)

    try:
        yield deliver
    finally:
        for line in opened:
            line.close()


@contextmanager
def _faults_named() -> Iterator[None]:
    """Whose fault it was, as `MailNotSent`."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _ in error.recipients.values()}
        for_good = bool(codes) and min(codes) >= 500
        raise MailNotSent(MailFault.REFUSED if for_good else MailFault.SERVER) from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise MailNotSent(MailFault.SERVER) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailNotSent(MailFault.UNREACHABLE) from error


def _connect(server: SmtpServer) -> smtplib.SMTP:
    wait = SERVER_WAIT_SECONDS
    safe = ssl.create_default_context()
    line: smtplib.SMTP
    if server.tls == "implicit":
        line = smtplib.SMTP_SSL(server.host, server.port, timeout=wait, context=safe)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=wait)
    try:
        if server.tls == "starttls":
            line.starttls(context=safe)
        if server.user:
            line.login(server.user, server.password)
    except BaseException:
        line.close()
        raise
    return line
