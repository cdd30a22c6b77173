"""A purge lets go of the name in the vault too, and an older vault that is put back gives it up again."""

import json

import pytest
import time_machine
from click.testing import CliRunner

from referral.actions.transactions import in_transaction
from referral.cli import main
from tests.databases import SECRET as CORE_SECRET
from tests.vaults import SECRET, WHOLE, Team, app_with_vault, named, rows, the_vault, vault_url


@pytest.fixture
def placewell(monkeypatch, tmp_path, database_url):
    """The command on this test's database, with a vault at an address."""
    for name, value in {
        "PLACEWELL_SECRET": CORE_SECRET,
        "PLACEWELL_INSTANCE": str(tmp_path),
        "PLACEWELL_URL": "https://localhost",
        "PLACEWELL_TRUSTED_PROXIES": "1",
        "PLACEWELL_VAULT_KEY": SECRET,
        "DATABASE_URL": database_url,
    }.items():
        monkeypatch.setenv(name, value)

    def run(*words):
        done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_a_purged_student_has_no_name_left(
    placewell, database_url, database_kind, template_of, tmp_path, monkeypatch
):
    with vault_url(database_kind, template_of, tmp_path) as url:
        monkeypatch.setenv("PLACEWELL_VAULT_URL", url)
        with app_with_vault(database_url, url, tmp_path) as app, app.app_context():
            team = in_transaction(lambda: Team(the_vault(app)))
            in_transaction(lambda: named(team.coordinator, the_vault(app), team.student.ref, WHOLE))
            assert len(rows(the_vault(app))) == 1

            with time_machine.travel("2029-01-15T12:00:00+00:00"):
                done = json.loads(placewell("retention", "run", "--json"))

            assert done["certificate"]["counts"] == {"student": 1}
            assert rows(the_vault(app)) == []
            assert "0 faults" in placewell("retention", "verify")
