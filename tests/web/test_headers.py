"""The exact security headers and cookies of every response."""

from tests.architecture.test_routes import requests_of
from tests.conftest import client_of
from tests.factories import a_collaborative, a_user
from tests.pages import page
from tests.tokens import a_token, token_client

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


def odd_answers(app, browser, expected):
    """Every address by every method whose answer carries other headers, or may be stored."""
    asked = [(method, address) for _, method, address in requests_of(app) if address != "/sign-out"]
    asked += [("GET", address) for address in ADDRESSES] + [("BREW", "/"), ("POST", "/nowhere")]
    for method, address in asked:
        answer = browser.open(address, method=method, buffered=True)
        kept = answer.headers.get("Cache-Control") != "no-store" and not address.startswith("/static/")
        if security_headers(answer) != expected or kept:
            yield method, address, answer.status_code


def test_every_response_over_https_carries_exactly_these_headers_and_is_not_stored(app, client, signed_in):
    expected = EVERYWHERE | {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}

    assert list(odd_answers(app, client, expected)) == []
    assert list(odd_answers(app, signed_in("director"), expected)) == []


def test_the_demo_on_loopback_carries_the_same_without_hsts(demo_app, saved):
    assert list(odd_answers(demo_app, demo_app.test_client(), EVERYWHERE)) == []


def test_files_and_answers_of_the_api_carry_the_same(app, saved, signed_in):
    api = token_client(app, saved(lambda: a_token(a_collaborative()))[1])
    expected = EVERYWHERE | {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
    sheet = signed_in("collaborative_staff").get("/programs/mine/rooms.xlsx")
    found = [api.get(f"/api/v1/{name}") for name in ("openapi.json", "programs", "nothing")]
    refused = api.get("/api/v1/programs", headers={"Authorization": ""})

    assert sheet.headers["Content-Disposition"].startswith("attachment")
    assert [answer.status_code for answer in (sheet, *found, refused)] == [200, 200, 200, 404, 401]
    for answer in (sheet, *found):
        assert security_headers(answer) == expected
        assert answer.headers["Cache-Control"] == "no-store"
    assert not [answer for answer in (*found, refused) if "Set-Cookie" in answer.headers]
    assert security_headers(refused) == expected | {"WWW-Authenticate": 'Bearer realm="placewell"'}


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


def test_signing_out_tells_the_browser_to_forget(signed_in):
    answer = signed_in("director").post("/sign-out")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Expires=Thu, 01 Jan 1970" in answer.headers["Set-Cookie"]
