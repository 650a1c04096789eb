// What every script of the course shares: front/__init__.py puts this text before the script that is served, as
// anywidget takes one module. Whatever comes from Python goes in as text, never as markup.

// --- elements

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

const option = (value, textContent = value) => element("option", { value, textContent });

function button(textContent, press) {
  const node = element("button", { type: "button", textContent });
  node.addEventListener("click", press);
  return node;
}

const submitButton = (...words) => element("button", { type: "submit" }, ...words);

// The title is a text, or a list of texts and nodes.
const fieldset = (title, ...children) =>
  element("fieldset", {}, element("legend", {}, ...[title].flat()), ...children);

// A part that scrolls by itself: the keyboard reaches it, and it says what it is.
function pane(className, label) {
  const node = element("div", { className, tabIndex: 0 });
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", label);
  return node;
}

function table(caption, heads, body) {
  const names = heads.map((textContent) => element("th", { scope: "col", textContent }));
  return element("table", {}, element("caption", { textContent: caption }),
    element("thead", {}, element("tr", {}, ...names)), body);
}

// A row of a table: its heading, then its cells; each a text, or a node made already.
function row(heading, ...cells) {
  const made = (tag, content, more) =>
    content instanceof Node ? content : element(tag, { ...more, textContent: content });
  return element("tr", {}, made("th", heading, { scope: "row" }), ...cells.map((cell) => made("td", cell)));
}

// --- what every control does

// What is written into a live region is read out.
function liveRegion(tag, className) {
  const node = element(tag, { className });
  node.setAttribute("role", "status");
  return node;
}

// JupyterLab acts on plain keys outside text fields: arrows move the cell, "x" cuts it, "b" adds one. So they stay
// inside a control; Tab, Escape and keys with a modifier pass, and from a button those of `fromButtons` too.
// Enter with a modifier runs the cell, as everywhere, and presses and submits nothing here.
function guardKeys(root, fromButtons = []) {
  root.addEventListener("keydown", (event) => {
    const more = event.target.tagName === "BUTTON" ? fromButtons : [];
    if (!passes(event, more)) event.stopPropagation();
  });
  root.addEventListener("keypress", (event) => {
    if (runsCell(event)) event.preventDefault();
  });
}

const runsCell = ({ key, shiftKey, ctrlKey, metaKey, altKey }) =>
  key === "Enter" && (shiftKey || ctrlKey || metaKey || altKey);

const passes = (event, more) =>
  event.ctrlKey || event.metaKey || event.altKey || runsCell(event) || ["Tab", "Escape", ...more].includes(event.key);
