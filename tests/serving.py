"""A server in a process of its own, browsers that talk to it, and writers that note what was acknowledged."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask

from referral.models.base import db
from referral.models.users import User
from tests.conftest import client_of
from tests.databases import SECRET

PROXIED = {
    "Host": "localhost",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.9",
    "Referer": "https://localhost/",
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SECONDS = 20
THREADS = 8


class Lost(Exception):
    """No answer came: what was sent may be stored or not."""


class Server:
    """`placewell serve` on the database of an instance folder or another, maybe under another program."""

    def __init__(self, instance: Path, database_url: str = "", under: Sequence[str] = ()) -> None:
        environment = os.environ | {
            "PLACEWELL_INSTANCE": str(instance),
            "PLACEWELL_SECRET": SECRET,
            "PLACEWELL_URL": "https://localhost",
            "PLACEWELL_TRUSTED_PROXIES": "1",
            "DATABASE_URL": database_url,
        }
        command = [*under, sys.executable, "-u", "-m", "referral.cli", "serve", "--port", "0"]
        command += ["--threads", str(THREADS)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().rpartition(":")[2])

    def send(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; gives the exit code."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end; gives the exit code."""
        code = self.process.wait(SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def cookie_of(app: Flask, user_id: int) -> str:
    """What the browser of a user who has signed in sends along; call it inside an app context."""
    browser = client_of(app, db.session.get_one(User, user_id))
    name = app.config["SESSION_COOKIE_NAME"]
    kept = browser.get_cookie(name)
    assert kept is not None
    return f"{name}={kept.value}"


class Browser:
    """One person's browser, signed in by its cookie."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        self.cookie, self.token = cookie, ""

    def open(self) -> None:
        """Open the first page, for the token of the forms."""
        found = TOKEN.search(self.ask("GET", "/help")[1])
        assert found is not None
        self.token = found[1]

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def ask(self, method: str, address: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and page.

        Raises
        ------
        Lost : the server went away before it answered.
        """
        headers = PROXIED | {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = None if fields is None else urlencode(fields | {"csrf_token": self.token})
        try:
            self.connection.request(method, address, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Lost from error
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                self.cookie = value.partition(";")[0]
        return answer.status, text


@dataclass
class Writer:
    """Writes until the server is gone; `lost` is the one act that nobody acknowledged."""

    cookie: str
    acknowledged: int = 0
    lost: dict[str, str] | None = None
    faults: list[int] = field(default_factory=list)

    def run(self, port: int, gone: threading.Event) -> None:
        """Write on and on."""
        with suppress(Lost), closing(Browser(port, self.cookie)) as browser:
            browser.open()
            while not gone.is_set():
                self.act(browser)

    def act(self, browser: Browser) -> None:
        """One write."""
        raise NotImplementedError

    def _send(self, browser: Browser, address: str, fields: dict[str, str]) -> int:
        self.lost = fields
        status, _ = browser.ask("POST", address, fields)
        self.lost = None
        return status


@dataclass
class SeatWriter(Writer):
    """Staff who count one room's students up and down, a step at a time."""

    room: str = ""
    version: int = 1
    enrolled: int = 0

    def act(self, browser: Browser) -> None:
        """One student more, or one less."""
        by = 1 if self.version % 2 else -1
        fields = {"counted": "enrolled", "by": str(by), "version": str(self.version)}
        status = self._send(browser, f"/programs/bridge/seats/{self.room}/step", fields)
        if status == 303:
            self.acknowledged += 1
            self.version += 1
            self.enrolled += by
        else:
            self.faults.append(status)


@dataclass
class ReferralWriter(Writer):
    """A coordinator who refuses an offer, and takes that back, on and on; one form key for each act."""

    ref: str = ""
    verb: str = "refuse"

    def act(self, browser: Browser) -> None:
        """The next move; what an earlier server left unanswered is sent again, with its own key."""
        fields = self.lost or {"reason": "by_mistake", "form_key": uuid4().hex}
        status = self._send(browser, f"/referrals/{self.ref}/{self.verb}", fields)
        if status == 303:
            self.acknowledged += 1
            self.verb = "refuse" if self.verb == "reopen" else "reopen"
        elif status == 409 and self.verb == "refuse":
            self.verb = "withdraw"  # it came back in line, without a seat
        else:
            self.faults.append(status)
