"""`placewell tokens`."""

import pytest
from click.testing import CliRunner

from referral.cli import main
from referral.rules.permissions import Role
from tests.databases import SECRET
from tests.factories import a_district, a_user


@pytest.fixture
def run(tmp_path, database_url, monkeypatch):
    """The command on the test's database."""
    for name, value in {
        "PLACEWELL_INSTANCE": str(tmp_path / "instance"),
        "PLACEWELL_SECRET": SECRET,
        "PLACEWELL_URL": "https://placewell.example.org",
        "PLACEWELL_TRUSTED_PROXIES": "1",
        "DATABASE_URL": database_url,
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments: CliRunner().invoke(main, ["tokens", *arguments])


def test_the_command_makes_lists_and_revokes_tokens(saved, run):
    place = saved(a_district)
    director = saved(a_user, Role.DIRECTOR, at=place)

    made = run("make", "Seat board", "--at", place.slug, "--by", director.email)
    listed = run("list").output
    revoked = run("revoke", listed.split("\t")[0])

    assert made.exit_code == 0, made.output
    assert made.output.startswith("placewell_")
    assert made.output.strip() not in listed
    assert "Seat board" in listed
    assert revoked.exit_code == 0
    assert "revoked" in run("list").output


def test_only_one_who_may_makes_a_token(saved, run):
    place = saved(a_district)
    coordinator = saved(a_user, Role.COORDINATOR, at=place)

    refused = run("make", "Seat board", "--at", place.slug, "--by", coordinator.email)

    assert refused.exit_code == 1
    assert "Your role does not include this" in refused.output


def test_a_token_that_is_not_there_cannot_be_revoked(run):
    assert run("revoke", "T-0000000000").exit_code == 1
