"""Mails over a real server: what is in them, and that no fault of the server loses or doubles one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, message_from_string

import pytest
from sqlalchemy import select, update

from referral.actions import mail as actions
from referral.actions.transactions import in_transaction
from referral.cli.mail_transports import MailMisconfigured, delivery, message_of, read_server
from referral.models.base import db
from referral.models.notices import Mail
from referral.queries import mails as queries
from referral.rules.mails import ATTEMPTS_MAX, CLAIM_LASTS, PAUSES, MailFault, MailState
from referral.rules.permissions import COMMAND
from tests.smtp import a_certificate, mail_server

pytestmark = pytest.mark.usefixtures("database")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def queued(count: int = 1) -> None:
    def make() -> None:
        for number in range(count):
            actions.queue(f"user-{number}@x.example", "A referral waits", "It waits.", path="/notices/N-1")

    in_transaction(make)
    in_transaction(lambda: db.session.execute(update(Mail).values(next_try_at=NOW)))


def send(app, address: str, *, now: datetime = NOW):
    """What became of the mails due at a moment, sent to an address."""
    settings = replace(app.config["SETTINGS"], mail=address)
    with delivery(settings) as deliver:
        assert deliver is not None
        return dict(actions.send_due(COMMAND, deliver, clock=lambda: now))


def mails() -> list[Mail]:
    db.session.expire_all()
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def test_a_mail_arrives_and_its_text_is_gone(app):
    queued()
    with mail_server() as mailbox:
        assert send(app, mailbox.address) == {"sent": 1}
        assert send(app, mailbox.address) == {}

    [text] = mailbox.received
    message = message_from_string(text)
    assert (message["To"], message["From"]) == ("user-0@x.example", "placewell@localhost")
    assert message["Subject"] == "A referral waits"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "https://localhost/notices/N-1" in text
    [row] = mails()
    assert (row.state, row.body, row.path, row.sent_at) == ("sent", None, None, NOW)


@pytest.mark.parametrize("fault", ["busy", "dies", "later", "disk", "spam", "login"])
def test_a_fault_of_the_server_loses_nothing(app, fault):
    queued(2)
    with mail_server(fault) as mailbox:
        address = mailbox.address.replace("//", "//us:secret@") if fault == "login" else mailbox.address
        done = send(app, address)
        assert set(done) == {"put_off"}
        assert {row.state for row in mails()} == {"queued"}
        mailbox.fault = ""
        mailbox.received.clear()
        assert send(app, mailbox.address, now=NOW + timedelta(minutes=1)) == {"sent": 2}
        assert len(mailbox.received) == 2


def test_a_server_that_is_not_there_puts_one_mail_off_and_leaves_the_rest(app):
    queued(3)

    assert send(app, "smtp://127.0.0.1:1?tls=none") == {"put_off": 1}
    assert [row.attempts for row in mails()] == [1, 0, 0]


def test_an_address_that_is_refused_is_given_up_at_once_and_the_others_leave(app):
    queued()
    with mail_server("unknown") as mailbox:
        assert send(app, mailbox.address) == {"failed": 1}

    [row] = mails()
    assert (row.state, row.fault, row.body) == ("failed", "refused", "It waits.")
    assert [one.to_address for one in queries.failed(COMMAND)] == ["user-0@x.example"]


def test_pauses_grow_and_the_eighth_attempt_is_the_last(app):
    queued()
    now, waited = NOW, []
    with mail_server("disk") as mailbox:
        for _ in range(ATTEMPTS_MAX):
            send(app, mailbox.address, now=now)
            [row] = mails()
            if row.state == "queued":
                waited.append(row.next_try_at - now)
                assert send(app, mailbox.address, now=row.next_try_at - timedelta(seconds=1)) == {}
                now = row.next_try_at

    assert tuple(waited) == PAUSES == tuple(sorted(PAUSES))
    assert (row.state, row.attempts) == ("failed", ATTEMPTS_MAX)


def test_what_was_given_up_can_be_tried_again(app):
    queued()
    with mail_server("unknown") as mailbox:
        send(app, mailbox.address)
        assert in_transaction(lambda: actions.retry_failed(COMMAND, NOW)) == 1
        mailbox.fault = ""
        assert send(app, mailbox.address) == {"sent": 1}
    assert in_transaction(lambda: actions.retry_failed(COMMAND, NOW)) == 0


def test_two_senders_at_once_send_every_mail_once(app):
    queued(12)
    db.session.remove()

    def one(address: str) -> int:
        with app.app_context():
            done = send(app, address)
            db.session.remove()
            return done.get("sent", 0)

    with mail_server() as mailbox, ThreadPoolExecutor(4) as pool:
        sent = sum(pool.map(one, [mailbox.address] * 4))

    to = sorted(message_from_string(text)["To"] for text in mailbox.received)
    assert sent == len(to) == len(set(to)) == 12


def test_a_sender_that_was_killed_gives_its_mail_back_with_the_same_id(app):
    queued()

    class Killed(BaseException):
        pass

    def die(_outgoing) -> None:
        raise Killed

    with pytest.raises(Killed):
        actions.send_due(COMMAND, die, clock=lambda: NOW)
    with mail_server() as mailbox:
        assert send(app, mailbox.address, now=NOW + CLAIM_LASTS - timedelta(seconds=1)) == {}
        assert send(app, mailbox.address, now=NOW + CLAIM_LASTS) == {"sent": 1}

    [row] = mails()
    assert message_from_string(mailbox.received[0])["Message-ID"] == f"<mail-{row.id}@localhost>"


def test_a_mail_whose_every_sender_was_killed_is_given_up(app):
    queued()
    in_transaction(
        lambda: [setattr(row, "attempts", ATTEMPTS_MAX) for row in db.session.scalars(select(Mail))]
    )

    with mail_server() as mailbox:
        assert send(app, mailbox.address) == {}

    assert (mails()[0].state, mailbox.received) == (MailState.FAILED.value, [])


def test_no_password_and_no_mail_travels_in_the_open(app):
    queued()
    with mail_server() as mailbox:
        assert send(app, f"smtp://us:secret@127.0.0.1:{mailbox.port}?tls=starttls") == {"put_off": 1}

    assert (mailbox.received, mailbox.users) == ([], [])


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_mail_and_a_password_leave_only_to_a_server_that_is_trusted(app, tmp_path, monkeypatch, tls):
    queued()
    certificate = a_certificate(tmp_path)
    with mail_server(tls=tls, certificate=certificate) as mailbox:
        address = mailbox.address.replace("//", "//us:secret@")

        assert send(app, address) == {"put_off": 1}
        assert (mailbox.received, mailbox.users) == ([], [])

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert send(app, address, now=NOW + timedelta(minutes=1)) == {"sent": 1}

    assert (len(mailbox.received), len(mailbox.users)) == (1, 1)


def test_a_folder_holds_the_demo_s_mails(app, tmp_path):
    queued()

    assert send(app, f"file:{tmp_path / 'mail'}") == {"sent": 1}
    [file] = (tmp_path / "mail").iterdir()
    assert message_from_bytes(file.read_bytes())["Subject"] == "A referral waits"


def test_a_folder_that_cannot_be_written_loses_nothing(app, tmp_path):
    queued()
    (tmp_path / "mail").write_text("a file, not a folder")

    assert send(app, f"file:{tmp_path / 'mail'}") == {"put_off": 1}


def test_the_console_prints_the_mail(app, capsys):
    queued()

    assert send(app, "console") == {"sent": 1}
    assert "It waits." in capsys.readouterr().out


def test_a_header_cannot_be_smuggled_in(app):
    outgoing = actions.Outgoing(1, "a@x.example\nBcc: b@x.example", "S", "B", "/")

    with pytest.raises(actions.MailNotSent) as refused:
        message_of(outgoing, app.config["SETTINGS"])
    assert refused.value.fault is MailFault.REFUSED


@pytest.mark.parametrize(
    ("address", "host", "port", "tls", "user", "password"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, "starttls", "", ""),
        ("smtps://mail.example.org", "mail.example.org", 465, "implicit", "", ""),
        ("smtp://a%40b:p%2Fw@mail.example.org:2525", "mail.example.org", 2525, "starttls", "a@b", "p/w"),
        ("smtp://mail.example.org?tls=implicit", "mail.example.org", 465, "implicit", "", ""),
        ("smtp://localhost?tls=none", "localhost", 25, "none", "", ""),
    ],
)
def test_a_server_is_read_from_its_address(address, host, port, tls, user, password):
    server = read_server(address)

    assert (server.host, server.port, server.tls) == (host, port, tls)
    assert (server.user, server.password) == (user, password)


@pytest.mark.parametrize(
    "address",
    [
        "smtp://",
        "smtp://h:port",
        "smtp://h?tls=maybe",
        "smtp://mail.example.org?tls=none",
        "pigeon:x",
        "file:",
    ],
)
def test_an_address_that_cannot_be_is_refused(app, address):
    with pytest.raises(MailMisconfigured), delivery(replace(app.config["SETTINGS"], mail=address)):
        pass


def test_without_a_server_mails_wait(app):
    with delivery(app.config["SETTINGS"]) as deliver:
        assert deliver is None
