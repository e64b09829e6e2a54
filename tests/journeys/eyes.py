"""What a page must not do to anybody: axe's findings, sideways scrolling, targets too small to hit."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}

STILL = """async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  await Promise.allSettled(document.getAnimations().map((each) => each.finished));
}"""

CLICKABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary"

TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > room + 1);
  return [`${document.documentElement.scrollWidth} wide in ${room}: `
    + wide.slice(0, 6).map((element) => `${element.localName}.${element.className}`).join(", ")];
}"""

TOO_SMALL = """(clickable) => {
  const boxOf = (element) => {
    const label = element.closest("label") ?? element.labels?.[0];
    if (label && ["checkbox", "radio"].includes(element.type)) return label.getBoundingClientRect();
    const over = getComputedStyle(element, "::after");
    const covers = over.content !== "none" && over.position === "absolute";
    return (covers ? element.offsetParent : element).getBoundingClientRect();
  };
  const inASentence = (element) => getComputedStyle(element).display === "inline"
    && element.parentElement.textContent.trim().length > element.textContent.trim().length;
  return [...document.querySelectorAll(clickable)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => !inASentence(element))
    .map((element) => [element, boxOf(element)])
    .filter(([, box]) => box.width < 24 || box.height < 24)
    .map(([element, box]) =>
      `${Math.round(box.width)} x ${Math.round(box.height)}: ${element.outerHTML.slice(0, 120)}`);
}"""

STOPS = """(clickable) => {
  const group = (element) => element.type === "radio" ? element.name : element;
  const stops = [...document.querySelectorAll(clickable)].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.disabled);
  const groups = [...new Set(stops.map(group))];
  window.stopAt = () => groups.indexOf(group(document.activeElement));
  return groups.map((each) => each.outerHTML?.slice(0, 120) ?? each);
}"""


def flaws(page: Page) -> list[str]:
    """Everything wrong with the page as it stands at this width, once nothing moves any more."""
    page.wait_for_load_state("load")
    page.evaluate(STILL)
    return [
        *accessibility_flaws(page),
        *page.evaluate(TOO_WIDE),
        *page.evaluate(TOO_SMALL, CLICKABLE),
    ]


def accessibility_flaws(page: Page) -> list[str]:
    found = AXE.run(page, options=RULES).response["violations"]
    return [
        f"{flaw['id']}: {' '.join(node['target'])}: {node['failureSummary']} {node['html'][:160]}"
        for flaw in found
        for node in flaw["nodes"]
    ]


def too_wide(page: Page, width: int) -> list[str]:
    """What sticks out on a screen this narrow."""
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = page.evaluate(TOO_WIDE)
    return found


def missed_by_tab(page: Page) -> list[str]:
    """What can be clicked and is not reached by Tab, or not in the order of the page."""
    stops: list[str] = page.evaluate(STOPS, CLICKABLE)
    reached = []
    for _stop in stops:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("window.stopAt()"))
    return [stops[place] for place in range(len(stops)) if reached[place] != place]
