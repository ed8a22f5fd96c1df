/* A form that saves by itself: what is answered is written down in the browser at once (keep.js) and sent a moment
 * after the last change, and again until the server has said "saved".
 *
 * sending(form, { after }) follows the form. The server's answer goes into #sparat and carries data-outcome; every word
 * that is told stands in the page. The form has hidden fields token, sequence and version: every opened page numbers
 * what it sends, so that an answer that is lost on the way does not make the page collide with itself. */
"use strict";

window.sending = (form, { after = () => {} } = {}) => {
  const LONGEST = 8000;           // ms of typing without a pause
  const WAITS = [1, 2, 4, 8, 10]; // s between tries when the server does not answer
  const told = document.getElementById("sparat");
  const aloud = document.getElementById("sagt");
  const dialog = document.getElementById("logga-in-igen");
  const field = (one) => form.elements.namedItem(one);
  const name = form.dataset.keep;
  const answered = "answered" in form.dataset; // the page shows what was sent, not what is stored

  let saved = answered ? null : kept.answers(form); // what the server has, as far as is known
  let sent = "", restored = "";
  let busy = false, stopped = false, unkept = false, declined = false, silently = false, well = false;
  let timer = 0, since = 0, tries = 0, pressed = null, leaving = false, gone = false;

  const own = () => `${name}#${field("token").value}`;
  const dirty = () => kept.answers(form) !== saved;

  /* Aloud: the first save, what goes wrong, and that it is well again. */
  function tell(text, isWell = false) {
    if (!(isWell && well)) aloud.textContent = text;
    well = isWell;
  }

  function say(text, kind = "error") {
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
    if (busy || stopped || dialog.open || (!dirty() && !pressed)) return;
    since = 0;
    number();
    sent = kept.answers(form);
    htmx.trigger(form, "spara");
    if (!busy) plan(1000); // nothing was listening
  }

  function changed(event) {
    if (!event.target.name || !dirty()) return;
    const pause = event.type === "change" ? 150 : 1200; // a choice is whole at once, words come one by one
    since = since || Date.now();
    tries = 0;
    keep();
    if (!busy && !stopped) plan(Math.min(pause, Math.max(0, since + LONGEST - Date.now())));
  }

  /* The answer */

  function settled(mark) {
    busy = silently = false;
    tries = 0;
    tell(told.textContent.trim().replace(/\s+/g, " "), mark.dataset.outcome === "saved");
    after(mark);
    if (mark.dataset.outcome !== "saved") {
      stopped = true; // she chooses, with a button or a link
      pressed = null;
      return keep();
    }
    saved = sent;
    unkept = "unkept" in mark.dataset;
    if (restored) kept.drop(restored);
    restored = "";
    keep();
    if (pressed) return send();
    if (dirty()) plan(300);
  }

  function unanswered(text, again = true) {
    busy = false;
    keep();
    say(pressed ? told.dataset.offline : text);
    pressed = null;
    if (again) plan(1000 * WAITS[Math.min(tries++, WAITS.length - 1)]);
  }

  form.addEventListener("htmx:beforeRequest", () => { busy = true; });
  form.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== told) return;
    const mark = told.querySelector("[data-outcome]");
    if (mark) settled(mark);
    else unanswered(told.dataset.retry); // somebody else's page: a network that wants to be signed in to
  });
  for (const lost of ["htmx:sendError", "htmx:timeout"]) form.addEventListener(lost, () => unanswered(told.dataset.retry));
  form.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 401) return signIn();
    if (status === 404) { stopped = true; return unanswered(told.dataset.gone, false); }
    unanswered(status >= 500 || status === 429 ? told.dataset.retry : told.dataset.refused, status >= 500 || status === 429);
  });
  window.addEventListener("online", () => { if (dirty()) plan(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) { if (dirty()) keep(); save(); } });
  window.addEventListener("pagehide", () => { if (!gone && dirty()) keep(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) gone = leaving = busy = false; });

  /* Signing in again, in place */

  function signIn() {
    busy = false;
    keep();
    if (silently) { silently = false; return unanswered(told.dataset.refused, false); }
    say(told.dataset.signIn);
    const again = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: told.dataset.signInButton });
    again.addEventListener("click", ask);
    told.append(again);
    if (!declined) ask();
  }

  function ask() {
    if (dialog.open) return;
    htmx.ajax("GET", dialog.dataset.address, { target: dialog, swap: "innerHTML" }).catch(() => unanswered(told.dataset.retry));
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
    declined = true;
    pressed = null;
  });

  /* Pressing a button: first what is answered, then the page */

  function send() {
    const button = pressed;
    pressed = null;
    leaving = true;
    form.requestSubmit(button);
  }

  form.addEventListener("submit", (event) => {
    if (gone) return event.preventDefault(); // the second click of a double click
    if (leaving || stopped || (!dirty() && !busy)) {
      clearTimeout(timer);
      leaving = false;
      gone = true;
      number();
      return keep();
    }
    event.preventDefault();
    pressed = event.submitter || form.querySelector("[name=save]");
    if (!busy) save();
  });

  /* Coming back */

  const received = (entry) => entry.token === form.dataset.lastForm && entry.sequence <= Number(form.dataset.lastSequence);
  const follows = (entry) => entry.version === field("version").value || entry.token === form.dataset.lastForm;

  function goOnWith(one) {
    kept.fill(form, one.entry);
    restored = one.name;
    say(told.dataset.kept.replace("%s", kept.clock(one.entry.at)), "");
  }

  function offer(one) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet small", textContent: told.dataset.show });
    const note = Object.assign(document.createElement("p"), { className: "note row", textContent: `${told.dataset.offer.replace("%s", kept.clock(one.entry.at))} ` });
    note.setAttribute("role", "status");
    note.append(button);
    button.addEventListener("click", () => { note.remove(); goOnWith(one); plan(0); });
    form.prepend(note);
  }

  let first = true;
  for (const one of kept.under(`${name}#`)) {
    if (one.entry.answers === saved || received(one.entry)) kept.drop(one.name);
    else if (answered) continue; // what was answered stands in the form
    else if (first && follows(one.entry)) {
      goOnWith(one);
      document.addEventListener("DOMContentLoaded", () => plan(0)); // when htmx is listening
      first = false;
    } else offer(one);
  }
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-drop]")) { gone = true; kept.drop(own()); }
  });
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  return { keep };
};
