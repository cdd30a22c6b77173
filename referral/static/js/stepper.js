// Plus and minus beside a number: input[data-stepper]. The number stays a number to type.
function button(input, change, words) {
  const made = document.createElement("button");
  const label = input.labels[0]?.textContent.trim() ?? input.getAttribute("aria-label") ?? "";
  made.type = "button";
  made.className = "button button--quiet";
  made.textContent = change < 0 ? "\u2212" : "+";
  made.setAttribute("aria-label", `${words}: ${label}`);
  made.addEventListener("click", () => {
    if (change < 0) input.stepDown();
    else input.stepUp();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return made;
}

for (const input of document.querySelectorAll("input[type=number][data-stepper]")) {
  const box = document.createElement("span");
  box.className = "stepper";
  input.before(box);
  box.append(button(input, -1, "One less"), input, button(input, 1, "One more"));
}
