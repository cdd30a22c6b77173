// What the page has that it must not have: one sentence each. Runs in the page, after it has settled.
() => {
  const found = [];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const name = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const said = new Map();
  const say = (sentence, element) => {
    said.set(sentence, (said.get(sentence) ?? 0) + 1);
    if (said.get(sentence) <= 3) found.push(element ? `${sentence}: ${name(element)}` : sentence);
  };
  const FOCUSABLE = "a[href], button:not([disabled]), input:not([type=hidden], [disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex]";

  // Headings and title
  const headings = all("h1");
  if (headings.length !== 1) say(`There are ${headings.length} h1`);
  const hasErrors = all(".error-summary").length > 0;
  const start = (hasErrors ? "Error: " : "") + words(headings[0]);
  if (!document.title.startsWith(start)) say(`The title "${document.title}" does not begin with "${start}"`);
  const levels = all("h1, h2, h3, h4, h5, h6").filter(seen).map((one) => Number(one.tagName[1]));
  levels.forEach((level, at) => { if (at && level > levels[at - 1] + 1) say(`A heading goes from h${levels[at - 1]} to h${level}`); });

  // Errors, their fields and the summary
  const described = new Set(all("[aria-describedby]").flatMap((one) => one.getAttribute("aria-describedby").split(/\s+/)));
  for (const id of described) if (!document.getElementById(id)) say(`aria-describedby names ${id}, which is not there`);
  for (const error of all(".error")) {
    if (!error.id) say("An error has no id", error);
    else if (!described.has(error.id)) say("No field names its error", error);
  }
  for (const invalid of all("[aria-invalid=true]")) if (!invalid.getAttribute("aria-describedby")) say("Invalid, and no error named", invalid);
  for (const link of all(".error-summary a")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target || !target.matches(FOCUSABLE)) say("The summary leads to nothing that takes focus", link);
    else if (!seen(target)) say("The summary leads to something hidden", link);
  }
  if (hasErrors && document.activeElement !== document.querySelector(".error-summary")) say("The focus is not on the error summary", document.activeElement);

  // Groups
  for (const choice of all("input[type=radio], input[type=checkbox]")) {
    const group = all("input[type=radio], input[type=checkbox]", choice.form ?? document).filter((one) => one.name === choice.name);
    if (group.length > 1) {
      const fieldset = choice.closest("fieldset");
      if (!words(fieldset?.querySelector("legend"))) say("A group without fieldset and legend", choice);
    }
  }

  // Size of targets: 24 by 24, or 24 px of room to the next (WCAG 2.5.8); links inside a sentence are exempt.
  const targets = all("a[href], button, input:not([type=hidden]), select, textarea, summary").filter(seen);
  const boxOf = (element) => {
    const boxes = [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
    if (!["radio", "checkbox"].includes(element.type)) return boxes[0];
    return boxes.sort((a, b) => b.width * b.height - a.width * a.height)[0];
  };
  const inText = (element) => element.matches("a[href], button.link") && getComputedStyle(element).display === "inline"
    && all("*", element.parentElement).length >= 0 && words(element.parentElement) !== words(element);
  const centers = targets.map((element) => { const box = boxOf(element); return { element, box, x: box.x + box.width / 2, y: box.y + box.height / 2 }; });
  for (const one of centers) {
    if (one.box.width >= 23.9 && one.box.height >= 23.9) continue;
    if (inText(one.element) || one.element.closest(".skip, .visually-hidden")) continue;
    const near = centers.some((other) => other !== one && Math.hypot(other.x - one.x, other.y - one.y) < 24);
    if (near) say(`A target of ${one.box.width.toFixed(0)} x ${one.box.height.toFixed(0)} px beside another`, one.element);
  }

  // Width
  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) {
    const wide = all("body *").filter((one) => seen(one) && one.getBoundingClientRect().right > page.clientWidth + 1);
    say(`The page scrolls sideways: ${page.scrollWidth} px in ${page.clientWidth}`, wide.at(-1));
  }

  // Order: no tabindex above 0, and no focusable that stands before the one it follows.
  for (const element of all("[tabindex]")) if (element.tabIndex > 0) say("A positive tabindex", element);
  const stops = all(FOCUSABLE, document.querySelector("main") ?? document).filter((one) => seen(one) && one.tabIndex >= 0 && getComputedStyle(one).position !== "absolute");
  stops.forEach((stop, at) => {
    if (!at) return;
    const before = stops[at - 1].getBoundingClientRect(), box = stop.getBoundingClientRect();
    if (box.bottom <= before.top && box.left < before.right - 1) say("Tab goes back up", stop);
  });

  // Nothing inline
  for (const script of all("script:not([src]), style")) say("Inline", script);
  for (const element of all("body *")) for (const { name: attribute } of element.attributes) {
    if (attribute.startsWith("on")) say(`Inline ${attribute}`, element);
    if (attribute === "style" && !element.closest("svg")) say("Inline style", element);
  }

  // Words: nothing of the machine's
  for (const leak of [/\bundefined\b/, /\bNaN\b/, /\[object /, /\{\{|\}\}/, /&(lt|gt|amp|#\d+);/, /\bTraceback\b/, /: None\b/]) {
    if (leak.test(document.body.innerText)) say(`The page says ${leak}`);
  }
  return found;
}
