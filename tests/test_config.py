"""Settings: read from the environment, refused when unsafe."""

import tomllib
from pathlib import Path

import pytest

from referral.app import create_app
from referral.config import VERSION, Settings, UnsafeSettings, check_settings, database_url, read_settings

SAFE = {
    "PLACEWELL_SECRET": "s" * 40,
    "PLACEWELL_URL": "https://placewell.example.org/",
    "PLACEWELL_TRUSTED_PROXIES": "1",
}


def settings(folder: Path, *, demo: bool = False, **changes: str) -> Settings:
    return read_settings(SAFE | changes, demo=demo, instance=folder)


def problems(made: Settings) -> str:
    with pytest.raises(UnsafeSettings) as caught:
        check_settings(made)
    return " ".join(caught.value.problems)


def test_safe_settings_pass(tmp_path):
    made = check_settings(settings(tmp_path))

    assert (made.host, made.over_https, made.is_sqlite) == ("placewell.example.org", True, True)


def test_the_secret_lies_in_the_instance_folder(tmp_path):
    (tmp_path / "secret").write_text("t" * 50 + "\n")

    assert settings(tmp_path, PLACEWELL_SECRET="").secret == "t" * 50


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_missing_or_short_secret_is_refused_even_in_the_demo(tmp_path, secret):
    assert "secret" in problems(settings(tmp_path, PLACEWELL_SECRET=secret, demo=True))


def test_http_is_refused_outside_the_demo(tmp_path):
    assert "PLACEWELL_URL" in problems(settings(tmp_path, PLACEWELL_URL="http://placewell.example.org"))


@pytest.mark.parametrize("count", ["0", "", "-1", "many"])
def test_no_trusted_proxy_is_refused_outside_the_demo(tmp_path, count):
    assert "PLACEWELL_TRUSTED_PROXIES" in problems(settings(tmp_path, PLACEWELL_TRUSTED_PROXIES=count))


def test_the_demo_runs_on_loopback_http(tmp_path):
    check_settings(
        settings(tmp_path, PLACEWELL_URL="http://127.0.0.1", PLACEWELL_TRUSTED_PROXIES="0", demo=True)
    )


@pytest.mark.parametrize("address", ["http://0.0.0.0", "http://placewell.example.org"])
def test_the_demo_never_answers_for_another_host(tmp_path, address):
    made = settings(tmp_path, PLACEWELL_URL=address, demo=True)

    assert "loopback" in problems(made)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////x.db", "sqlite:////x.db"),
        ("", "sqlite:////i/placewell.db"),
    ],
)
def test_the_address_of_the_database(given, expected):
    assert database_url(given, Path("/i")) == expected


def test_an_unknown_database_is_refused(tmp_path):
    assert "DATABASE_URL" in problems(settings(tmp_path, DATABASE_URL="mysql://h/d"))


def test_an_unsafe_app_is_never_made(tmp_path):
    with pytest.raises(UnsafeSettings):
        create_app(settings(tmp_path, PLACEWELL_SECRET="changeme"))


def test_the_version_is_that_of_the_distribution():
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]

    assert project["version"] == VERSION


def test_the_second_step_is_asked_of_whom_and_from_when_the_environment_says(tmp_path):
    plain = read_settings({}, instance=tmp_path)
    said = {"PLACEWELL_SECOND_STEP_OF": "everyone", "PLACEWELL_SECOND_STEP_GRACE_DAYS": "3"}
    strict = read_settings(said, instance=tmp_path)

    assert (plain.second_step_of_everyone, plain.second_step_grace_days) == (False, 14)
    assert (strict.second_step_of_everyone, strict.second_step_grace_days) == (True, 3)
