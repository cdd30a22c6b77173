"""The figures of reliability on both databases, and the largest lists: `--reliability`.

Real templates, sign-in and audit, over a socket; the clients share the cores with the server.
"""

import os
import signal
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Select, func, select

from referral.models.base import db
from referral.models.rankings import Ranking
from referral.models.seats import Room
from tests.benchmarks.served import Place, UsualSite, databases, large_cookies, ready_seconds, usual_site
from tests.serving import Browser, SeatWriter, Server
from tests.web.test_large_lists import LISTS

KINDS = ("SQLite", "PostgreSQL")
CLIENTS = 4
SECONDS = 5.0
RANKINGS = 60
STARTS = 3
BLOCK = b"\0" * 4096


@dataclass(frozen=True)
class Figure:
    """One figure and its goal; the factor says how many times better than the goal it is."""

    name: str
    found: float
    unit: str = ""
    goal: float | None = None
    more_is_better: bool = False

    @property
    def factor(self) -> float | None:
        """Above 1 the goal is met."""
        if self.goal is None:
            return None
        return self.found / self.goal if self.more_is_better else self.goal / self.found


def run() -> None:
    """Measure on both databases and print the table as it stands in the README."""
    tables = {}
    for kind in KINDS:
        print(f"\n{kind}, {_load()}")
        tables[kind] = []
        for figure in _figures(kind):
            print(f"  {figure.name:<66} {_words(figure)}", flush=True)
            tables[kind].append(figure)
    print(f"\n{_load()}\n\n{_markdown(tables)}")


def _figures(kind: str) -> Iterator[Figure]:
    with databases(kind) as fresh:
        with fresh() as place:
            site = usual_site(place)
            starts = [ready_seconds(place) for _ in range(STARTS)]
            yield Figure("`placewell serve`: ready", statistics.median(starts), "s", 2)
            with _served(place) as server:
                yield from _reading(server.port, site)
                yield from _ranking(server, site)
                yield from _writing(server.port, site, place.folder)
        with fresh() as place:
            yield from _large(place)


@contextmanager
def _served(place: Place) -> Iterator[Server]:
    server = place.serve()
    try:
        yield server
    finally:
        server.send(signal.SIGTERM)


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
        began = _cpu_ms(server)
        times = [_asked_ms(browser, "POST", address, 303) for _ in range(RANKINGS)]
        cpu = (_cpu_ms(server) - began) / RANKINGS
    _expect(select(func.count(Ranking.id)), RANKINGS + 2)  # one of the site's own, one to warm up
    yield Figure("ranking 150 programs and keeping it, median", statistics.median(times), "ms", 30)
    yield Figure("same, CPU time of the server", cpu, "ms", 30)


def _cpu_ms(server: Server) -> float:
    """CPU time of a server's process so far, on Linux: it says more than wall time on a shared machine."""
    tasks = Path(f"/proc/{server.process.pid}").glob("task/*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6


def _writing(port: int, site: UsualSite, folder: Path) -> Iterator[Figure]:
    """Steps of one seat, each of them durable, against the disk before and after."""
    before, done = _syncs_per_second(folder), threading.Event()
    threads = [threading.Thread(target=one.run, args=(port, done)) for one in site.writers]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    done.set()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    rate = sum(_counted(one) for one in site.writers) / took
    syncs = (before + _syncs_per_second(folder)) / 2
    yield Figure("durable writes: one-seat steps, 8 clients", rate, "/s")
    yield Figure("the disk's own: 4 kB appended and synced, one after the other", syncs, "/s")
    yield Figure("writes / the disk's own", rate / syncs, "", 0.5, more_is_better=True)


def _counted(writer: SeatWriter) -> int:
    if writer.faults:
        raise RuntimeError(f"a step was answered {writer.faults[0]}")
    _expect(select(Room.version).where(Room.key == writer.room), writer.version)
    return writer.acknowledged


def _expect(statement: Select[tuple[int]], number: int) -> None:
    """What was acknowledged is stored: a rate of refusals would look fine."""
    db.session.rollback()
    stored = db.session.scalar(statement)
    db.session.rollback()
    if stored != number:
        raise RuntimeError(f"{stored} are stored, {number} were acknowledged")


def _syncs_per_second(folder: Path, seconds: float = 1.0) -> float:
    """How often the disk of a folder acknowledges a block."""
    count, path = 0, folder / "synced"
    with path.open("wb", buffering=0) as file:
        start = time.perf_counter()
        while time.perf_counter() - start < seconds:
            file.write(BLOCK)
            os.fsync(file.fileno())
            count += 1
        took = time.perf_counter() - start
    path.unlink()
    return count / took


def _large(place: Place) -> Iterator[Figure]:
    """The slowest view of each list at 500 programs and 5,000 referrals, by one client."""
    cookies = large_cookies(place)
    slowest: dict[str, float] = {}
    with _served(place) as server:
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


def _words(figure: Figure) -> str:
    words = f"{figure.found:.3g} {figure.unit}".strip()
    return words if figure.factor is None else f"{words} ({figure.factor:.2f})"


def _markdown(tables: dict[str, Sequence[Figure]]) -> str:
    lines = ["| figure | goal | " + " | ".join(f"{kind} (factor)" for kind in KINDS) + " |"]
    lines.append("| --- | --- |" + " --- |" * len(KINDS))
    found = {kind: {one.name: one for one in figures} for kind, figures in tables.items()}
    for name in dict.fromkeys(name for named in found.values() for name in named):
        row = [named.get(name) for named in found.values()]
        first = next(one for one in row if one)
        goal = "-" if first.goal is None else f"{first.goal:g} {first.unit}".strip()
        lines.append(f"| {name} | {goal} | {' | '.join(_words(one) if one else '-' for one in row)} |")
    return "\n".join(lines)
