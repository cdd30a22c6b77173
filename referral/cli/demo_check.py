"""What `placewell demo --check` requests: the main pages of each role, over a real socket."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import click
import waitress
from flask import Flask

from referral.rules.permissions import Role

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
SECONDS = 20

EVERYONE = ("/", "/programs", "/help")
DISTRICT = (
    "/students",
    "/students/{student}",
    "/rankings",
    "/rankings/{ranking}",
    "/rankings/{ranking}?view=table",
    "/rankings/{ranking}/ruled-out",
    "/rankings/{ranking}/team-sheet",
)
PAGES: Mapping[Role, tuple[str, ...]] = {
    Role.COORDINATOR: (*EVERYONE, *DISTRICT, "/students/new"),
    Role.DIRECTOR: (*EVERYONE, *DISTRICT, "/rankings/{ranking}/order", "/rankings/{ranking}/note"),
    Role.COLLABORATIVE_STAFF: (*EVERYONE, "/programs/mine"),
    Role.COLLABORATIVE_ADMINISTRATOR: (*EVERYONE, "/programs/mine"),
    Role.COOPERATIVE_ADMINISTRATOR: EVERYONE,
    Role.SITE_ADMINISTRATOR: (*EVERYONE, "/organizations", "/users"),
}
# A role that may not: the page is refused.
REFUSED: Mapping[Role, tuple[str, ...]] = {
    Role.COORDINATOR: ("/users",),
    Role.COLLABORATIVE_STAFF: ("/students", "/rankings/{ranking}"),
    Role.SITE_ADMINISTRATOR: ("/students/{student}", "/rankings/{ranking}"),
}


def check_pages(app: Flask, student: str, ranking: str) -> bool:
    """Whether every page answered as it must; each is printed with what came."""
    found = []
    with served(app) as address:
        for role, paths in PAGES.items():
            browser = build_opener(HTTPCookieProcessor(CookieJar()))
            _sign_in(browser, address, role)
            wanted = [(path, 200) for path in paths] + [(path, 403) for path in REFUSED.get(role, ())]
            for path, status in wanted:
                there = path.format(student=student, ranking=ranking)
                found.append(_check(browser, address, there, status, role))
    click.echo(f"{sum(found)} of {len(found)} pages answered as they must.")
    return all(found)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the app, served on a free port until the block ends."""
    sockets: dict[int, Any] = {}
    server = waitress.create_server(app, sockets, host="127.0.0.1", port=0, threads=4, ident=None)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown(timeout=SECONDS)
        # Closed by the serving thread itself: another one would close what it is waiting on.
        server.trigger.pull_trigger(lambda: [one.close() for one in [*sockets.values()]])
        thread.join(SECONDS)


def _sign_in(browser: OpenerDirector, address: str, role: Role) -> None:
    page = browser.open(f"{address}/sign-in", timeout=SECONDS).read().decode()
    token = TOKEN.search(page)
    form = urlencode({"csrf_token": token[1] if token else ""}).encode()
    browser.open(f"{address}/demo/sign-in/{role.value}", data=form, timeout=SECONDS).close()


def _check(browser: OpenerDirector, address: str, path: str, wanted: int, role: Role) -> bool:
    try:
        with browser.open(address + path, timeout=SECONDS) as answer:
            status, text = answer.status, answer.read().decode()
    except HTTPError as error:
        status, text = error.code, error.read().decode()
    heading = HEADING.search(text)
    is_right = status == wanted and heading is not None
    words = " ".join(re.sub(r"<[^>]+>", " ", heading[1]).split()) if heading else "no heading"
    click.echo(f"{'ok ' if is_right else 'BAD'} {status} {role.value:28} {path}: {words}")
    return is_right
