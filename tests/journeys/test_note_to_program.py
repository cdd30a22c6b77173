"""A note to the program: allowed by the director, decided on by the coordinator, read by the program."""

import pytest
from playwright.sync_api import Page, expect

from referral.rules.permissions import Role
from tests.journeys.gate import check_gate
from tests.journeys.hands import Hands
from tests.journeys.windows import Look

TYPED = "Marisol zorbs at the pond behind Fade Masters."


@pytest.fixture
def coordinator(own_site, windows) -> Page:
    director = windows.open(own_site, Role.DIRECTOR)
    director.goto("/settings")
    director.get_by_label("Notes of your district may be read by the program").check()
    Hands(director).click("Save settings")
    page = windows.open(own_site, Role.COORDINATOR, Look(scripts=True))
    page.goto(f"/referrals/{own_site.names['offered_referral']}")
    return page


def test_a_note_is_marked_decided_on_and_sent(coordinator):
    hands = Hands(coordinator)
    coordinator.get_by_label("The other side may read it").check()
    hands.write("Note", TYPED)
    hands.click("Add the note")

    expect(coordinator.locator("mark")).to_have_text(["Marisol", "zorbs", "Fade Masters"])
    expect(coordinator.locator("textarea")).to_have_value(TYPED)
    check_gate(coordinator)
    coordinator.emulate_media(color_scheme="dark")
    coordinator.set_viewport_size({"width": 390, "height": 844})
    check_gate(coordinator)

    for words, choice in (
        ("Marisol", "Take it out"),
        ("zorbs", "This word is always fine in our district"),
        ("Fade Masters", "It tells nothing: leave it in this note"),
    ):
        group = coordinator.get_by_role("radiogroup").filter(has_text=f"“{words}”")
        group.get_by_label(choice).check()
    coordinator.get_by_label("I read the note.").check()
    hands.click("Add the note")

    expect(coordinator.locator("main")).to_contain_text("[...] zorbs at the pond behind Fade Masters.")
