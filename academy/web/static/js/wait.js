// A page that waits for something looks again by itself while somebody is looking at it.

const waiting = document.querySelector("[data-wait]");

if (waiting) {
  setInterval(() => {
    if (document.visibilityState === "visible") location.reload();
  }, Number(waiting.dataset.wait) * 1000);
}
