"""`placewell demo`: made once, used again, checked over a real socket, never on a real instance."""

import socket

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from referral.cli import main
from referral.cli.demo import demo_app, free_port, prepared
from referral.models.base import db
from referral.models.rankings import Ranking
from referral.models.referrals import Referral
from referral.models.students import Student
from referral.models.users import User
from referral.rules.permissions import Role


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo") / "instance"


@pytest.fixture(scope="module")
def made(folder):
    return prepared(folder)


def counts(app):
    with app.app_context():
        found = [
            db.session.scalar(select(func.count()).select_from(table))
            for table in (User, Student, Ranking, Referral)
        ]
        db.engine.dispose()
    return found


def test_twelve_students_are_ranked_and_a_second_start_adds_nothing(made, folder, capsys):
    first = counts(made)

    again = counts(prepared(folder))

    assert first == again == [10, 12, 12, 11]
    assert "Added 0 demo users, 0 synthetic students, 0 rankings and 0 referrals." in capsys.readouterr().out


def test_each_role_has_a_demo_user_called_by_the_role(made):
    with made.app_context():
        users = db.session.scalars(select(User).where(User.is_demo)).all()
        held = {assignment.role for user in users for assignment in user.assignments}
        db.engine.dispose()

    assert held == {role.value for role in Role}
    assert all(user.name.endswith("(demo)") for user in users)


def test_the_check_answers_for_every_page_of_each_role(made, folder):
    result = CliRunner().invoke(main, ["demo", "--check", "--instance", str(folder)])

    assert result.exit_code == 0, result.output
    assert "BAD" not in result.output


def test_a_real_instance_is_never_turned_into_a_demo(tmp_path):
    (tmp_path / "placewell.db").touch()

    result = CliRunner().invoke(main, ["demo", "--check", "--instance", str(tmp_path)])

    assert result.exit_code == 1
    assert "holds an instance that is not a demo" in result.output


def test_settings_of_the_environment_do_not_reach_the_demo(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/real")

    app = demo_app(tmp_path / "demo")

    assert app.config["SETTINGS"].is_sqlite


def test_a_busy_port_gives_the_next_free_one():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]

        assert free_port(taken) > taken
