// Shows a question only when it is asked: data-show-if="field=value1|value2", several joined by "&", or by " or ".
// "field=*" means any answer. Hidden questions are disabled, so they are not sent; the server prunes them too.
function holds(answers, condition) {
  const [name, wanted = "*"] = condition.split("=");
  const given = answers.getAll(name.trim()).filter((value) => value !== "");
  return wanted === "*" ? given.length > 0 : wanted.split("|").some((value) => given.includes(value));
}

function show(box, visible) {
  box.hidden = !visible;
  const controls = [...box.querySelectorAll("input, select, textarea, button")];
  for (const control of [box, ...controls]) {
    if (!visible && "disabled" in control && !control.disabled) {
      control.disabled = true;
      control.dataset.hidden = "";
    } else if (visible && "hidden" in (control.dataset ?? {})) {
      control.disabled = false;
      delete control.dataset.hidden;
    }
  }
}

function reveal(form, boxes) {
  for (const box of boxes) {
    const answers = new FormData(form); // read again: an earlier question may just have gone
    show(box, box.dataset.showIf.split(" or ").some((all) => all.split("&").every((each) => holds(answers, each))));
  }
}

for (const form of document.forms) {
  const boxes = [...form.querySelectorAll("[data-show-if]")];
  if (!boxes.length) continue;
  const update = () => reveal(form, boxes);
  update();
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  addEventListener("pageshow", update); // a page come back to keeps its answers
}
