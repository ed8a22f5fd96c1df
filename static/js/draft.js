/* A draft that saves by itself.
 *
 * What is typed is written down in the browser at once (keep.js) and sent a moment after the last key. The server's
 * answer says how it went (data-outcome). Until it has said "saved", the browser keeps its copy and tries again. */
"use strict";

(() => {
  const form = document.getElementById("utkast");
  if (!form || !window.htmx || !document.body.dataset.person) return;

  const PAUSE = 1200;       // ms after the last key
  const LONGEST = 8000;     // ms of typing without a pause
  const WAITS = [1, 2, 4, 8, 10]; // s between tries when the server does not answer
  const told = document.getElementById("sparat");
  const dialog = document.getElementById("logga-in-igen");

  let saved = kept.answers(form); // what the server has
  let sent = "";                  // what is on its way
  let name = form.dataset.keep;
  let busy = false, stopped = false, tries = 0, silently = false, declined = false;
  let timer = 0, since = 0, pressed = null, leaving = false;

  const field = (one) => form.elements.namedItem(one);
  const dirty = () => kept.answers(form) !== saved;

  function say(text, kind = "") {
    told.replaceChildren(Object.assign(document.createElement("span"), { textContent: text, className: kind }));
  }

  function keep() {
    if (dirty()) kept.put(name, form, { token: field("token").value, version: field("version").value });
    else kept.drop(name);
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  function save() {
    clearTimeout(timer);
    if (busy || stopped) return;
    if (!dirty() && !pressed) return;
    since = 0;
    sent = kept.answers(form);
    htmx.trigger(form, "spara");
    if (!busy) plan(PAUSE); // nothing was listening
  }

  function typed() {
    since = since || Date.now();
    keep();
    progress();
    reckon();
    if (stopped) return;
    tries = 0;
    if (!busy) plan(Math.min(PAUSE, Math.max(0, since + LONGEST - Date.now())));
  }

  /* The answer */

  form.addEventListener("htmx:beforeRequest", () => { busy = true; });
  form.addEventListener("htmx:configRequest", (event) => { event.detail.path = form.getAttribute("action"); });

  function settled(outcome) {
    busy = false;
    tries = 0;
    silently = false;
    const mark = told.querySelector("[data-outcome]");
    if (outcome === "saved") {
      saved = sent;
      if (mark.dataset.keep !== name) {
        kept.drop(name);
        name = form.dataset.keep = mark.dataset.keep;
        form.setAttribute("action", mark.dataset.address);
      }
      keep();
      if (dirty()) plan(PAUSE);
    } else if (outcome !== "untitled") {
      stopped = true; // she chooses, and presses the button
    }
    if (pressed && (outcome === "saved" || outcome === "untitled")) return send();
    pressed = null;
  }

  form.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== told) return;
    const mark = told.querySelector("[data-outcome]");
    if (mark) settled(mark.dataset.outcome);
  });

  function unanswered(text, again = true) {
    busy = false;
    keep();
    say(pressed ? told.dataset.offline : text, "error");
    pressed = null;
    if (again) plan(1000 * WAITS[Math.min(tries++, WAITS.length - 1)]);
  }

  form.addEventListener("htmx:sendError", () => unanswered(told.dataset.retry));
  form.addEventListener("htmx:timeout", () => unanswered(told.dataset.retry));
  form.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 401) return signIn();
    if (status === 404) { stopped = true; return unanswered(told.dataset.gone, false); }
    if (status >= 500 || status === 429) return unanswered(told.dataset.retry);
    unanswered(told.dataset.refused, false);
  });
  window.addEventListener("online", () => { if (dirty()) plan(0); });

  /* Signing in again, in place */

  function signIn() {
    busy = false;
    keep();
    if (silently) { silently = false; return unanswered(told.dataset.refused, false); }
    say(told.dataset.signIn, "error");
    const again = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: told.dataset.signInButton });
    again.addEventListener("click", askToSignIn);
    told.append(again);
    if (!declined) askToSignIn();
  }

  function askToSignIn() {
    htmx.ajax("GET", dialog.dataset.address, { target: dialog, swap: "innerHTML" })
      .catch(() => unanswered(told.dataset.retry));
  }

  dialog.addEventListener("htmx:afterSwap", () => {
    const key = dialog.querySelector("[data-signed-in]");
    if (!key) {
      if (!dialog.open) dialog.showModal();
      dialog.querySelector("[name=password]").focus();
      return;
    }
    for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = key.dataset.signedIn;
    dialog.close();
    declined = false;
    silently = dirty() || Boolean(pressed); // a second refusal right after this is no matter of signing in
    save();
  });
  dialog.addEventListener("htmx:sendError", () => { dialog.close(); unanswered(told.dataset.retry); });
  dialog.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) dialog.close(); });
  dialog.addEventListener("close", () => {
    if (dialog.querySelector("[data-signed-in]")) return;
    declined = true; // she is reminded beside the button, and not asked at every save
    pressed = null;
  });

  /* Pressing a button: first what is typed, then the page */

  function send() {
    const button = pressed;
    pressed = null;
    leaving = true;
    kept.sending(name);
    form.requestSubmit(button);
  }

  let gone = false;
  form.addEventListener("submit", (event) => {
    if (gone) return event.preventDefault(); // the second click of a double click
    if (leaving) { leaving = false; gone = true; return; }
    if (stopped) { kept.sending(name); gone = true; return; } // a choice between two texts is made with the button
    event.preventDefault();
    pressed = event.submitter || form.querySelector("[name=save]");
    if (!busy) save();
  });

  window.addEventListener("pageshow", (event) => { if (event.persisted) { gone = leaving = busy = false; } });

  /* Leaving without pressing anything */

  window.addEventListener("pagehide", () => {
    if (gone || !dirty()) return;
    keep();
    if (stopped || !field("title").value.trim()) return;
    const data = new FormData(form);
    data.set("autosave", "1");
    navigator.sendBeacon(form.getAttribute("action"), data);
  });

  /* What remains, and the hours, while one types */

  function progress() {
    const text = document.getElementById("kvar-text");
    if (!text) return;
    let done = 0;
    for (const item of document.querySelectorAll("#kvar [data-for]")) {
      const parts = [...form.querySelectorAll(`[name="${item.dataset.for}"]`)];
      const filled = parts.some((one) => (one.type === "checkbox" ? one.checked : one.value.trim()));
      done += filled;
      item.classList.toggle("done", filled);
      const word = item.querySelector("[data-done]");
      word.textContent = filled ? word.dataset.done : word.dataset.left;
    }
    text.textContent = text.dataset.told.replace("%s", done);
    document.getElementById("kvar-matare").value = done;
  }

  const hours = document.getElementById("timmar");
  const asked = hours.textContent;
  function reckon() {
    const numbers = ["times_per_year", "minutes_each_time", "people_involved"].map((one) => field(one).value);
    const all = numbers.every((one) => /^\d+$/.test(one));
    const sum = Math.round(numbers.reduce((product, one) => product * Number(one), 1) / 60);
    const words = all ? hours.dataset.told.replace("%s", sum.toLocaleString("sv-SE")) : (hours.dataset.ask || asked);
    if (hours.textContent !== words) hours.textContent = words;
  }

  /* Coming back */

  const entry = kept.get(name);
  if (entry && entry.answers !== saved && !("answered" in form.dataset)) {
    kept.fill(form, entry, ["token", "version"]);
    say(told.dataset.kept.replace("%s", kept.clock(entry.at)));
    document.addEventListener("DOMContentLoaded", () => plan(0)); // when htmx is listening
  } else if (entry) {
    kept.drop(name);
  }
  if (name !== "nytt") {
    const first = kept.get("nytt"); // the same draft, begun on the page for a new one and saved as that was left
    if (first && first.answers === saved) kept.drop("nytt");
  }
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  progress();
  reckon();
})();
