"""`placewell init` and `placewell serve`."""

import stat

import pytest
from click.testing import CliRunner

from referral.app import create_app
from referral.cli import main
from referral.config import read_settings
from tests.pages import page

ADDRESS = "https://placewell.example.org"


@pytest.fixture
def placewell(tmp_path, monkeypatch):
    for name, value in {
        "PLACEWELL_INSTANCE": str(tmp_path / "instance"),
        "PLACEWELL_URL": ADDRESS,
        "PLACEWELL_TRUSTED_PROXIES": "1",
        "DATABASE_URL": "",
        "PLACEWELL_SECRET": "",
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_init_makes_a_private_secret_and_prints_a_link_that_works(placewell, tmp_path):
    shown = placewell("init", "--email", "Admin@site.example")

    secret = tmp_path / "instance" / "secret"
    link = shown.output.split()[-1]
    browser = create_app(read_settings()).test_client()
    assert shown.exit_code == 0
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert link.startswith(f"{ADDRESS}/password/")
    assert (
        page(browser.get(link.removeprefix(ADDRESS), base_url=ADDRESS)).h1.get_text()
        == "Choose your password"
    )


def test_init_again_changes_nothing(placewell, tmp_path):
    placewell("init", "--email", "admin@site.example")
    secret = (tmp_path / "instance" / "secret").read_text()

    again = placewell("init", "--email", "other@site.example")

    assert again.exit_code == 0
    assert "administrator already" in again.output
    assert (tmp_path / "instance" / "secret").read_text() == secret


def test_init_refuses_http(placewell, monkeypatch):
    monkeypatch.setenv("PLACEWELL_URL", "http://placewell.example.org")

    shown = placewell("init", "--email", "admin@site.example")

    assert shown.exit_code == 1
    assert "beginning with https://" in shown.output


def test_init_refuses_a_malformed_address(placewell):
    shown = placewell("init", "--email", "admin")

    assert shown.exit_code == 1
    assert "Enter an e-mail address" in shown.output


def test_serve_refuses_to_start_without_an_instance(placewell):
    shown = placewell("serve")

    assert shown.exit_code == 1
    assert "placewell init" in shown.output


def test_a_database_without_tables_is_told_in_words(placewell, tmp_path):
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "secret").write_text("s" * 40)

    shown = placewell("users", "list")

    assert shown.exit_code == 1
    assert "placewell init" in shown.output
