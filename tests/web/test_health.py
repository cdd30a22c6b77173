"""What a monitor asks."""

from sqlalchemy import text

from referral.migrations import newest_revision
from referral.models.base import db


def test_ready_means_that_the_database_has_the_newest_schema(app, client, saved):
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ready\n")

    saved(lambda: db.session.execute(text("UPDATE alembic_version SET version_num = '0001'")))
    answer = client.get("/readyz")

    assert newest_revision() > "0001"
    assert (answer.status_code, answer.text) == (503, "the database needs: placewell init\n")


def test_without_a_database_the_process_is_alive_and_not_ready(app, client, saved):
    saved(lambda: db.session.execute(text("DROP TABLE alembic_version")))

    assert client.get("/healthz").text == "alive\n"
    assert client.get("/readyz").status_code == 503
