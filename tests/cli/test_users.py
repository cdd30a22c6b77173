"""`placewell users`."""

import pytest
from click.testing import CliRunner

from referral.cli import main
from referral.models.base import db, utc_now
from referral.models.users import User
from tests.databases import SECRET
from tests.factories import a_district, a_user


@pytest.fixture
def placewell(app, tmp_path, monkeypatch):
    for name, value in {
        "PLACEWELL_INSTANCE": str(tmp_path),
        "PLACEWELL_SECRET": SECRET,
        "PLACEWELL_URL": "https://placewell.example.org",
        "PLACEWELL_TRUSTED_PROXIES": "1",
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments: CliRunner().invoke(main, ["users", *arguments])


@pytest.fixture
def lexington(saved):
    return saved(a_district, slug="lexington")


def test_invite_prints_a_link(placewell, lexington):
    shown = placewell(
        "invite", "OOD@x.example", "--name", "Coordinator", "--role", "coordinator", "--at", "lexington"
    )

    assert shown.exit_code == 0
    assert shown.output.startswith("https://placewell.example.org/password/")
    assert "ood@x.example\tCoordinator\tactive\tcoordinator at lexington" in placewell("list").output


@pytest.mark.parametrize(
    ("email", "place", "said"),
    [
        ("ood", "lexington", "e-mail address"),
        ("ood@x.example", "lexingtn", "There is no organization"),
    ],
)
def test_invite_refuses_in_words(placewell, lexington, email, place, said):
    shown = placewell("invite", email, "--name", "X", "--role", "coordinator", "--at", place)

    assert shown.exit_code == 1
    assert said in shown.output


def test_an_unknown_role_is_wrong_usage(placewell):
    assert placewell("invite", "a@b.example", "--name", "X", "--role", "king", "--at", "x").exit_code == 2


def test_disable_and_a_link_for_a_disabled_user(placewell, saved, app):
    user = saved(a_user, email="ood@x.example")

    disabled = placewell("disable", "OOD@x.example")
    refused = placewell("link", "ood@x.example")

    with app.app_context():
        assert not db.session.get(User, user.id).active
    assert (disabled.exit_code, refused.exit_code) == (0, 1)
    assert "disabled" in refused.output


def test_link_prints_a_new_link(placewell, saved):
    saved(a_user, email="ood@x.example")

    first, second = placewell("link", "ood@x.example"), placewell("link", "ood@x.example")

    assert first.exit_code == 0
    assert first.output != second.output


def test_a_lost_second_step_is_removed(placewell, saved, app):
    user = saved(a_user, email="ood@x.example", second_step_at=utc_now(), second_step_secret=b"sealed")

    shown = placewell("remove-second-step", "ood@x.example")

    assert (shown.exit_code, "ood@x.example" in shown.output) == (0, True)
    with app.app_context():
        now = db.session.get_one(User, user.id)
        assert (now.second_step_at, now.second_step_secret) == (None, None)
        assert now.fs_uniquifier != user.fs_uniquifier


def test_a_user_who_is_not_there_is_told(placewell):
    shown = placewell("disable", "nobody@x.example")

    assert shown.exit_code == 1
    assert "nothing here" in shown.output
