/* Keeps what somebody types in this browser until the server has it.
 *
 * A form with data-keep="NAME" is written down here as it is typed, under the signed-in person's number and NAME, and
 * forgotten when a page from the server says that it was received (data-received). Nothing is sent by this script. */
"use strict";

window.kept = (() => {
  const PREFIX = "v6:";
  const DAYS = 14;
  const NEVER = ["csrfmiddlewaretoken", "seen", "noticed", "chosen_against"];
  const person = () => document.body.dataset.person || "";
  const place = (name) => `${PREFIX}${person()}:${name}`;

  function safely(work) {
    try { return work(); } catch { return null; } // private windows and full stores: the server still has its part
  }

  const counts = (name) => !NEVER.includes(name) && !name.startsWith("keep_");
  const plain = (value) => value.replace(/\r\n/g, "\n").trim();

  function fields(form) {
    return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && counts(name));
  }

  /* What the person has answered: the same for the same answers. Hidden fields are the server's, not hers. */
  function answers(form) {
    const hidden = new Set([...form.elements].filter((one) => one.type === "hidden").map((one) => one.name));
    return JSON.stringify(fields(form).filter(([name]) => !hidden.has(name)).map(([name, value]) => [name, plain(value)]));
  }

  function put(name, form, more = {}) {
    const entry = { fields: fields(form), answers: answers(form), at: Date.now(), ...more };
    safely(() => localStorage.setItem(place(name), JSON.stringify(entry)));
  }

  const get = (name) => safely(() => JSON.parse(localStorage.getItem(place(name))));
  const drop = (name) => safely(() => localStorage.removeItem(place(name)));
  const keys = () => safely(() => Object.keys(localStorage)) || [];

  /* Everything kept under a name that begins so, the newest first. */
  function under(beginning) {
    const names = keys().filter((key) => key.startsWith(place(beginning))).map((key) => key.slice(place("").length));
    const found = names.map((name) => ({ name, entry: get(name) })).filter((one) => one.entry);
    return found.sort((one, other) => other.entry.at - one.entry.at);
  }

  /* Puts the answers of an entry back. */
  function fill(form, entry) {
    const values = new Map();
    for (const [name, value] of entry.fields) values.set(name, [...(values.get(name) || []), value]);
    for (const one of form.elements) {
      if (!one.name || !counts(one.name) || ["file", "hidden", "submit", "button"].includes(one.type)) continue;
      const given = values.get(one.name) || [];
      if (one.type === "checkbox" || one.type === "radio") one.checked = given.includes(one.value);
      else if (given.length) one.value = given[0];
    }
    for (const part of form.querySelectorAll("details")) {
      const written = [...part.querySelectorAll("input, textarea")].some((one) => one.value && !["checkbox", "radio", "hidden"].includes(one.type));
      part.open = part.open || written;
    }
  }

  /* When it was: the clock, and the day as well if it was not today. */
  function clock(time) {
    const at = new Date(time);
    const hour = at.toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
    const day = at.toLocaleDateString("sv-SE", { day: "numeric", month: "long" });
    return at.toDateString() === new Date().toDateString() ? hour : `${day} ${hour}`;
  }

  function sweep() {
    for (const key of keys().filter((one) => one.startsWith(PREFIX))) {
      const entry = safely(() => JSON.parse(localStorage.getItem(key)));
      if (!entry || Date.now() - entry.at > DAYS * 86_400_000) localStorage.removeItem(key);
    }
  }

  /* What the server says it has received: the name of a step's form, or the token of a draft's. */
  function forgetWhatWasReceived() {
    for (const one of document.querySelectorAll("[data-received]")) {
      const received = one.dataset.received;
      drop(received);
      for (const { name, entry } of under("")) if (entry.token === received) drop(name);
    }
  }

  /* Forms of one step: written down, put back after a new sign-in, forgotten when received. */
  function follow(form) {
    const name = form.dataset.keep;
    const opened = answers(form);
    const entry = get(name);
    if (entry && entry.answers !== opened && !("answered" in form.dataset)) {
      fill(form, entry);
      const told = document.createElement("p");
      told.className = "note";
      told.setAttribute("role", "status");
      told.textContent = form.dataset.keptTold.replace("%s", clock(entry.at));
      form.prepend(told);
    }
    form.addEventListener("input", () => put(name, form));
    form.addEventListener("change", () => put(name, form));
    form.addEventListener("submit", () => put(name, form));
  }

  if (person()) {
    safely(sweep);
    safely(forgetWhatWasReceived);
    document.querySelectorAll("form[data-kept-told]").forEach(follow);
  }
  return { answers, put, get, drop, under, fill, clock };
})();
