/* Keeps what somebody types in this browser until the server has it.
 *
 * A form with data-keep="NAME" is written down here as it is typed, under the signed-in person's number and NAME,
 * and forgotten when the server has answered with another page. Nothing is sent anywhere by this script. */
"use strict";

window.kept = (() => {
  const PREFIX = "v6:";
  const DAYS = 14;
  const NEVER = ["csrfmiddlewaretoken", "seen", "noticed"];
  const person = () => document.body.dataset.person || "";
  const place = (name) => `${PREFIX}${person()}:${name}`;

  function safely(work) {
    try { return work(); } catch { return null; } // private windows and full stores: the server still has its part
  }

  function fields(form) {
    return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NEVER.includes(name));
  }

  /* What the person has answered: the same for the same answers. Hidden fields are the server's, not hers. */
  function answers(form) {
    const hidden = new Set([...form.elements].filter((one) => one.type === "hidden").map((one) => one.name));
    const given = fields(form).filter(([name]) => !hidden.has(name));
    return JSON.stringify(given.map(([name, value]) => [name, value.replace(/\r\n/g, "\n")]));
  }

  function put(name, form, more = {}) {
    const entry = { fields: fields(form), answers: answers(form), at: Date.now(), ...more };
    safely(() => localStorage.setItem(place(name), JSON.stringify(entry)));
  }

  const get = (name) => safely(() => JSON.parse(localStorage.getItem(place(name))));
  const drop = (name) => safely(() => localStorage.removeItem(place(name)));

  /* Puts the answers of an entry back; hidden fields only where they are named. */
  function fill(form, entry, hidden = []) {
    const values = new Map();
    for (const [name, value] of entry.fields) values.set(name, [...(values.get(name) || []), value]);
    for (const one of form.elements) {
      if (!one.name || one.type === "file" || NEVER.includes(one.name)) continue;
      if (one.type === "hidden" && !hidden.includes(one.name)) continue;
      const given = values.get(one.name) || [];
      if (one.type === "checkbox" || one.type === "radio") one.checked = given.includes(one.value);
      else if (one.type !== "submit" && one.type !== "button" && given.length) one.value = given[0];
    }
    for (const part of form.querySelectorAll("details")) {
      part.open = part.open || [...part.querySelectorAll("input, textarea")].some((one) => one.value && one.type !== "checkbox" && one.type !== "radio");
    }
  }

  const clock = (time) => new Date(time).toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");

  function sweep() {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const entry = safely(() => JSON.parse(localStorage.getItem(key)));
      if (!entry || Date.now() - entry.at > DAYS * 86_400_000) localStorage.removeItem(key);
    }
  }

  /* A form that was sent from here has been received if another page came, or if the draft that came was last saved
   * by that very form. After a new sign-in the same form comes back without having been received. */
  function forgetWhatWasReceived() {
    const sent = safely(() => sessionStorage.getItem(place("sent")));
    if (!sent) return;
    sessionStorage.removeItem(place("sent"));
    const here = [...document.querySelectorAll("form[data-keep]")].find((form) => form.dataset.keep === sent);
    const entry = get(sent);
    if (!here || (entry && here.dataset.lastForm && here.dataset.lastForm === entry.token)) drop(sent);
  }

  const sending = (name) => safely(() => sessionStorage.setItem(place("sent"), name));

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
    form.addEventListener("submit", () => { put(name, form); sending(name); });
  }

  if (person()) {
    safely(sweep);
    safely(forgetWhatWasReceived);
    document.querySelectorAll("form[data-kept-told]").forEach(follow);
  }
  return { answers, put, get, drop, fill, clock, sending };
})();
