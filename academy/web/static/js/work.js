// Work that goes on elsewhere: the page looks again every second or so, without moving the reader, until it is over.
const EVERY = 1500;

async function look() {
  const shown = document.querySelector("[data-work]");
  let seen = null;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) seen = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-work]");
  } catch { /* the network is away: look again later */ }
  if (seen) {
    if ("over" in seen.dataset) return location.reload();
    const [now, next] = [shown, seen].map((each) => each.querySelector("progress"));
    if (now && next) { now.value = next.value; now.nextElementSibling.textContent = next.nextElementSibling.textContent; }
    const [title, said] = [shown, seen].map((each) => each.querySelector("[role=status]"));
    if (title.textContent !== said.textContent) title.textContent = said.textContent;
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
