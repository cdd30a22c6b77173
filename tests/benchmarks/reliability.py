"""The figures of reliability on both databases, and the largest lists: `--reliability`.

Real templates, sign-in and audit, over a socket; the clients share the cores with the server.
"""

import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import func, select

from referral.models.rankings import Ranking
from tests.benchmarks import steps
from tests.benchmarks.figures import Figure, markdown, words
from tests.benchmarks.served import (
    Place,
    UsualSite,
    cpu_ms,
    databases,
    large_cookies,
    ready_seconds,
    usual_site,
)
from tests.serving import Browser, Server
from tests.web.test_large_lists import LISTS

KINDS = ("SQLite", "PostgreSQL")
CLIENTS = 4
SECONDS = 5.0
RANKINGS = 60
STARTS = 3


def run() -> None:
    """Measure on both databases and print the table as it stands in the README."""
    tables = {}
    for kind in KINDS:
        print(f"\n{kind}, {_load()}")
        tables[kind] = []
        for figure in _figures(kind):
            print(f"  {figure.name:<66} {words(figure)}", flush=True)
            tables[kind].append(figure)
    print(f"\n{_load()}\n\n{markdown(tables)}")


def _figures(kind: str) -> Iterator[Figure]:
    with databases(kind) as fresh:
        with fresh() as place:
            site = usual_site(place)
            starts = [ready_seconds(place) for _ in range(STARTS)]
            yield Figure("`placewell serve`: ready", statistics.median(starts), "s", 2)
            with place.served() as server:
                yield from _reading(server.port, site)
                yield from _ranking(server, site)
                yield from steps.on_this_disk(server, site, place.folder)
            yield from steps.on_slow_disks(place, site)
        with fresh() as place:
            yield from _large(place)


def _reading(port: int, site: UsualSite) -> Iterator[Figure]:
    """The programs page, by several clients at once."""
    _times(port, site.coordinator, "/programs", 5)
    times: list[float] = []
    end = time.perf_counter() + SECONDS

    def read() -> None:
        with closing(Browser(port, site.coordinator)) as browser:
            while time.perf_counter() < end:
                times.append(_asked_ms(browser, "GET", "/programs", 200))

    _together(read, CLIENTS)
    name = f"programs page of 128 rows, {CLIENTS} clients"
    yield Figure(name, len(times) / SECONDS, "requests/s", 100, more_is_better=True)
    yield Figure("same, 95th percentile", statistics.quantiles(times, n=20)[-1], "ms", 100)


def _ranking(server: Server, site: UsualSite) -> Iterator[Figure]:
    """Ranking all programs for a student and keeping it, again and again."""
    with closing(Browser(server.port, site.coordinator)) as browser:
        browser.open()
        address = f"/students/{site.student}/rankings"
        _asked_ms(browser, "POST", address, 303)
        began = cpu_ms(server)
        times = [_asked_ms(browser, "POST", address, 303) for _ in range(RANKINGS)]
        cpu = (cpu_ms(server) - began) / RANKINGS
    steps.expect(select(func.count(Ranking.id)), RANKINGS + 2)  # one of the site's own, one to warm up
    yield Figure("ranking 150 programs and keeping it, median", statistics.median(times), "ms", 30)
    yield Figure("same, CPU time of the server", cpu, "ms", 30)


def _large(place: Place) -> Iterator[Figure]:
    """The slowest view of each list at 500 programs and 5,000 referrals, by one client."""
    cookies = large_cookies(place)
    slowest: dict[str, float] = {}
    with place.served() as server:
        for role, address in LISTS:
            took = statistics.median(_times(server.port, cookies[role], address, 6)[1:])
            path = address.partition("?")[0]
            slowest[path] = max(slowest.get(path, 0), took)
    for path, took in slowest.items():
        yield Figure(f"500 programs, 5,000 referrals: `{path}`", took, "ms", 100)


def _times(port: int, cookie: str, address: str, count: int) -> list[float]:
    with closing(Browser(port, cookie)) as browser:
        return [_asked_ms(browser, "GET", address, 200) for _ in range(count)]


def _asked_ms(browser: Browser, method: str, address: str, expected: int) -> float:
    start = time.perf_counter()
    status, _ = browser.ask(method, address, {} if method == "POST" else None)
    if status != expected:
        raise RuntimeError(f"{address} answered {status}")
    return (time.perf_counter() - start) * 1000


def _together(work, count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
