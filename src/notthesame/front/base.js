// What every script of the course shares: front/__init__.py puts this text before the script that is served, as
// anywidget takes one module. Whatever comes from Python goes in as text, never as markup. types.d.ts says what it is.

// --- words

// What a translation says in place of the English, by the English; Python puts it here (translation.in_script).
/** @type {Record<string, string>} */
const WORDS = {};

// The words in the language of the course, with values in the places that they name in braces.
/** @param {string} english @param {Record<string, string | number>} values */
const say = (english, values = {}) =>
  (WORDS[english] ?? english).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

// --- elements

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Properties<HTMLElementTagNameMap[Tag]>} properties
 * @param {Child[]} children
 */
function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** @param {string | number} value @param {string} words */
const option = (value, words = String(value)) => element("option", { value, textContent: words });

/** @param {string} textContent @param {() => void} press */
function button(textContent, press) {
  const node = element("button", { type: "button", textContent });
  node.addEventListener("click", press);
  return node;
}

/** @param {Child[]} words */
const submitButton = (...words) => element("button", { type: "submit" }, ...words);

/** @param {Child | Child[]} title @param {Child[]} children */
const fieldset = (title, ...children) =>
  element("fieldset", {}, element("legend", {}, ...[title].flat()), ...children);

// For a screen reader only.
/** @param {string} textContent */
const hidden = (textContent) => element("span", { className: "nts-hidden", textContent });

/** @param {string} head @param {string} text */
const paragraph = (head, text) =>
  element("p", {}, ...(head ? [element("strong", { textContent: head }), " "] : []), text);

// A part that says what it is and can be given the focus; Tab passes it, as it never scrolls by itself.
/** @param {string} className @param {string} label */
function pane(className, label) {
  const node = element("div", { className, tabIndex: -1 });
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", label);
  return node;
}

/** @param {string} caption @param {string[]} heads @param {HTMLTableSectionElement} body */
function table(caption, heads, body) {
  const names = heads.map((textContent) => element("th", { scope: "col", textContent }));
  return element("table", {}, element("caption", { textContent: caption }),
    element("thead", {}, element("tr", {}, ...names)), body);
}

// A row of a table: its heading, then its cells; each a text, or a cell made already.
/** @param {Child[]} cells */
function row(...cells) {
  const made = cells.map((cell, place) => {
    if (cell instanceof Node) return cell;
    return place ? element("td", { textContent: cell }) : element("th", { scope: "row", textContent: cell });
  });
  return element("tr", {}, ...made);
}

// --- what every control does

// What is written into a live region is read out.
/** @param {"p" | "div"} tag @param {string} className */
function liveRegion(tag, className) {
  const node = element(tag, { className });
  node.setAttribute("role", "status");
  return node;
}

// JupyterLab acts on plain keys outside text fields: arrows move the cell, "x" cuts it, "b" adds one. So they stay
// inside a control; Tab, Escape and keys with a modifier pass, and from a button those of `fromButtons` too.
// Enter with a modifier runs the cell, as everywhere, and presses and submits nothing here.
/** @param {HTMLElement} root @param {string[]} fromButtons */
function guardKeys(root, fromButtons = []) {
  root.addEventListener("keydown", (event) => {
    const onButton = /** @type {Element} */ (event.target).tagName === "BUTTON";
    const passed = ["Tab", "Escape", ...(onButton ? fromButtons : [])];
    const commands = event.ctrlKey || event.metaKey || event.altKey || runsCell(event);
    if (!(commands || passed.includes(event.key))) event.stopPropagation();
  });
  root.addEventListener("keypress", (event) => {
    if (runsCell(event)) event.preventDefault();
  });
}

/** @param {KeyboardEvent} event */
const runsCell = ({ key, shiftKey, ctrlKey, metaKey, altKey }) =>
  key === "Enter" && (shiftKey || ctrlKey || metaKey || altKey);

// How often each thing was drawn on this page; what is drawn again gets a number, so that no two names are alike.
/** @type {Map<string, number>} */
const drawnBefore = new Map();

/** @param {string} name */
function copyOf(name) {
  const times = (drawnBefore.get(name) ?? 0) + 1;
  drawnBefore.set(name, times);
  return times > 1 ? ` (${times})` : "";
}
