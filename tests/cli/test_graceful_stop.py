"""SIGTERM: what is under way is answered, nothing new is taken, and the process ends with 0 in time."""

import http.client
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

# The server as `placewell serve` runs it, with a page that takes its time.
SLOW = """
import sys, time
import waitress
from referral.cli.serving import serve_until_told
def app(environ, start):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(float(environ["QUERY_STRING"]))
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"whole " * 20000]
server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
print(server.effective_port, flush=True)
print(serve_until_told(server, grace_seconds=float(sys.argv[1])), flush=True)
"""


class Request(threading.Thread):
    """A request in a thread of its own; `size` is what came of the answer, 0 where there was none."""

    def __init__(self, port: int, address: str) -> None:
        super().__init__(daemon=True)
        self.port, self.address, self.size = port, address, 0
        self.start()

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", self.address)
            self.size = len(connection.getresponse().read())
        except OSError:
            self.size = 0
        except http.client.HTTPException:
            self.size = -1
        finally:
            connection.close()


@contextmanager
def a_server(grace_seconds):
    command = [sys.executable, "-c", SLOW, str(grace_seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_requests_under_way_are_answered_whole(number):
    with a_server(10) as (process, port):
        requests = [Request(port, "/slow?1.0") for _ in range(3)]
        time.sleep(0.4)
        process.send_signal(number)

        assert process.wait(8) == 0
        assert process.stdout.readline() == "0\n"
        [request.join(5) for request in requests]
        assert [request.size for request in requests] == [120_000] * 3


def test_a_new_request_is_refused_while_the_last_ones_end():
    with a_server(10) as (process, port):
        last = Request(port, "/slow?1.5")
        time.sleep(0.4)
        process.terminate()
        time.sleep(0.3)

        with pytest.raises(ConnectionRefusedError):
            http.client.HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/")
        assert process.wait(8) == 0
        last.join(5)
        assert last.size == 120_000


def test_an_idle_connection_does_not_keep_it():
    with a_server(10) as (process, port):
        idle = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        idle.request("GET", "/")
        idle.getresponse().read()
        process.terminate()

        assert process.wait(3) == 0
        idle.close()


def test_it_ends_within_the_bound_though_a_request_does_not():
    with a_server(0.5) as (process, port):
        Request(port, "/slow?30")
        time.sleep(0.4)
        started = time.monotonic()
        process.terminate()

        assert process.wait(8) == 0
        assert time.monotonic() - started < 4
        assert process.stdout.readline() == "1\n"
