"""Requests per second of the main pages, signed in, over a real socket, as ratios to the health page.

The server (`placewell demo`) is a process of its own: it and its clients share no interpreter.
"""

import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

CLIENTS = 4
SECONDS = 4.0
HOST = "127.0.0.1"
GOAL_PER_SECOND = {"/programs": 100}


@dataclass(frozen=True)
class Rate:
    """Requests answered per second, and the median and 95th percentile in milliseconds."""

    per_second: float
    median_ms: float
    p95_ms: float


def run() -> None:
    """Serve a fresh demo and print the table."""
    with tempfile.TemporaryDirectory(prefix="placewell-bench-") as folder:
        command = [sys.executable, "-m", "referral.cli", "demo", "--instance", folder, "--port", "8300"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                port = _port_of(server)
                _print_table(port)
            finally:
                server.terminate()


def _port_of(server: subprocess.Popen[str]) -> int:
    for line in server.stdout or ():
        found = re.search(r"Open http://127\.0\.0\.1:(\d+)", line)
        if found:
            return int(found[1])
    raise RuntimeError("the demo did not start")


def _print_table(port: int) -> None:
    cookie = _signed_in(port)
    ranking = re.search(r'href="(/rankings/R-[^"/?]+)"', _get(port, "/rankings", cookie))
    if ranking is None:
        raise RuntimeError("the demo has no ranking")
    floor = _rate(port, "/healthz", cookie)
    print(f"\nPages over a socket, {CLIENTS} clients, {SECONDS:g} s each")
    for path in ("/healthz", "/programs", ranking[1], f"{ranking[1]}?view=table", "/students"):
        rate = _rate(port, path, cookie)
        goal = GOAL_PER_SECOND.get(path)
        print(
            f"  {path:<36} {rate.per_second:8.1f} requests/s   median {rate.median_ms:7.1f} ms"
            f"   p95 {rate.p95_ms:7.1f} ms   {rate.per_second / floor.per_second:6.1%} of the health page"
            + (f"   goal {goal}/s" if goal else "")
        )


def _signed_in(port: int) -> str:
    """The session cookie of the demo's coordinator."""
    connection = http.client.HTTPConnection(HOST, port)
    connection.request("GET", "/sign-in")
    response = connection.getresponse()
    page, cookie = response.read().decode(), _cookie(response)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    body = urlencode({"csrf_token": token[1] if token else ""})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/demo/sign-in/coordinator", body, headers)
    response = connection.getresponse()
    response.read()
    return _cookie(response)


def _cookie(response: http.client.HTTPResponse) -> str:
    return (response.getheader("Set-Cookie") or "").partition(";")[0]


def _get(port: int, path: str, cookie: str) -> str:
    connection = http.client.HTTPConnection(HOST, port)
    connection.request("GET", path, headers={"Cookie": cookie})
    return connection.getresponse().read().decode()


def _rate(port: int, path: str, cookie: str) -> Rate:
    times: list[float] = []
    end = time.perf_counter() + SECONDS

    def ask() -> None:
        connection = http.client.HTTPConnection(HOST, port)
        while time.perf_counter() < end:
            start = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie})
            response = connection.getresponse()
            response.read()
            if response.status != http.client.OK:
                raise RuntimeError(f"{path} answered {response.status}")
            times.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Rate(len(times) / SECONDS, statistics.median(times), statistics.quantiles(times, n=20)[-1])


if __name__ == "__main__":
    run()
