/* Scoring with the keyboard: 1–5 and V answer the criterion that one is in and go on to the next.
 *
 * The keys are heard inside a criterion alone (WCAG 2.1.4), and never where one writes. Without this script the arrows
 * and the Tab key do it all, as in any form. */
"use strict";

(() => {
  const form = document.getElementById("bedomning");
  if (!form || !window.htmx || !document.body.dataset.person) return;

  const all = [...form.querySelectorAll("[data-criterion]")];
  const levels = (one) => [...one.querySelectorAll("input[type=radio]")];
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function go(one) {
    const place = one || form.querySelector("[data-last]");
    const spot = one ? levels(one).find((level) => level.checked) || levels(one)[0] : place;
    spot.focus({ preventScroll: true });
    place.scrollIntoView({ block: one ? "start" : "center", behavior: calm() ? "auto" : "smooth" });
  }

  const beside = (one, step) => (step < 0 ? all[Math.max(all.indexOf(one) - 1, 0)] : all[all.indexOf(one) + 1]);

  function choose(one, value) {
    const level = levels(one).find((candidate) => candidate.value === value);
    level.checked = true;
    const stands = one.querySelector("[data-old] input");
    if (stands) stands.checked = true; // the same answer again says that it stands
    level.dispatchEvent(new Event("change", { bubbles: true }));
    go(beside(one, 1));
  }

  function clear(one) {
    const chosen = levels(one).find((level) => level.checked);
    if (!chosen) return;
    chosen.checked = false;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    go(one);
  }

  function motivate(one) {
    one.querySelector("details").open = true;
    one.querySelector("textarea").focus();
  }

  const KEYS = {
    v: (one) => choose(one, "unknown"),
    n: (one) => go(beside(one, 1)),
    f: (one) => go(beside(one, -1)),
    m: motivate,
    backspace: clear,
    delete: clear,
  };

  form.addEventListener("keydown", (event) => {
    const one = event.target.closest("[data-criterion]");
    const isChoice = event.target.matches("input[type=radio]");
    if (!one || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter" && isChoice) { event.preventDefault(); return go(beside(one, 1)); }
    if (event.key === "Escape" && event.target.matches("textarea")) return go(one);
    if (event.target.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
    const act = /^[1-5]$/.test(event.key) ? () => choose(one, event.key) : KEYS[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act(one);
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-clear]");
    if (!button) return;
    event.preventDefault();
    clear(button.closest("[data-criterion]"));
  });

  /* Text and criteria side by side: the keys are heard at once. Where the text comes first one reads it first. */
  function begin() {
    const first = all.find((one) => !levels(one).some((level) => level.checked));
    const isFresh = !location.hash && !document.getElementById("fel") && document.activeElement === document.body;
    if (!first || !isFresh || !matchMedia("(min-width: 57em)").matches) return;
    if (first === all[0]) levels(first)[0].focus({ preventScroll: true });
    else go(first);
  }

  form.querySelector("[data-keys]").hidden = false;
  sending(form, {
    after(mark) {
      if (!("old" in mark.dataset)) return;
      const old = mark.dataset.old.split(" ");
      for (const note of form.querySelectorAll("[data-old]")) if (note !== mark) note.hidden = !old.includes(note.dataset.old);
      const told = document.getElementById("andrat");
      if (told) told.hidden = old.join("") === "";
    },
  });
  begin();
})();
