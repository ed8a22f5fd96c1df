/* The survey saves by itself; see sending.js. Without this script its buttons do it all. */
"use strict";

(() => {
  const form = document.getElementById("enkat");
  if (form && window.htmx && document.body.dataset.person) sending(form);
})();
