"""The gate of every page and state: axe, and what axe does not see."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = (Path(__file__).parent / "gate.js").read_text()
AXE_SOURCE = Axe().axe_script
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (tags) => {
  const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] };
  const { violations } = await axe.run(options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}"""


def problems(page: Page, *, axe: bool = True) -> list[str]:
    """What is wrong with the page as it stands, one sentence each; nothing when it passes the gate."""
    page.wait_for_load_state()
    found: list[str] = list(page.evaluate(RULES))
    if axe:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SOURCE)
        found += page.evaluate(RUN_AXE, TAGS)
    return found


def check_gate(page: Page, *, axe: bool = True) -> None:
    """Fail with everything that is wrong with the page."""
    found = problems(page, axe=axe)
    assert not found, f"{page.url}\n" + "\n".join(found)
