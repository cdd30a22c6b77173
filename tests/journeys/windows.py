"""Browser windows that notice what no page may do: leave its own host, or complain in the console."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    sync_playwright,
)

from referral.rules.permissions import Role
from tests.journeys.demo_site import COOKIE, DemoSite

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
NO_BROWSER = (
    "The journeys drive a real browser: install Chromium (Debian: apt-get install chromium),"
    " or set PLACEWELL_BROWSER to the path of one."
)
PATIENCE_MS = 10_000
USUAL_SIZE: ViewportSize = {"width": 1280, "height": 900}


def browser_path() -> str:
    """Where the browser of this machine is; without one the test fails and says what to install."""
    found = os.environ.get("PLACEWELL_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    return found


@contextmanager
def a_browser() -> Iterator[Browser]:
    """A browser for a whole test run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS, headless=True)
        yield browser
        browser.close()


def sign_in(context: BrowserContext, site: DemoSite, role: Role | None) -> None:
    """Sign the windows of a browser in as the demo's user of a role, or out."""
    context.clear_cookies()
    if role is not None:
        context.add_cookies([{"name": COOKIE, "value": site.cookies[role], "url": site.address}])


@dataclass(frozen=True)
class Look:
    """How a window looks at pages."""

    dark: bool = False
    width: int = 1280
    scripts: bool = True


@dataclass
class Windows:
    """Opens windows on a demo and collects what went wrong in them."""

    browser: Browser
    offences: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def open(self, site: DemoSite, role: Role | None = None, look: Look | None = None) -> Page:
        """A window, signed in as the demo's user of a role."""
        look = look or Look()
        context = self.browser.new_context(
            base_url=site.address,
            color_scheme="dark" if look.dark else "light",
            viewport={**USUAL_SIZE, "width": look.width},
            java_script_enabled=look.scripts,
            reduced_motion="reduce",
            locale="en-US",
        )
        context.set_default_timeout(PATIENCE_MS)
        sign_in(context, site, role)
        page = context.new_page()
        self._watch(page, site)
        self.pages.append(page)
        return page

    def show(self, folder: Path) -> None:
        """Keep a picture of every window in a folder, and say where."""
        for number, page in enumerate(self.pages):
            page.screenshot(path=folder / f"window-{number}.png", full_page=True)
            print(f"{page.url}: see {folder}/window-{number}.png")

    def close(self) -> None:
        """Close every window."""
        for page in self.pages:
            page.context.close()
        self.pages.clear()

    def _watch(self, page: Page, site: DemoSite) -> None:
        host = urlsplit(site.address).netloc

        def asked(request: Request) -> None:
            place = urlsplit(request.url)
            if place.scheme in {"http", "https", "ws", "wss"} and place.netloc != host:
                self.offences.append(f"{page.url} asked {request.url}")

        def answered(response: Response) -> None:
            is_part = not response.request.is_navigation_request()
            if is_part and response.status >= 400 and not response.url.endswith("/autosave"):
                self.offences.append(f"{page.url}: {response.status} from {response.url}")

        def said(message: ConsoleMessage) -> None:
            of_a_status = message.text.startswith("Failed to load resource: the server responded")
            if message.type in {"error", "warning"} and not of_a_status:
                self.offences.append(f"{page.url} said: {message.text}")

        page.on("request", asked)
        page.on("response", answered)
        page.on("console", said)
        page.on("pageerror", lambda error: self.offences.append(f"{page.url} raised: {error}"))
