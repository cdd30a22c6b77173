"""Every page passes the gate: in light at 1280 px, and again dark at 320 px and at 200 % zoom."""

import pytest

from referral.rules.permissions import Role
from tests.journeys.addresses import FAULTS, SIGHTS, Sight, endpoints_of_pages
from tests.journeys.gate import check_gate
from tests.journeys.windows import Windows

NARROW = {"width": 320, "height": 900}
ENLARGED = {"width": 640, "height": 450}  # a window of 1280 x 900 px at 200 % zoom


def firsts() -> list[Sight]:
    """The first sight of each page that is looked at again: its other states hold the same template."""
    return list({sight.endpoint: sight for sight in reversed(SIGHTS) if sight.again}.values())


FIRST = firsts()


def titles(sights: list[Sight] | tuple[Sight, ...]) -> list[str]:
    return [sight.title for sight in sights]


def test_no_page_is_forgotten(site):
    assert endpoints_of_pages(site.app) == {sight.endpoint for sight in SIGHTS}


def test_every_sight_has_a_name_of_its_own():
    assert len(set(titles(SIGHTS))) == len(SIGHTS)


@pytest.mark.parametrize("sight", SIGHTS, ids=titles(SIGHTS))
def test_the_page_passes_the_gate_light_and_dark_and_narrow_and_enlarged(site, look_as, sight):
    page = look_as(sight.role)

    answer = page.goto(sight.address(site.app, site.names))

    assert answer.status == 200
    assert page.url.endswith(sight.address(site.app, site.names))
    check_gate(page)
    if sight.again:
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(NARROW)
        check_gate(page, axe=sight in FIRST)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(ENLARGED)
        check_gate(page, axe=sight in FIRST)


@pytest.mark.parametrize(("address", "role"), FAULTS)
def test_the_page_of_a_fault_passes_the_gate(look_as, address, role):
    page = look_as(role)

    answer = page.goto(address)

    assert answer.status in (403, 404)
    check_gate(page)


def test_the_page_of_a_stale_form_passes_the_gate(own_site, windows: Windows):
    page = windows.open(own_site, Role.COORDINATOR)  # of its own: a sign-out may come through
    page.goto("/students")
    page.context.clear_cookies()

    page.get_by_role("button", name="Sign out").click()

    check_gate(page)
