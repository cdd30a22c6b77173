"""Every page says who may open it, and keeps to it, whatever the role and the object."""

import pytest
from werkzeug.routing import IntegerConverter

from referral.rules.permissions import Permission, Role, may
from referral.web.access import THIRD_PARTY_VIEWS

# Sign-in hashes slowly, so it records in a short transaction of its own (web/sessions.py); a check of the
# whole audit log reads long (web/audit.py).
COMMIT_BY_THEMSELVES = {
    "security.login",
    "security.forgot_password",
    "demo.sign_in",
    "demo.sign_in_as",
    "audit.verify",
    "second_step.ask",
    "account.second_step",
    "account.password",
    "account.end_others",
    "confirm.ask",
}
SAFE = {"GET", "HEAD", "OPTIONS"}


def requests_of(app):
    """Every page with each method it takes, and an address in which every name is that of nothing.

    The API's operations have their own table in tests/api.
    """
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("api."):
            continue
        values = {
            name: 0 if isinstance(converter, IntegerConverter) else "nothing"
            for name, converter in rule._converters.items()
        }
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **values, _external=False)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, address


def permission_of(app, rule):
    return app.view_functions[rule.endpoint].permission


def test_every_view_declares_who_may_use_it(demo_app):
    assert [name for name, view in demo_app.view_functions.items() if not hasattr(view, "permission")] == []


def test_the_table_of_third_party_views_is_complete(demo_app):
    foreign = {
        name for name, view in demo_app.view_functions.items() if not view.__module__.startswith("referral.")
    }
    ours_in_their_place = {"security.forgot_password", "security.reset_password"}

    assert set(THIRD_PARTY_VIEWS) == foreign | ours_in_their_place


def test_every_view_that_changes_something_commits(demo_app):
    forgetful = [
        rule.endpoint
        for rule in demo_app.url_map.iter_rules()
        if (rule.methods or set()) - SAFE
        and rule.endpoint not in COMMIT_BY_THEMSELVES
        and not getattr(demo_app.view_functions[rule.endpoint], "commits", False)
    ]

    assert forgetful == []


def test_a_stranger_is_led_to_sign_in_from_every_page_that_is_not_public(app, client):
    open_pages = []
    for rule, method, address in requests_of(app):
        if permission_of(app, rule) is not Permission.PUBLIC:
            answer = client.open(address, method=method)
            if answer.status_code != 303 or not answer.location.startswith("/sign-in"):
                open_pages.append((method, address, answer.status_code))

    assert open_pages == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_permission_is_refused_everywhere(app, signed_in, role):
    browser = signed_in(role)
    open_pages = []
    for rule, method, address in requests_of(app):
        if not may(browser.actor, permission_of(app, rule)):
            answer = browser.open(address, method=method)
            if answer.status_code != 403:
                open_pages.append((method, address, answer.status_code))

    assert open_pages == []


@pytest.mark.parametrize("role", list(Role))
def test_what_does_not_exist_is_not_found_for_those_who_may(app, signed_in, role):
    browser = signed_in(role)
    found = []
    for rule, method, address in requests_of(app):
        permission = permission_of(app, rule)
        if rule.arguments and permission is not Permission.PUBLIC and may(browser.actor, permission):
            answer = browser.open(address, method=method)
            if answer.status_code != 404:
                found.append((method, address, answer.status_code))

    assert found == []


@pytest.mark.parametrize("role", list(Role))
def test_every_page_without_an_object_opens_for_those_who_may(app, signed_in, role):
    browser = signed_in(role)
    broken = []
    for rule, method, address in requests_of(app):
        if method == "GET" and not rule.arguments and may(browser.actor, permission_of(app, rule)):
            answer = browser.get(address)
            if answer.status_code not in (200, 302, 303):
                broken.append((address, answer.status_code))

    assert broken == []
