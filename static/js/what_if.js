/* Other weights: what stands in the fields is what is saved, a faulty field says so, and a lost answer is told.
 * The list itself is reckoned by the server (htmx). Nothing is kept here. */
"use strict";

(() => {
  const form = document.getElementById("prova");
  const weights = document.getElementById("vikterna");
  const told = document.getElementById("sagt");
  if (!form || !weights) return;

  const fields = () => [...weights.querySelectorAll("input[type=number]")];

  /* A slider for the hand. The field beside it is the one for keys and for those who listen. */
  function slider(field) {
    const range = document.createElement("input");
    Object.assign(range, { type: "range", min: "0", max: "100", step: "1", value: field.value, tabIndex: -1 });
    range.setAttribute("aria-hidden", "true");
    range.addEventListener("input", () => { field.value = range.value; });
    field.addEventListener("input", () => { range.value = field.value || "0"; });
    field.before(range);
  }

  function markFaulty() {
    for (const field of fields()) {
      const faulty = document.getElementById(field.id.replace("vikt-", "fel-")).childElementCount > 0;
      if (faulty) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }

  const failed = () => { told.textContent = form.dataset.failed; };

  fields().forEach(slider);
  document.body.addEventListener("htmx:oobAfterSwap", markFaulty);
  form.addEventListener("htmx:responseError", failed);
  form.addEventListener("htmx:sendError", failed);
  document.addEventListener("submit", (event) => { // also what was typed since the last answer goes along
    if (event.target === form) return;
    for (const field of fields()) {
      const carried = [...event.target.elements].filter((one) => one.name === field.name);
      for (const one of carried) one.value = field.value;
    }
  });
})();
