// Wishes: people are dragged by their handle between three lists, or moved by two buttons. Each keeps its <select>,
// which is what the form posts; without this script the selects do the whole job.

const zones = document.querySelector("[data-zones]");
const status = document.querySelector("[data-status]");
const lists = Object.fromEntries([...zones.querySelectorAll("[data-zone]")].map((list) => [list.dataset.zone, list]));
const VETO = "no";

function peopleOf(list) { return [...list.children]; }
function everybody() { return [...zones.querySelectorAll("li")]; }
function selectOf(person) { return person.querySelector("select"); }
function rankOf(person) { return Number(selectOf(person).value) || 0; }
function zoneOf(person) { return person.parentElement.dataset.zone; }

// Places without holes, equals staying equal; whoever was put between two equals joins them.
function settle(moved) {
  const people = peopleOf(lists.ranked);
  const at = people.indexOf(moved);
  const ranks = people.map(rankOf);
  if (at >= 0) {
    const before = at > 0 ? ranks[at - 1] : 0;
    const after = at + 1 < people.length ? ranks[at + 1] : Infinity;
    ranks[at] = before === after ? before : before + 0.5;
  }
  const places = [...new Set(ranks)].sort((a, b) => a - b);
  people.forEach((person, index) => { selectOf(person).value = String(places.indexOf(ranks[index]) + 1); });
  for (const person of peopleOf(lists.fine)) selectOf(person).value = "";
  for (const person of peopleOf(lists.refused)) selectOf(person).value = VETO;
  ends();
}

// The first of all cannot go up. Down leads to “no preference”, never further: a refusal is chosen, not slipped into.
function ends() {
  for (const person of everybody()) {
    const list = person.parentElement;
    person.querySelector("[data-up]").disabled = list === lists.ranked && list.firstElementChild === person;
    person.querySelector("[data-down]").disabled =
      list === lists.refused || (list === lists.fine && list.lastElementChild === person);
  }
}

function say(person) {
  const name = person.querySelector("[data-item]").textContent.trim();
  const equals = peopleOf(lists.ranked).filter((other) => rankOf(other) === rankOf(person)).length > 1;
  if (zoneOf(person) !== "ranked") {
    const chosen = selectOf(person).selectedOptions[0].textContent.trim();
    status.textContent = `${name}: ${chosen}`;
  } else {
    status.textContent = (equals ? zones.dataset.joined : zones.dataset.said)
      .replace("{item}", name)
      .replace("{place}", rankOf(person))
      .replace("{count}", peopleOf(lists.ranked).length);
  }
}

function up(person) {
  const list = person.parentElement;
  if (person.previousElementSibling) list.insertBefore(person, person.previousElementSibling);
  else if (list === lists.fine) lists.ranked.append(person);
  else if (list === lists.refused) lists.fine.append(person);
}

function down(person) {
  const list = person.parentElement;
  if (person.nextElementSibling) list.insertBefore(person.nextElementSibling, person);
  else if (list === lists.ranked) lists.fine.prepend(person);
}

function step(person, move, button) {
  move(person);
  settle(person);
  say(person);
  (button.disabled ? person.querySelector("[data-up]:enabled, [data-down]:enabled") : button).focus();
}

// A number chosen in the list is kept as chosen: that is how two people share a place.
function choose(person) {
  const typed = selectOf(person).value;
  if (typed === VETO) lists.refused.append(person);
  else if (typed === "") lists.fine.append(person);
  else {
    const others = peopleOf(lists.ranked).filter((other) => other !== person);
    lists.ranked.insertBefore(person, others.find((other) => rankOf(other) > Number(typed)) ?? null);
  }
  ends();
  say(person);
  selectOf(person).focus();
}

function listAt(y) {
  const all = Object.values(lists);
  return all.find((list) => y < list.parentElement.getBoundingClientRect().bottom) ?? all.at(-1);
}

function follow(person, y) {
  const list = listAt(y);
  const others = peopleOf(list).filter((other) => other !== person);
  const next = others.find((other) => {
    const box = other.getBoundingClientRect();
    return y < box.top + box.height / 2;
  }) ?? null;
  const stays = person.parentElement === list && (person.nextElementSibling === next);
  if (!stays) list.insertBefore(person, next);
  return !stays;
}

function drag(person, handle) {
  handle.addEventListener("pointerdown", (down) => {
    down.preventDefault();
    handle.setPointerCapture(down.pointerId);
    person.classList.add("is-dragged");
    let moved = false;
    const move = (event) => {
      if (!follow(person, event.clientY)) return;
      moved = true;
      handle.setPointerCapture(event.pointerId);
    };
    const drop = () => {
      person.classList.remove("is-dragged");
      handle.removeEventListener("pointermove", move);
      if (moved) { settle(person); say(person); }
      moved = false;
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", (event) => { if (!event.buttons) drop(); });
    handle.addEventListener("pointerup", drop, { once: true });
    handle.addEventListener("pointercancel", drop, { once: true });
  });
}

for (const person of everybody()) {
  for (const control of person.querySelectorAll("[data-up], [data-down], [data-handle]")) control.hidden = false;
  const [upper, lower] = [person.querySelector("[data-up]"), person.querySelector("[data-down]")];
  upper.addEventListener("click", () => step(person, up, upper));
  lower.addEventListener("click", () => step(person, down, lower));
  selectOf(person).addEventListener("change", () => choose(person));
  drag(person, person.querySelector("[data-handle]"));
}
zones.classList.add("is-draggable");
ends();
