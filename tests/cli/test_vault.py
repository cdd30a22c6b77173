"""`placewell vault`: made, looked at, its keys changed, mended, backed up and restored."""

import stat

import pytest
from click.testing import CliRunner

from referral import migrations_vault
from referral.actions.transactions import in_transaction
from referral.app import create_app
from referral.cli import main
from referral.config import read_settings
from referral.models.base import db
from referral.queries.vault import vault_of
from referral.rules.identities import Identity
from tests.databases import SECRET
from tests.vaults import Team, crash_after, name_of, named


@pytest.fixture
def instance(database_url, database_kind, template_of, tmp_path, monkeypatch):
    """The settings of an instance without a vault, as the command reads them."""
    given = {
        "PLACEWELL_INSTANCE": str(tmp_path),
        "PLACEWELL_SECRET": SECRET,
        "PLACEWELL_URL": "https://localhost",
        "PLACEWELL_TRUSTED_PROXIES": "1",
        "DATABASE_URL": database_url,
        "PLACEWELL_VAULT_KEY": "",
        "PLACEWELL_VAULT_URL": "",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    if database_kind == "sqlite":
        yield monkeypatch
        return
    with template_of("postgresql").fresh(tmp_path, migrated=False) as url:
        monkeypatch.setenv("PLACEWELL_VAULT_URL", url)
        yield monkeypatch


def run(*words, ends=0):
    done = CliRunner().invoke(main, ["vault", *words], catch_exceptions=False)
    assert done.exit_code == ends, done.output
    return done.output


class Site:
    """The app as it would be started now."""

    def __enter__(self):
        self.app = create_app(read_settings())
        self.context = self.app.app_context()
        self.context.push()
        return vault_of(self.app.config["SETTINGS"])

    def __exit__(self, *_):
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
        self.context.pop()


def a_team():
    with Site() as kept:
        team = in_transaction(lambda: Team(kept))
        in_transaction(lambda: named(team.coordinator, kept, team.student.ref, Identity("Given Family")))
    return team


def shown(team):
    with Site() as kept:
        return name_of(team, kept)


def test_a_vault_is_made_with_a_private_key_and_told_about(instance, tmp_path):
    assert "placewell vault init" in run("status", ends=1)

    made = run("init")
    key = tmp_path / "vault.key"
    text = key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert text.strip() not in made
    assert "no district keeps names yet" in run("status")

    team = a_team()
    assert shown(team) == "Given Family"
    assert run("init")
    assert key.read_text() == text
    told = run("status")
    assert "1 district, 1 name" in told
    assert "agrees with the core" in told
    assert "Given" not in told

    key.rename(tmp_path / "elsewhere")
    assert shown(team) is None
    assert "The key is missing" in run("status", ends=1)
    instance.setenv("PLACEWELL_VAULT_KEY", "another-key-of-thirty-two-characters")
    assert "another one" in run("status", ends=1)
    instance.setenv("PLACEWELL_VAULT_KEY", text.strip())
    assert shown(team) == "Given Family"


def test_keys_are_changed_from_a_file_and_from_the_environment(instance, tmp_path):
    run("init")
    team = a_team()
    key = tmp_path / "vault.key"
    old = key.read_text()

    assert "1 key sealed anew, and 0 names" in run("rotate")
    assert key.read_text() != old
    assert [path.read_text() for path in tmp_path.glob("vault.key.*")] == [old]
    assert "1 key sealed anew, and 1 name" in run("rotate", "--full")
    assert shown(team) == "Given Family"
    assert not (tmp_path / "vault.key.new").exists()

    instance.setenv("PLACEWELL_VAULT_KEY", key.read_text().strip())
    key.unlink()
    assert "PLACEWELL_VAULT_KEY_NEW" in run("rotate", ends=1)
    new = "a-new-key-of-thirty-two-characters-or-more"
    instance.setenv("PLACEWELL_VAULT_KEY_NEW", new[:9])
    assert "32 characters" in run("rotate", ends=1)
    instance.setenv("PLACEWELL_VAULT_KEY_NEW", new)
    assert "Set PLACEWELL_VAULT_KEY to the new key" in run("rotate")
    assert shown(team) is None
    instance.setenv("PLACEWELL_VAULT_KEY", new)
    assert shown(team) == "Given Family"


def test_a_rotation_cut_off_before_the_file_moved_is_finished_by_the_next(instance, tmp_path):
    run("init")
    team = a_team()
    run("rotate")
    [old] = tmp_path.glob("vault.key.*")
    (tmp_path / "vault.key").rename(tmp_path / "vault.key.new")
    old.rename(tmp_path / "vault.key")
    assert shown(team) is None  # the vault has the new key, the file still the old one

    assert "0 keys sealed anew" in run("rotate")
    assert shown(team) == "Given Family"


def test_torn_stores_are_swept_after_a_dry_run(instance):
    run("init")
    team = a_team()
    with Site() as kept:
        crash_after(lambda: named(team.coordinator, kept, team.student.ref, Identity("Lost"), seen_number=1))

    ref = team.student.ref
    assert "1 student to mend" in run("status", ends=1)
    assert run("sweep", "--dry-run") == f"{ref}: entry 2 would be removed\n"
    assert run("sweep") == f"{ref}: entry 2 removed\n"
    assert run("sweep") == "Nothing to mend.\n"
    assert shown(team) == "Given Family"


def test_a_backup_of_the_vault_comes_back_into_an_empty_one(instance, tmp_path, database_kind):
    run("init")
    team = a_team()
    file = tmp_path / "vault.zip"
    assert "2 rows in 2 tables" in run("backup", str(file))
    assert b"Given" not in file.read_bytes()
    assert "not empty" in run("restore", str(file), ends=1)

    with Site() as kept:
        migrations_vault.downgrade(kept.engine, "base")
        migrations_vault.upgrade(kept.engine)
    assert shown(team) is None
    assert "Nothing to mend" in run("restore", str(file))
    assert shown(team) == "Given Family"


def test_without_a_file_of_its_own_a_vault_needs_an_address_and_a_long_key(instance, database_kind):
    if database_kind == "postgresql":
        instance.setenv("PLACEWELL_VAULT_URL", "")
        assert "PLACEWELL_VAULT_URL" in run("init", ends=1)
    instance.setenv("PLACEWELL_VAULT_KEY", "short")
    assert "characters or more" in run("init", ends=1) or database_kind == "postgresql"


def test_the_core_and_the_vault_are_never_one_database(instance, database_url):
    instance.setenv("PLACEWELL_VAULT_URL", database_url)
    assert "a database of its own" in run("init", ends=1)
