// A video kept elsewhere: its player is made when somebody presses, never before.
for (const card of document.querySelectorAll("[data-player]")) {
  const button = card.querySelector("[data-play]");
  if (!button) continue;
  card.querySelector("[data-plain]").hidden = true;
  button.hidden = false;
  button.addEventListener("click", () => {
    const player = document.createElement("iframe");
    player.title = card.dataset.title;
    player.allow = "fullscreen; picture-in-picture; encrypted-media";
    player.referrerPolicy = "strict-origin"; // some hosts play nothing for whom they cannot name
    player.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
    player.src = card.dataset.player;
    player.className = "film-frame";
    card.replaceChildren(player);
    player.focus();
  });
}
