/* A draft that saves by itself.
 *
 * What is typed is written down in the browser at once (keep.js) and sent a moment after the last key. The server's
 * answer says how it went (data-outcome). Until it has said "saved", the browser keeps its copy and tries again.
 *
 * Every opened page has a token of its own and numbers what it sends. A page that goes on with what another page typed
 * tells which page that was (continues), and by which text it went (version): what stands is never overwritten unseen. */
"use strict";

(() => {
  const form = document.getElementById("utkast");
  if (!form || !window.htmx || !document.body.dataset.person) return;

  const PAUSE = 1200;       // ms after the last key
  const LONGEST = 8000;     // ms of typing without a pause
  const WAITS = [1, 2, 4, 8, 10]; // s between tries when the server does not answer
  const told = document.getElementById("sparat");
  const dialog = document.getElementById("logga-in-igen");
  const field = (one) => form.elements.namedItem(one);
  const answered = "answered" in form.dataset; // the page shows what was sent, not what is stored
  const choosing = () => document.querySelector("#skillnad fieldset") !== null;

  let name = form.dataset.keep;
  let saved = answered ? null : kept.answers(form); // what the server has, as far as is known
  let sent = "";                                    // what is on its way
  let restored = "";                                // the name of the entry that this page goes on with
  let busy = false, stopped = choosing(), unkept = false, tries = 0, silently = false, declined = false, unsent = false;
  let timer = 0, since = 0, pressed = null, leaving = false, gone = false;

  const own = () => `${name}#${field("token").value}`;
  const dirty = () => kept.answers(form) !== saved;

  /* Aloud: the first save, what goes wrong, and that it is well again. The clock of every save is for the eye. */
  const aloud = document.getElementById("sagt");
  let well = false;
  function tell(text, isWell = false) {
    if (isWell && well) return;
    well = isWell;
    aloud.textContent = text;
  }

  function say(text, kind = "") {
    tell(text);
    told.replaceChildren(Object.assign(document.createElement("span"), { textContent: text, className: kind }));
  }

  function keep() {
    if (!dirty() && !unkept) return kept.drop(own());
    const [token, version, sequence] = ["token", "version", "sequence"].map((one) => field(one).value);
    kept.put(own(), form, { token, version, sequence: Number(sequence) || 0 });
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  function number() {
    field("sequence").value = (Number(field("sequence").value) || 0) + 1;
  }

  function save() {
    clearTimeout(timer);
    if (busy || stopped || dialog.open) return;
    if (!dirty() && !pressed) return;
    since = 0;
    number();
    sent = kept.answers(form);
    htmx.trigger(form, "spara");
    if (!busy) plan(PAUSE); // nothing was listening
  }

  function typed(event) {
    if (!event.target.name || event.target.name.startsWith("keep_")) return;
    if (!dirty()) return;
    since = since || Date.now();
    keep();
    progress();
    reckon();
    for (const one of document.querySelectorAll("#skillnad [data-typed]")) {
      if (one.dataset.typed === event.target.name) one.textContent = event.target.value;
    }
    if (stopped || dialog.open) return;
    tries = 0;
    if (!busy) plan(Math.min(PAUSE, Math.max(0, since + LONGEST - Date.now())));
  }

  /* The answer */

  form.addEventListener("htmx:beforeRequest", () => { busy = true; });
  form.addEventListener("htmx:configRequest", (event) => { event.detail.path = form.getAttribute("action"); });

  function settled(mark) {
    const outcome = mark.dataset.outcome;
    busy = silently = false;
    tries = 0;
    tell(told.textContent.trim().replace(/\s+/g, " "), outcome === "saved");
    if (outcome === "saved") {
      saved = sent;
      unkept = "unkept" in mark.dataset;
      if (restored) kept.drop(restored);
      restored = field("continues").value = field("continued").value = "";
      if (mark.dataset.keep !== name) {
        kept.drop(own());
        name = form.dataset.keep = mark.dataset.keep;
        form.setAttribute("action", mark.dataset.address);
      }
      keep();
      if (dirty()) plan(PAUSE);
      if (unsent && !pressed) told.prepend(Object.assign(document.createElement("span"), { textContent: told.dataset.unsent, className: "error" }));
    } else if (outcome === "untitled") {
      if (kept.answers(form) !== sent && !pressed) plan(PAUSE); // the title may have come while this was on its way
    } else {
      stopped = true; // she chooses, and presses the button
    }
    if (pressed && (outcome === "saved" || outcome === "untitled")) return send();
    pressed = null;
  }

  form.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== told) return;
    const mark = told.querySelector("[data-outcome]");
    if (mark) settled(mark);
    else unanswered(told.dataset.retry); // somebody else's page: a network that wants to be signed in to
  });

  function unanswered(text, again = true) {
    busy = false;
    keep();
    unsent = unsent || Boolean(pressed && pressed.name === "submit");
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
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    if (dirty()) keep();
    save();
  });
  window.addEventListener("pagehide", () => { if (!gone && dirty()) keep(); });

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
    if (dialog.open) return;
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
    form.requestSubmit(button);
  }

  form.addEventListener("submit", (event) => {
    if (gone) return event.preventDefault(); // the second click of a double click
    if (leaving || stopped) { // saved already; or a choice between two texts, which is made with the button
      leaving = false;
      gone = true;
      number();
      return keep();
    }
    event.preventDefault();
    unsent = false;
    pressed = event.submitter || form.querySelector("[name=save]");
    if (!busy) save();
  });

  window.addEventListener("pageshow", (event) => { if (event.persisted) { gone = leaving = busy = false; } });

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
  function reckon() {
    const numbers = ["times_per_year", "minutes_each_time", "people_involved"].map((one) => field(one).value);
    const all = numbers.every((one) => /^\d+$/.test(one));
    const sum = Math.round(numbers.reduce((product, one) => product * Number(one), 1) / 60);
    const words = all ? hours.dataset.told.replace("%s", sum.toLocaleString("sv-SE")) : hours.dataset.ask;
    if (hours.textContent !== words) hours.textContent = words;
  }

  /* Coming back */

  const received = (entry) => entry.token === form.dataset.lastForm && entry.sequence <= Number(form.dataset.lastSequence);
  const follows = (entry) => entry.version === field("version").value || entry.token === form.dataset.lastForm;

  function goOnWith(one) {
    kept.fill(form, one.entry);
    field("version").value = one.entry.version;
    field("continues").value = one.entry.token;
    field("continued").value = one.entry.sequence;
    restored = one.name;
    stopped = choosing();
    say(told.dataset.kept.replace("%s", kept.clock(one.entry.at)));
    progress();
    reckon();
  }

  function offer(one) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet small", textContent: told.dataset.show });
    const note = Object.assign(document.createElement("p"), { className: "note row", textContent: `${told.dataset.offer.replace("%s", kept.clock(one.entry.at))} ` });
    note.setAttribute("role", "status");
    note.append(button);
    button.addEventListener("click", () => { note.remove(); goOnWith(one); plan(0); field("title").focus(); });
    form.prepend(note);
  }

  function comeBack() {
    let first = true;
    for (const one of kept.under(`${name}#`)) {
      if (one.entry.answers === saved || received(one.entry)) kept.drop(one.name);
      else if (answered) continue; // what was typed stands in the form
      else if (first && follows(one.entry)) {
        goOnWith(one);
        document.addEventListener("DOMContentLoaded", () => plan(0)); // when htmx is listening
        first = false;
      } else offer(one);
    }
  }

  comeBack();
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  progress();
  reckon();
})();
