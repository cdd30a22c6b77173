"""Every fault of the API is a problem document, whatever went wrong and wherever."""

import pytest

from referral.formats.api_operations import PREFIX
from tests.web.test_headers import EVERYWHERE, security_headers

SEATS = f"{PREFIX}/programs/bridge/rooms/room-1/seats"


def expect_problem(answer, status, code):
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["code"] == code
    assert answer.json["type"] == f"urn:placewell:problem:{code}"
    assert answer.json["detail"].endswith(".")


@pytest.mark.parametrize("address", ["/nowhere", "/programs/", "/programs/a/b/c", "/"])
def test_an_address_that_leads_nowhere(client, address):
    expect_problem(client.get(PREFIX + address), 404, "record_not_found")


def test_a_method_that_an_address_does_not_take(client):
    answer = client.delete(f"{PREFIX}/programs")

    expect_problem(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_token_that_is_none(client):
    answer = client.get(f"{PREFIX}/programs", headers={"Authorization": "Bearer placewell_nothing"})

    expect_problem(answer, 401, "token_invalid")


@pytest.mark.parametrize("sent", ["", "Basic YTpi", "Bearer", "Bearer  "])
def test_no_token(client, sent):
    expect_problem(client.get(f"{PREFIX}/programs", headers={"Authorization": sent}), 401, "token_missing")


def test_a_body_that_is_not_json(api_of):
    answer = api_of("collaborative").put(SEATS, data="licensed=8", headers={"If-Match": '"1"'})

    expect_problem(answer, 415, "not_json")


def test_a_body_that_is_broken_json(api_of):
    answer = api_of("collaborative").put(
        SEATS, data="{", content_type="application/json", headers={"If-Match": '"1"'}
    )

    expect_problem(answer, 400, "request_unreadable")


def test_a_body_that_is_too_large(api_of):
    answer = api_of("collaborative").put(
        SEATS, data=b" " * 6_000_000, content_type="application/json", headers={"If-Match": '"1"'}
    )

    expect_problem(answer, 413, "request_too_large")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("age=nine", "age"),
        ("age=9&age=10", "age"),
        ("near=Lexington", "near"),
        ("open_now=yes", "open_now"),
        ("need=service:magic", "need.0"),
        ("limit=0", "limit"),
        ("state=ma", "state"),
        ("q=" + "x" * 101, "q"),
    ],
)
def test_a_parameter_that_cannot_be_is_named(api_of, query, field):
    answer = api_of("district").get(f"{PREFIX}/programs?{query}")

    expect_problem(answer, 422, "invalid_input")
    assert [one["field"] for one in answer.json["errors"]] == [field]


def test_our_own_fault_says_nothing_of_itself(app, client):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["api.document"] = lambda: 1 / 0

    answer = client.get(f"{PREFIX}/openapi.json")

    expect_problem(answer, 500, "our_fault")
    assert b"ZeroDivision" not in answer.data


def test_a_foreign_host_and_plain_http_are_refused_here_too(client):
    foreign = client.get(f"{PREFIX}/openapi.json", base_url="https://evil.example")
    plain = client.get(f"{PREFIX}/openapi.json", base_url="http://localhost")

    expect_problem(foreign, 400, "request_unreadable")
    assert plain.status_code == 400


@pytest.mark.parametrize("address", ["/openapi.json", "/nowhere", "/programs"])
def test_the_security_headers_are_those_of_the_pages(client, address):
    found = security_headers(client.get(PREFIX + address))
    found.pop("WWW-Authenticate", None)

    assert found == EVERYWHERE | {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
