/* Says what the weights of a draft make together, while they are being changed. The words are the page's own. */
"use strict";

(() => {
  const told = document.querySelector("[data-weights]");
  if (!told) return;
  const WHOLE = 10000; // in hundredths, so that the sum is exact
  const spoken = (hundredths) => String(hundredths / 100).replace(".", ",");

  function isGone(input) {
    const part = input.closest(".inline-related");
    const gone = part && part.querySelector("input[name$='-DELETE']");
    return input.name.includes("__prefix__") || Boolean(gone && gone.checked);
  }

  function sum() {
    const weights = [...document.querySelectorAll("input[name^='criteria-'][name$='-weight']")].filter((one) => !isGone(one));
    return weights.reduce((total, one) => total + Math.round((Number(one.value.replace(",", ".")) || 0) * 100), 0);
  }

  function tell() {
    const total = sum();
    const words = total === WHOLE ? told.dataset.exact : total < WHOLE ? told.dataset.missing : told.dataset.over;
    const text = words.replace("%(sum)s", spoken(total)).replace("%(left)s", spoken(Math.abs(WHOLE - total)));
    if (told.textContent !== text) told.textContent = text; // read aloud only when it is another
    told.classList.toggle("exact", total === WHOLE);
  }

  document.addEventListener("input", tell);
  document.addEventListener("change", tell);
  document.addEventListener("formset:added", tell);
  document.addEventListener("formset:removed", tell);
  tell();
})();
