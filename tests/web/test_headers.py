"""The exact security headers and cookies of every response."""

import pytest

from tests.conftest import client_of
from tests.factories import a_user
from tests.pages import page

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ADDRESSES = [
    "/",
    "/sign-in",
    "/nowhere",
    "/static/css/app.css",
    "/static/nothing.css",
    "/healthz",
    "/sign-out",
]


def security_headers(response):
    ordinary = {
        "Content-Type",
        "Content-Length",
        "Date",
        "Location",
        "Set-Cookie",
        "Vary",
        "Cache-Control",
        "Allow",
    }
    files = {"Accept-Ranges", "Content-Disposition", "Last-Modified", "ETag"}
    return {name: value for name, value in response.headers.items() if name not in ordinary | files}


@pytest.mark.parametrize("address", ADDRESSES)
def test_https_responses_carry_exactly_these_headers(client, address):
    expected = EVERYWHERE | {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}

    assert security_headers(client.get(address, buffered=True)) == expected


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_demo_on_loopback_carries_the_same_without_hsts(demo_app, address):
    assert security_headers(demo_app.test_client().get(address, buffered=True)) == EVERYWHERE


@pytest.mark.parametrize("address", ["/", "/sign-in", "/nowhere"])
def test_pages_are_not_stored(client, address):
    assert client.get(address).headers["Cache-Control"] == "no-store"


def test_over_https_the_cookie_is_bound_to_the_host(client):
    cookie = client.get("/sign-in").headers["Set-Cookie"]

    name, *attributes = cookie.split("; ")
    assert name.startswith("__Host-placewell=")
    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]


def test_in_the_demo_the_cookie_is_plain(demo_app):
    cookie = demo_app.test_client().get("/sign-in").headers["Set-Cookie"]

    name, *attributes = cookie.split("; ")
    assert name.startswith("placewell=")
    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=Lax"]


def test_a_foreign_host_name_is_refused(client):
    answer = client.get("/sign-in", base_url="https://evil.example")

    assert answer.status_code == 400
    assert page(answer).h1.get_text() == "This request could not be read"


def test_the_fault_page_of_a_broken_database_says_nothing_of_it(app, saved):
    browser = client_of(app, saved(a_user))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["home.index"] = lambda: 1 / 0

    answer = browser.get("/")

    assert answer.status_code == 500
    assert b"ZeroDivision" not in answer.data
    assert security_headers(answer).keys() == EVERYWHERE.keys() | {"Strict-Transport-Security"}
