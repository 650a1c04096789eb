// A box with a table wider than the page scrolls on its own; only then has it a name and a place in the tab order.
function markBoxes() {
  for (const box of document.querySelectorAll(".wide")) {
    const scrolls = box.scrollWidth > box.clientWidth;
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "Table, scrolls sideways"]]) {
      scrolls ? box.setAttribute(name, value) : box.removeAttribute(name);
    }
  }
}
markBoxes();
addEventListener("resize", markBoxes);
document.addEventListener("toggle", markBoxes, true);

// paper.css opens what is printed open; this is for browsers whose sheets cannot.
/** @type {HTMLDetailsElement[]} */
let opened = [];
addEventListener("beforeprint", () => {
  const which = location.hash === "#with-answers" ? "details:not(.folded)" : "details.case";
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const blocks = document.querySelectorAll(which);
  opened = [...blocks].filter((block) => !block.open);
  for (const block of opened) block.open = true;
});
addEventListener("afterprint", () => {
  for (const block of opened) block.open = false;
});
