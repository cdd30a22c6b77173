"""Steps that several journeys take at the pages of referrals and seats."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.journeys.gate import check_gate
from tests.journeys.hands import Hands

MOST_TO_REFER, MOST_TO_ANSWER, TO_CONFIRM_BY_MAIL = 5, 2, 2


def day(days: int) -> str:
    """A day near today, as the browser's date field takes it."""
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - the day of the computer, as the page reads it


def state(page: Page, words: str) -> None:
    """The page of a referral says its state."""
    expect(page.get_by_role("heading", level=2).first).to_have_text(words)


def fact(page: Page, term: str) -> Locator:
    """What the page of a referral says of a term: its place in line, its room, a day."""
    return page.locator("dl > div").filter(has=page.get_by_text(term, exact=True)).locator("dd")


def refer(hands: Hands, programs: Sequence[str]) -> None:
    """From a ranking to referrals that wait for approval, in few acts."""
    hands.tick("Programs to refer to or compare", *(f"Choose {name}" for name in programs))
    hands.click("Refer to the chosen programs")
    check_gate(hands.page)
    hands.click("Submit for approval")

    expect(hands.page.get_by_role("status").first).to_contain_text(f"{len(programs)} referrals submitted.")
    assert hands.page.locator("tbody tr").count() == len(programs)
    assert hands.acts <= MOST_TO_REFER


def approve_all(page: Page) -> None:
    """Approve and send everything that waits for it."""
    page.goto("/referrals/approvals")
    boxes = page.locator("main input[type=checkbox]").all()
    for box in boxes:
        box.check()
    Hands(page).click("Approve and send the ticked")
    expect(page.get_by_role("status").first).to_contain_text(f"{len(boxes)} referrals approved")
    expect(page.locator(".empty__title")).to_have_text("Nothing waits for approval")


def answer_in_inbox(hands: Hands, ref: str, words: str, said: str) -> None:
    """One answer from its line of the inbox, as the page then says it."""
    hands.click(f"{words} to {ref}", within=_line(hands, ref))
    expect(hands.page.get_by_role("status").first).to_contain_text(f"{ref}: {said}")
    assert hands.acts <= MOST_TO_ANSWER


def decline_in_inbox(hands: Hands, ref: str, reason: str) -> None:
    """Decline from the line of the inbox, with a reason of the list."""
    line = _line(hands, ref)
    hands.pick("Or decline, because", reason, within=line)
    hands.click(f"Decline {ref}", within=line)
    expect(hands.page.get_by_role("status").first).to_contain_text("Declined.")
    assert hands.acts <= MOST_TO_ANSWER


def _line(hands: Hands, ref: str) -> Locator:
    return hands.page.locator("tbody tr").filter(has_text=ref)


def record_consent(hands: Hands) -> None:
    """Record a signed consent on the way from a packet that waits for it."""
    hands.click("Record one now")
    hands.tick("What it rests on", "Signed consent")
    hands.tick("Who signed", "Parent")
    hands.write("Good until", day(100))
    hands.click("Add the record")


def send_packet(hands: Hands) -> None:
    """Look at exactly what leaves, and send it."""
    hands.click("Send the packet")
    expect(hands.page.locator("main")).to_contain_text("Exactly what the program would see")
    hands.click("Send the packet")
    state(hands.page, "Packet sent")


def say_the_family_accepts(hands: Hands) -> None:
    """Fill in the form of an acceptance and send it."""
    hands.write("Day of the Team's proposal", day(-2))
    hands.tick("The parent's answer", "Accepted")
    hands.write("Day of the answer", day(-1))
    hands.click("Accept the offer")
    state(hands.page, "Accepted")


def enroll(hands: Hands) -> None:
    """Enroll the student who was accepted."""
    hands.click("Enroll")
    hands.write("First day in the program", day(0))
    hands.click("Enroll")
    state(hands.page, "Enrolled")


def plan_return(hands: Hands) -> None:
    """Plan the return, with what must be so before."""
    hands.click("Plan the return")
    hands.write("Day of the return", day(200))
    hands.tick("What must be so before", "The goals named in the IEP are met")
    hands.tick("Where the student returns to", "A program of the district")
    hands.click("Plan the return")
    state(hands.page, "Return planned")
    expect(hands.page.locator("main")).to_contain_text("When: the goals named in the IEP are met")


def record_return(hands: Hands) -> None:
    """Record that the student is back in the district."""
    hands.click("Record the return")
    hands.click("Record the return")
    state(hands.page, "Returned to the district")
    expect(hands.page.locator("main ol").first).to_contain_text("Returned to the district")


def confirm_seats(page: Page, path: str) -> int:
    """Open the link of a mail and say that the seats are still right; gives the acts."""
    hands = Hands(page, acts=1)
    page.goto(path)
    hands.click("Still right")
    hands.reads("Done")
    assert hands.acts == TO_CONFIRM_BY_MAIL
    return hands.acts


def room(page: Page) -> Locator:
    """The first room on the page of a program's seats."""
    return page.locator("section.card").first


def number(page: Page, label: str) -> int:
    """A number of the first room's seats."""
    page.wait_for_load_state()
    return int(room(page).locator(".part > div").filter(has_text=label).locator("strong").inner_text())


def step(page: Page, name: str) -> None:
    """Move the first room's seats by one."""
    room(page).get_by_role("button", name=re.compile(re.escape(name))).click()
