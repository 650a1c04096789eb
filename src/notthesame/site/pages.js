// Every page loads this in its head: how to leave it at once, and what it prints.

const root = document.documentElement;

// --- leaving: hide first, for the next page may take a while ---

const PRESSES = 3; // of Shift, one after the other
const WITHIN = 2_000; // milliseconds
/** @type {number[]} */
let presses = [];

function leave() {
  /** @type {HTMLAnchorElement | null} */
  const exit = document.querySelector(".nts-exit");
  if (!exit) return;
  root.hidden = true;
  root.style.display = "none";
  document.title = "";
  try {
    (window.top ?? window).location.replace(exit.href);
  } catch {
    location.replace(exit.href); // a frame that may not leave its platform
  }
}

addEventListener("keydown", ({ key, repeat, timeStamp }) => {
  if (repeat) return;
  presses = key === "Shift" ? [...presses, timeStamp].filter((at) => timeStamp - at < WITHIN) : [];
  if (presses.length >= PRESSES) leave();
}, true);
addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest(".nts-exit")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  leave();
}, true);

// --- boxes ---

// A box with a table wider than the page scrolls on its own; only then has it a name and a place in the tab order.
function markBoxes() {
  for (const box of document.querySelectorAll(".wide, .pst-scrollable-table-container")) {
    const scrolls = box.scrollWidth > box.clientWidth;
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "Table, scrolls sideways"]]) {
      scrolls ? box.setAttribute(name, value) : box.removeAttribute(name);
    }
  }
}

addEventListener("DOMContentLoaded", markBoxes);
addEventListener("resize", markBoxes);
document.addEventListener("toggle", markBoxes, true);

// --- paper ---

// paper.css opens what is printed open; this is for browsers whose sheets cannot.
/** @type {HTMLDetailsElement[]} */
let opened = [];
addEventListener("beforeprint", () => {
  const which = location.hash === "#with-answers" ? "main details:not(.hide)" : "details.case";
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const blocks = document.querySelectorAll(which);
  opened = [...blocks].filter((block) => !block.open);
  for (const block of opened) block.open = true;
});
addEventListener("afterprint", () => {
  for (const block of opened) block.open = false;
});
