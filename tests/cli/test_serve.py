"""`placewell serve` as it runs: a process of its own, behind a proxy."""

import http.client
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from referral.cli import main

BY_PROXY = {"Host": "placewell.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


@pytest.fixture
def port(tmp_path, monkeypatch):
    """The port of a running server, which is ended afterwards."""
    for name, value in {
        "PLACEWELL_INSTANCE": str(tmp_path / "instance"),
        "PLACEWELL_URL": "https://placewell.example.org",
        "PLACEWELL_TRUSTED_PROXIES": "1",
        "DATABASE_URL": "",
    }.items():
        monkeypatch.setenv(name, value)
    CliRunner().invoke(main, ["init", "--email", "admin@site.example"])
    command = [sys.executable, "-u", "-m", "referral.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        yield int(process.stdout.readline().rpartition(":")[2])
        process.terminate()
        assert process.wait(10) == 0


def get(port, address, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer, body


def test_behind_its_proxy_the_site_is_https(port):
    answer, body = get(port, "/sign-in", BY_PROXY)

    assert answer.status == 200
    assert answer.headers["Set-Cookie"].startswith("__Host-placewell=")
    assert answer.headers["Server"] is None
    assert "Sign in" in body


def test_without_the_proxy_it_says_what_is_missing(port):
    answer, body = get(port, "/sign-in", {"Host": "placewell.example.org"})

    assert answer.status == 400
    assert "X-Forwarded-Proto" in body


def test_a_monitor_may_ask_on_the_machine_itself(port):
    assert get(port, "/readyz", {"Host": "127.0.0.1"})[1] == "ready\n"
