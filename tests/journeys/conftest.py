"""Fixtures of the journeys: one browser and one demo for each test process, windows for each test."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from referral.rules.permissions import Role
from tests.journeys.demo_site import DemoSite, built_site, copied_site, kept_app
from tests.journeys.windows import USUAL_SIZE, Windows, a_browser, sign_in
from tests.kept_apps import KeptApp

FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many acts each core task takes."""
    told = [
        text
        for report in terminalreporter.getreports("passed")
        for name, text in report.user_properties
        if name == "acts"
    ]
    if told:
        terminalreporter.section("acts in the core tasks")
        for text in sorted(told):
            terminalreporter.write_line(str(text))


@pytest.fixture(scope="session")
def browser():
    """One browser for the whole run."""
    with a_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[DemoSite]:
    """The demo that tests read, and leave as it was."""
    with built_site(tmp_path_factory.mktemp("demo")) as site:
        yield site


@pytest.fixture(scope="session")
def kept_demo(site, tmp_path_factory) -> KeptApp:
    """The app of the copies."""
    return kept_app(site, tmp_path_factory.mktemp("own"))


@pytest.fixture
def own_site(site, kept_demo, tmp_path) -> Iterator[DemoSite]:
    """A copy of the demo that a test may write to."""
    with copied_site(site, kept_demo, tmp_path) as own:
        yield own


@pytest.fixture(scope="module")
def shared_windows(browser) -> Iterator[Windows]:
    """The window that tests which only look share; each signs it in anew."""
    made = Windows(browser)
    yield made
    made.close()


@pytest.fixture
def look_as(shared_windows, site, request, tmp_path) -> Iterator[Callable[[Role | None], Page]]:
    """The shared window, as a role sees it: light, 1280 px, nothing remembered; fails as `windows` does."""

    def look(role: Role | None) -> Page:
        if not shared_windows.pages:
            shared_windows.open(site)
        [page] = shared_windows.pages
        sign_in(page.context, site, role)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.set_viewport_size(USUAL_SIZE)
        return page

    shared_windows.offences.clear()
    yield look
    if request.node.stash.get(FAILED, False):
        shared_windows.show(tmp_path)
        shared_windows.close()
    for page in shared_windows.pages:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    assert shared_windows.offences == []


@pytest.fixture
def windows(browser, request, tmp_path) -> Iterator[Windows]:
    """Opens windows; fails when one left its host or complained, keeps pictures of a failure."""
    made = Windows(browser)
    yield made
    if request.node.stash.get(FAILED, False):
        made.show(tmp_path)
    made.close()
    assert made.offences == []
