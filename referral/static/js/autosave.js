// Saves a draft 0.6 s after a pause: form[data-autosave=URL] with hidden `csrf_token` and `version`.
// The answer is JSON: {version, saved_at, matching: {name: number}, conflict}. Nothing is kept in the browser.
const PAUSE_MS = 600;
const RETRY_MS = 5000;
const tab = [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(36)).join("");

const clock = (saved) => {
  const at = new Date(saved);
  return Number.isNaN(at.valueOf()) ? saved : at.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" });
};

class Draft {
  constructor(form) {
    this.form = form;
    this.keys = false; // only a pressed key counts as activity
    this.token = this.hidden("tab");
    this.token.value = tab;
    form.addEventListener("keydown", () => { this.keys = true; });
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.wait(PAUSE_MS));
    form.addEventListener("submit", () => this.stop());
    addEventListener("pagehide", () => this.leave());
  }

  hidden(name) {
    const found = this.form.elements.namedItem(name);
    if (found) return found;
    const made = Object.assign(document.createElement("input"), { type: "hidden", name });
    return this.form.appendChild(made);
  }

  say(words, state) {
    for (const place of document.querySelectorAll("[data-autosave-status]")) {
      place.textContent = words;
      place.dataset.state = state;
    }
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
    this.flight?.abort();
  }

  leave() { // by a link, before the pause was over: the last words go along
    if (this.stopped || !(this.timer || this.again)) return;
    fetch(this.form.dataset.autosave, { method: "POST", body: new FormData(this.form), keepalive: true });
    this.stop();
  }

  wait(pause) {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    this.timer = 0;
    if (this.stopped) return;
    if (this.flight) { this.again = true; return; } // one at a time: each save needs the version of the last
    this.flight = new AbortController();
    const body = new FormData(this.form);
    body.set("activity", this.keys ? "1" : "0");
    this.keys = false;
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST", body, keepalive: true, signal: this.flight.signal, headers: { Accept: "application/json" },
      });
      await this.read(answer);
    } catch (error) {
      if (error.name !== "AbortError") {
        this.say("Not saved yet. Trying again.", "failed");
        this.wait(RETRY_MS);
      }
    }
    this.flight = null;
    if (this.again) { this.again = false; this.wait(PAUSE_MS); }
  }

  async read(answer) {
    const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (!json || answer.redirected) {
      this.stop();
      this.say("Draft not saved. Press the save button to sign in again and keep your answers.", "failed");
    } else if (json.conflict) {
      this.stop();
      this.say("Draft not saved: it was changed in another tab. Reload to see the newer answers.", "failed");
    } else {
      this.hidden("version").value = json.version;
      this.say(`Draft saved ${clock(json.saved_at)}`, "saved");
      this.count(json.matching ?? {});
    }
  }

  count(matching) {
    for (const [name, number] of Object.entries(matching)) {
      for (const place of document.querySelectorAll(`[data-match-count="${CSS.escape(name)}"]`)) place.textContent = number;
    }
  }
}

// Added as the page's last module: the bar of steps and the questions are already there.
for (const form of document.querySelectorAll("form[data-autosave]")) new Draft(form);
