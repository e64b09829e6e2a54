// Ordering questions: items can be dragged by their handle or moved by two buttons. Each item keeps its <select>,
// which is what the form posts; without this script the selects do the whole job.

function itemsOf(list) { return [...list.children]; }
function selectOf(item) { return item.querySelector("select"); }

function number(list) {
  const items = itemsOf(list);
  items.forEach((item, index) => {
    selectOf(item).value = String(index + 1);
    item.querySelector("[data-up]").disabled = index === 0;
    item.querySelector("[data-down]").disabled = index === items.length - 1;
  });
  list.classList.add("is-numbered");
  list.dispatchEvent(new CustomEvent("moved", { bubbles: true }));
}

function say(list, item) {
  const said = list.parentElement.querySelector("[data-said]");
  const items = itemsOf(list);
  said.textContent = said.dataset.said
    .replace("{item}", item.querySelector("[data-item]").textContent.trim())
    .replace("{place}", items.indexOf(item) + 1)
    .replace("{count}", items.length);
}

function moveTo(list, item, index) {
  const others = itemsOf(list).filter((other) => other !== item);
  list.insertBefore(item, others[index] ?? null);
  number(list);
}

function step(list, item, by, button) {
  moveTo(list, item, itemsOf(list).indexOf(item) + by);
  say(list, item);
  (button.disabled ? item.querySelector("[data-up]:enabled, [data-down]:enabled") : button).focus();
}

function drag(list, item, handle) {
  handle.addEventListener("pointerdown", (down) => {
    down.preventDefault();
    handle.setPointerCapture(down.pointerId);
    item.classList.add("is-dragged");
    let place = itemsOf(list).indexOf(item);
    const start = place;
    const follow = (event) => {
      const others = itemsOf(list).filter((other) => other !== item);
      const above = others.filter((other) => {
        const box = other.getBoundingClientRect();
        return event.clientY > box.top + box.height / 2;
      }).length;
      if (above === place) return;
      place = above;
      list.insertBefore(item, others[above] ?? null);
      handle.setPointerCapture(event.pointerId);
    };
    const drop = () => {
      item.classList.remove("is-dragged");
      handle.removeEventListener("pointermove", follow);
      if (place !== start || list.classList.contains("is-numbered")) { number(list); say(list, item); }
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", (event) => {
      if (!event.buttons) drop();
    });
    handle.addEventListener("pointerup", drop, { once: true });
    handle.addEventListener("pointercancel", drop, { once: true });
  });
}

for (const list of document.querySelectorAll("[data-order]")) {
  for (const item of itemsOf(list)) {
    for (const control of item.querySelectorAll("[data-up], [data-down], [data-handle]")) control.hidden = false;
    const up = item.querySelector("[data-up]");
    const down = item.querySelector("[data-down]");
    up.addEventListener("click", () => step(list, item, -1, up));
    down.addEventListener("click", () => step(list, item, 1, down));
    selectOf(item).addEventListener("change", (event) => {
      if (!event.target.value) return;
      moveTo(list, item, Number(event.target.value) - 1);
      say(list, item);
      event.target.focus();
    });
    drag(list, item, item.querySelector("[data-handle]"));
  }
  const chosen = new Map();  // before this script came, or by somebody who answered before
  for (const item of itemsOf(list)) {
    if (selectOf(item).value) chosen.set(item, Number(selectOf(item).value) - 1);
  }
  for (const [item, index] of [...chosen].sort((a, b) => a[1] - b[1])) moveTo(list, item, index);
  list.classList.add("is-draggable");
}
