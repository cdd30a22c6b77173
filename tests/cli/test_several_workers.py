"""Several processes of `placewell serve` share one PostgreSQL: what one saves, the other shows."""

import http.client
import json
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager

import pytest

from tests.databases import SECRET
from tests.programs import a_program
from tests.tokens import a_token

SEATS = "/api/v1/programs/bridge/rooms/room-1/seats"
BY_PROXY = {"Host": "placewell.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


@pytest.fixture
def environment(tmp_path, database_url, monkeypatch):
    """The settings of an instance on the test's database."""
    for name, value in {
        "PLACEWELL_INSTANCE": str(tmp_path / "instance"),
        "PLACEWELL_SECRET": SECRET,
        "PLACEWELL_URL": "https://placewell.example.org",
        "PLACEWELL_TRUSTED_PROXIES": "1",
        "DATABASE_URL": database_url,
    }.items():
        monkeypatch.setenv(name, value)


@contextmanager
def a_worker():
    """The port of a server in a process of its own, which is told to stop at the end."""
    command = [sys.executable, "-u", "-m", "referral.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        try:
            yield int(process.stdout.readline().rpartition(":")[2])
        finally:
            process.terminate()
            assert process.wait(10) == 0


def ask(port, method, address, token, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    named = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} | headers
    try:
        connection.request(method, address, body and json.dumps(body), BY_PROXY | named)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


@pytest.fixture
def token(saved):
    """A token of the collaborative that runs the Bridge Program."""
    program = saved(a_program)
    return saved(a_token, program.organisation_id)[1]


def test_what_one_worker_saves_the_other_shows(app, token, environment):
    with ExitStack() as stack:
        one, two = (stack.enter_context(a_worker()) for _ in range(2))
        ask(two, "GET", "/api/v1/programs", token)  # the second one has the directory in mind now
        seats = {"licensed": 12, "enrolled": 5, "held": 1}

        saved = ask(one, "PUT", SEATS, token, seats, **{"If-Match": '"1"'})
        late = ask(two, "PUT", SEATS, token, seats, **{"If-Match": '"1"'})
        shown = ask(two, "GET", "/api/v1/programs", token)

    assert saved[0] == 200
    assert (late[0], late[1]["code"]) == (412, "precondition_failed")
    assert shown[1]["programs"][0]["seats"]["open"] == 6 + 2
