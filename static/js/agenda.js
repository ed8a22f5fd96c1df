/* Dragging an item to its place on the agenda. The buttons beside each do the same for keys and without this script. */
"use strict";

(() => {
  const form = document.querySelector("[data-agenda]");
  const order = form && form.querySelector("[data-order]");
  if (!order) return;
  const list = form.querySelector("ol");
  const items = () => [...list.querySelectorAll("[data-item]")];
  const asNumbers = () => items().map((one) => one.dataset.item).join(",");
  let dragged = null;
  let before = "";

  function over(event) {
    const here = event.target.closest("[data-item]");
    if (!dragged || !here || here === dragged) return;
    event.preventDefault();
    const all = items();
    if (all.indexOf(dragged) < all.indexOf(here)) here.after(dragged);
    else here.before(dragged);
  }

  function send() {
    order.disabled = false;
    order.value = asNumbers();
    form.submit(); // without a button: the order alone is sent
  }

  for (const one of items()) {
    one.draggable = true;
    one.addEventListener("dragstart", (event) => {
      dragged = one;
      before = asNumbers();
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", one.dataset.item);
      one.classList.add("dragged");
    });
    one.addEventListener("dragend", () => {
      one.classList.remove("dragged");
      dragged = null;
      if (asNumbers() !== before) send();
    });
  }
  list.addEventListener("dragover", over);
  list.addEventListener("drop", (event) => event.preventDefault());
})();
