"""Every operation of the API x every role of a token x what is one's own, foreign or missing."""

import pytest

from referral.formats.api_operations import OPERATIONS, PREFIX
from referral.rules.permissions import Permission, Role
from tests.world import missing

STAFF_ONLY = {"seats", "update_seats", "confirm_seats"}
OWNED = {"seats", "update_seats", "confirm_seats", "referral"}
SEATS = {"licensed": 9, "enrolled": 5, "held": 1}
SENT = {"update_seats": SEATS, "confirm_seats": {"rooms": [{"room": "room-1", "version": 2}]}}
MADE_FOR = {"slug": "program", "key": "key", "ref": "referral"}
WITH_NAMES = [one for one in OPERATIONS if "{" in one.path]


def ask(client, operation, side):
    address = operation.path.format(**{name: side.names[known] for name, known in MADE_FOR.items()})
    headers = {"If-Match": '"1"'} if operation.matched else {}
    return client.open(
        PREFIX + address, method=operation.method, headers=headers, json=SENT.get(operation.name)
    )


def is_problem(answer) -> bool:
    return answer.content_type == "application/problem+json" and answer.json["status"] == answer.status_code


def test_the_table_of_operations_is_what_the_app_serves(app):
    served = {
        (rule.endpoint.removeprefix("api."), method, rule.rule.replace("<", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert served == {(one.name, one.method, PREFIX + one.path) for one in OPERATIONS}


def test_each_view_asks_for_the_permission_that_the_table_says(app):
    asked = {one.name: app.view_functions[f"api.{one.name}"].permission for one in OPERATIONS}

    assert asked == {one.name: one.permission for one in OPERATIONS}


def test_every_view_that_changes_something_commits(app):
    changing = [one.name for one in OPERATIONS if one.method != "GET"]

    assert [
        name for name in changing if not getattr(app.view_functions[f"api.{name}"], "commits", False)
    ] == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_without_a_token_nothing_but_the_document_opens(client, sides, operation):
    for side in (sides[0], missing(sides[0])):
        answer = ask(client, operation, side)

        if operation.permission is Permission.PUBLIC:
            assert answer.status_code == 200
        else:
            assert answer.status_code == 401
            assert is_problem(answer)
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="placewell"'


@pytest.mark.parametrize("kind", ["district", "collaborative"])
def test_a_token_gets_its_own_and_nothing_else(api_of, sides, kind):
    client, (own, foreign) = api_of(kind), sides
    wrong = []
    for operation in OPERATIONS:
        is_held = kind == "collaborative" or operation.name not in STAFF_ONLY
        for whose, side in (("foreign", foreign), ("missing", missing(own)), ("own", own)):
            hidden = "{" in operation.path and (whose == "missing" or operation.name in OWNED)
            wanted = 403 if not is_held else 404 if whose != "own" and hidden else 200
            answer = ask(client, operation, side)
            if answer.status_code != wanted or (wanted != 200 and not is_problem(answer)):
                wrong.append((operation.name, whose, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize(
    "operation", [one for one in WITH_NAMES if one.name in OWNED], ids=lambda one: one.name
)
def test_what_is_foreign_looks_like_what_is_missing(api_of, sides, operation):
    client, (own, foreign) = api_of("collaborative"), sides

    answers = [ask(client, operation, side) for side in (foreign, missing(own))]

    assert answers[0].json == answers[1].json


def test_a_session_of_the_pages_opens_nothing_here(signed_in, sides):
    browser = signed_in(Role.DIRECTOR)

    answer = browser.get(f"{PREFIX}/programs")

    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers


def test_a_token_opens_no_page(api_of):
    answer = api_of("district").get("/programs")

    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")
