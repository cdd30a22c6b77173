"""`placewell tick` and `placewell mail`."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, update

from referral.cli import main
from referral.cli.running import instance_settings
from referral.models.base import db, utc_now
from referral.models.notices import Mail
from referral.models.referrals import Referral
from referral.rules.referrals import Verb
from tests.databases import SECRET
from tests.referrals import a_cast, moved, referred
from tests.smtp import mail_server

AHEAD = "2031-01-01T00:00+00:00"


@pytest.fixture
def placewell(app, tmp_path, monkeypatch):
    def run(*arguments: str, mail: str = ""):
        for name, value in {
            "PLACEWELL_INSTANCE": str(tmp_path),
            "PLACEWELL_SECRET": SECRET,
            "PLACEWELL_URL": "https://placewell.example.org",
            "PLACEWELL_TRUSTED_PROXIES": "1",
            "PLACEWELL_MAIL": mail,
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        }.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(main, list(arguments))

    return run


@pytest.fixture
def sent(saved):
    """A referral sent to a program that does not answer, its last day long past."""

    def make():
        cast = a_cast()
        [row] = referred(cast)
        moved(cast, row, Verb.APPROVE)
        past = (utc_now() - timedelta(days=4)).date()
        db.session.execute(update(Referral).values(due_on=past, remind_on=None))
        db.session.execute(update(Mail).values(next_try_at=utc_now()))
        return row.ref

    return saved(make)


def test_a_tick_says_what_it_did_and_the_next_one_nothing(placewell, sent):
    first, second = placewell("tick"), placewell("tick")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "    1  enquiries expired" in first.output
    assert "nothing" in second.output


def test_a_dry_run_changes_nothing(placewell, sent, app):
    shown = placewell("tick", "--dry-run")

    assert "Would be done:" in shown.output
    assert "enquiries expired" in shown.output
    with app.app_context():
        assert db.session.scalar(select(Referral.state)) == "enquiry_sent"


def test_the_figures_as_json(placewell, sent):
    shown = placewell("tick", "--json", "--no-mail")

    told = json.loads(shown.output)
    assert (told["done"]["expired"], told["dry_run"], told["faults"]) == (1, False, [])


def test_a_tick_sends_the_mails_and_says_so(placewell, sent):
    with mail_server() as mailbox:
        shown = placewell("tick", mail=mailbox.address)

    assert f"Mails: {len(mailbox.received)} sent, 0 put off, 0 given up." in shown.output
    assert mailbox.received
    assert all("https://placewell.example.org/notices/open?notice=N-" in text for text in mailbox.received)


def test_no_mail_holds_a_fact_about_a_student_or_a_program(placewell, sent):
    with mail_server() as mailbox:
        placewell("tick", mail=mailbox.address)

    for text in mailbox.received:
        assert sent not in text
        assert not {"Bridge", "River", "Lexington", "autism", "S-"} & set(text.replace(".", " ").split())


def test_without_a_server_the_mails_wait(placewell, sent):
    assert "No mail server is set (PLACEWELL_MAIL)." in placewell("tick").output
    assert "waiting, 0 given up" in placewell("mail", "status").output


def test_mail_send_and_retry(placewell, sent, app):
    with mail_server("unknown") as mailbox:
        given_up = placewell("mail", "send", mail=mailbox.address)
        assert "given up" in given_up.output
        again = placewell("mail", "retry")
        mailbox.fault = ""
        placewell("mail", "send", mail=mailbox.address)
    with app.app_context():
        states = set(db.session.scalars(select(Mail.state)))
        count = db.session.scalar(select(func.count()).select_from(Mail))

    assert states == {"sent"}
    assert f"{count} mails wait again" in again.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", AHEAD], "only for --dry-run"),
        (["--at", "tomorrow"], "takes a moment"),
        (["--at", "2026-01-01T00:00"], "needs a zone"),
    ],
)
def test_a_moment_is_read_with_care(placewell, arguments, said):
    shown = placewell("tick", *arguments)

    assert shown.exit_code == 2
    assert said in shown.output


def test_a_moment_ahead_can_be_rehearsed(placewell, sent):
    assert "enquiries expired" in placewell("tick", "--dry-run", "--at", AHEAD).output


def test_what_cannot_be_done_is_told_and_the_rest_is_done(placewell, sent, app, saved):
    def spoil():
        row = db.session.scalars(select(Referral)).one()
        other = Referral(
            **{
                column.name: getattr(row, column.name)
                for column in Referral.__table__.columns
                if column.name not in ("id", "ref", "program_id")
            },
            ref="F-0000000000X",  # no reference of ours: it cannot be found again
            program_id=row.program_id + 1,
        )
        db.session.add(other)

    saved(spoil)
    shown = placewell("tick")

    assert shown.exit_code == 1
    assert "could not be done: F-0000000000X (record_not_found)" in shown.output
    assert "    1  enquiries expired" in shown.output


def test_a_demo_is_opened_as_the_demo_it_is(demo_app, tmp_path, monkeypatch):
    monkeypatch.delenv("PLACEWELL_URL", raising=False)
    (tmp_path / "demo").touch()
    (tmp_path / "secret").write_text(SECRET)

    settings = instance_settings(tmp_path)

    assert (settings.demo, settings.mail) == (True, f"file:{tmp_path / 'mail'}")
    if demo_app.config["SETTINGS"].is_sqlite:
        shown = CliRunner().invoke(main, ["tick", "--instance", str(tmp_path)])
        assert (shown.exit_code, shown.output.splitlines()[0]) == (0, "Done:")
