// Moves the focus to what went wrong, and from there to its control.
const summary = document.querySelector(".error-summary");

function follow(event) {
  const link = event.target.closest('a[href^="#"]');
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  for (let box = control.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  control.closest(".field")?.scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
}

if (summary) {
  summary.focus();
  summary.addEventListener("click", follow);
}
