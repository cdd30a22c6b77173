"""Hands that use a page as a person does and count their acts: each click, choice and typed answer is one."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

FOCUSED = """() => {
  const it = document.activeElement;
  const label = it.getAttribute("aria-label") || it.labels?.[0]?.textContent;
  const words = label || it.textContent || it.value || "";
  const style = getComputedStyle(it), box = it.getBoundingClientRect();
  return {
    name: words.replace(/\\s+/g, " ").trim(),
    shown: style.outlineStyle !== "none" || it === document.body || it.matches("main"),
    inView: box.bottom > 0 && box.top < innerHeight,
  };
}"""
MOST_STEPS = 250


@dataclass
class Hands:
    """A person at a window with a mouse and a keyboard."""

    page: Page
    acts: int = 0

    def click(self, name: str, *, within: Locator | None = None) -> None:
        """Follow the link or press the button of this name."""
        root = within or self.page
        buttons = root.get_by_role("button", name=name, exact=True)
        self._do(buttons.or_(root.get_by_role("link", name=name, exact=True)).first.click)
        self.page.wait_for_load_state()

    def write(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Type into the field of this label."""
        self._do(lambda: (within or self.page).get_by_label(label, exact=True).fill(text))

    def pick(self, label: str, option: str, *, within: Locator | None = None) -> None:
        """Choose from the list of this label."""
        self._do(lambda: (within or self.page).get_by_label(label, exact=True).select_option(label=option))

    def tick(self, group: str, *options: str) -> None:
        """Tick boxes, or one of the radio buttons, of a group."""
        one_of = self.page.get_by_role("radiogroup", name=group, exact=True)
        box = one_of.or_(self.page.get_by_role("group", name=group, exact=True))
        for option in options:
            self._do(box.get_by_label(option, exact=True).check)

    def reads(self, heading: str) -> None:
        """The page has come whose heading this is."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def _do(self, act) -> None:
        self.acts += 1
        act()


@dataclass
class Keys:
    """A person at a window who uses the keyboard only."""

    page: Page
    presses: int = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.presses += 1
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type where the focus is."""
        self.presses += len(text)
        self.page.keyboard.type(text)

    def to(self, name: str) -> None:
        """Tab on to what is called so; the focus shows and is in view all the way."""
        for _ in range(MOST_STEPS):
            self.press("Tab")
            at = self.page.evaluate(FOCUSED)
            assert at["shown"], f"the focus does not show on {at['name']}"
            assert at["inView"], f"the focus is out of view on {at['name']}"
            if re.match(rf"{re.escape(name)}(\W|$)", at["name"]):
                return
        raise AssertionError(f"Tab never reaches {name} on {self.page.url}")

    def use(self, name: str) -> None:
        """Tab to a link or button and press Enter; the next page comes."""
        self.to(name)
        with self.page.expect_navigation():
            self.press("Enter")

    def skip_to_main(self) -> None:
        """Use the skip link, the first stop of every page."""
        self.press("Tab")
        assert self.page.evaluate(FOCUSED)["name"] == "Skip to main content"
        self.press("Enter")
        expect(self.page.locator("main")).to_be_focused()
