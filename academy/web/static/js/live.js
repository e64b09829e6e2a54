// A speed meeting on a screen. The academy says once what time it is and which phases follow; from then on the page
// counts by itself, against the clock of the device that only ever goes forward: a wrong hour does no harm. It looks
// again every few seconds, and brings its parts anew when the rounds have changed. What is being typed stays.

const root = document.querySelector("[data-live]");
const LONGEST_LOOK = 30_000;
const PATIENCE = 8_000;
const DRIFT = 1_500;
const BATON = 1_000;

if (root) live();

function live() {
  const told = root.querySelector("[data-told]");
  let now = JSON.parse(root.dataset.now);
  let clock = { ahead: now.at - firstByte(), trip: Infinity, wall: Date.now() - performance.now() };
  let fails = 0;
  let timer = 0;
  let shown = "";
  let drawn = stamp(now);
  let chime = null;

  for (const count of root.querySelectorAll("[data-count]")) count.hidden = false;
  for (const plain of root.querySelectorAll("[data-plain]")) plain.hidden = true;
  listen();
  tick();
  setInterval(tick, 250);
  plan(jitter(2_000));

  // -- Time ----------------------------------------------------------------------------------

  function tick() {
    const here = standing(now, performance.now() + clock.ahead);
    const key = here.phase === "before" || here.phase === "after" ? here.phase : `${here.phase}-${here.round}`;
    if (key !== shown) turn(key, here);
    const text = clockText(here);
    for (const count of root.querySelectorAll("[data-count]")) if (count.textContent !== text) count.textContent = text;
    for (const ring of root.querySelectorAll("[data-ring]")) ring.setAttribute("stroke-dashoffset", String(Math.round(1000 * (1 - here.left / here.whole))));
  }

  function clockText(here) {
    const seconds = Math.ceil(here.left / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  function turn(key, here) {
    const first = shown === "";
    shown = key;
    show(root);
    if (first) return;
    told.textContent = [...root.querySelectorAll(".live-phase, .room-phase, .talk:not([hidden]) h2, .talk:not([hidden]) .talk-table")].map((each) => each.innerText).join(". ");
    if (chime) chime();
    if (here.phase === "after" || root.dataset.follow === "version") plan(jitter(BATON));
  }

  function show(within) {
    const phase = shown.split("-")[0];
    for (const part of within.querySelectorAll("[data-when]")) {
      const moments = part.dataset.when.split(" ");
      part.hidden = !moments.includes(shown) && !moments.includes(phase);
    }
    const here = standing(now, performance.now() + clock.ahead);
    for (const note of within.querySelectorAll("[data-from]")) {
      const from = Number(note.dataset.from);
      const seen = phase === "after" || from < here.round || (from === here.round && phase === "note");
      note.hidden = !seen;
    }
    for (const paused of root.querySelectorAll("[data-paused]")) paused.hidden = !now.paused;
  }

  // -- Looking -------------------------------------------------------------------------------

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  }

  async function look() {
    if (document.hidden) return; // seen again, it looks at once
    const sent = performance.now();
    try {
      const answer = await ask(root.dataset.look, { headers: { Accept: "application/json" } });
      if (answer.redirected) return away();
      if (answer.status >= 500) throw new Error(String(answer.status));
      if (!answer.ok) return refused();
      take(await answer.json(), sent, performance.now());
      fails = 0;
      offline(false);
      if (drawn !== stamp(now)) await redraw();
      sendWaiting();
    } catch {
      fails += 1;
      offline(true);
    }
    const often = now.look * 1000;
    if (often || fails || waiting().length) plan(jitter(Math.min((often || 5_000) * 2 ** fails, Math.max(LONGEST_LOOK, often))));
  }

  function take(answer, sent, received) {
    const trip = received - sent;
    const wall = Date.now() - performance.now();
    const jumped = Math.abs(wall - clock.wall) > DRIFT;
    if (jumped || trip <= clock.trip || Math.abs(answer.at - (received - trip / 2) - clock.ahead) > trip / 2 + clock.trip / 2) {
      clock = { ahead: answer.at - (sent + trip / 2), trip, wall };
    }
    now = answer;
    tick();
    show(root);
  }

  // The steady clock of some devices stops while they sleep: until the academy says better, believe the other one.
  function wake() {
    if (document.hidden) return;
    const wall = Date.now() - performance.now();
    const slept = wall - clock.wall;
    clock = { ahead: clock.ahead + (slept > DRIFT ? slept : 0), trip: Infinity, wall };
    plan(0);
  }

  function stamp(from) {
    const all = root.dataset.follow === "version" || from.phase === "before";
    return all ? `${from.version} ${from.phase === "after"}` : `plan ${from.plan}`;
  }

  async function redraw() {
    const wanted = stamp(now);
    const answer = await ask(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const active = document.activeElement?.id;
    for (const old of root.querySelectorAll("[data-part]")) {
      const fresh = page.querySelector(`[data-part="${old.dataset.part}"]`);
      if (fresh) old.replaceChildren(...fresh.childNodes);
    }
    notesAnew(page);
    for (const count of root.querySelectorAll("[data-count]")) count.hidden = false;
    for (const plain of root.querySelectorAll("[data-plain]")) plain.hidden = true;
    offline(false);
    tick();
    show(root);
    if (active && document.activeElement === document.body) document.getElementById(active)?.focus();
    drawn = wanted;
  }

  function offline(is) {
    for (const each of root.querySelectorAll("[data-offline]")) each.hidden = !is;
  }

  // No longer mine to see: the page says so itself, unless something typed would be lost.
  function refused() {
    if (![...root.querySelectorAll("[data-list] > *")].some(touched)) location.reload();
  }

  function away() {
    for (const each of root.querySelectorAll("[data-signed-out]")) each.hidden = false;
    plan(jitter(LONGEST_LOOK));
  }

  // -- Notes ---------------------------------------------------------------------------------

  function notesAnew(page) {
    const list = root.querySelector("[data-list]");
    const fresh = page.querySelector("[data-list]");
    if (!fresh) return;
    if (!list) {
      root.querySelector("[data-part]").after(document.importNode(page.querySelector("[data-notes]"), true));
      return;
    }
    root.querySelector("[data-notes]").dataset.from = page.querySelector("[data-notes]").dataset.from;
    const kept = new Map([...list.children].map((note) => [note.id, note]));
    for (const note of [...fresh.children].reverse()) {
      const mine = kept.get(note.id);
      if (mine) mine.dataset.from = note.dataset.from; // what is typed or kept in it stays
      else list.prepend(note);
      kept.delete(note.id);
    }
    for (const gone of kept.values()) if (!touched(gone)) gone.remove();
  }

  function touched(note) {
    return note.contains(document.activeElement) || note.dataset.state || note.querySelector("textarea").value !== "" || note.querySelector(":checked");
  }

  function waiting() {
    return [...root.querySelectorAll('[data-list] > [data-state="waiting"]')];
  }

  function sendWaiting() {
    for (const note of waiting()) keep(note);
  }

  async function keep(note) {
    const form = note.querySelector("form");
    const said = note.querySelector("[data-said]");
    const words = root.querySelector("[data-notes]").dataset;
    const body = new URLSearchParams(new FormData(form));
    note.dataset.state = "waiting";
    try {
      const answer = await ask(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status >= 500) throw new Error(String(answer.status));
      const kept = answer.ok && !answer.redirected;
      delete note.dataset.state;
      if (kept && String(new URLSearchParams(new FormData(form))) !== String(body)) return keep(note);
      said.textContent = kept ? words.kept : words.refused;
      said.classList.toggle("is-refused", !kept);
    } catch {
      said.textContent = words.waiting;
      plan(jitter(3_000));
    }
  }

  function listen() {
    root.addEventListener("submit", (event) => {
      const note = event.target.closest("[data-list] > *");
      if (!note) return;
      event.preventDefault();
      keep(note);
    });
    root.addEventListener("change", (event) => {
      const note = event.target.closest("[data-list] > *");
      if (note) keep(note);
    });
    for (const back of ["online", "pageshow"]) addEventListener(back, () => plan(0));
    document.addEventListener("visibilitychange", wake);
    sound(root.querySelector("[data-sound]"));
  }

  // -- Sound ---------------------------------------------------------------------------------

  function sound(button) {
    if (!button || !window.AudioContext) return;
    button.hidden = false;
    let audio = null;
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      button.querySelector("[data-sound-on]").hidden = !on;
      button.querySelector("[data-sound-off]").hidden = on;
      audio ??= new AudioContext();
      chime = on ? () => ring(audio) : null;
      if (on) ring(audio);
    });
  }
}

function ring(audio) {
  [660, 880].forEach((pitch, at) => {
    const voice = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + at * 0.25;
    voice.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.9);
    voice.connect(volume).connect(audio.destination);
    voice.start(start);
    voice.stop(start + 1);
  });
}

// Where the meeting stands at a moment of the academy's clock, from what was told and what follows by itself.
function standing(now, at) {
  const { phase, round, left, whole } = now;
  if (now.ends_at === null) return { phase, round, left, whole };
  if (at < now.ends_at) return { phase, round, left: now.ends_at - at, whole };
  let ends = now.ends_at;
  for (const [next, number, seconds] of now.ahead) {
    ends += seconds * 1000;
    if (at < ends) return { phase: next, round: number, left: ends - at, whole: seconds * 1000 };
  }
  return { phase: "after", round: now.rounds, left: 0, whole: 1 };
}

function jitter(milliseconds) {
  return milliseconds * (0.75 + Math.random() * 0.5);
}

function firstByte() {
  const [came] = performance.getEntriesByType("navigation");
  return came?.responseStart || performance.now();
}

async function ask(address, options) {
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(address, { credentials: "same-origin", cache: "no-store", signal: stop.signal, ...options });
  } finally {
    clearTimeout(patience);
  }
}
