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

// For a screen reader only.
const hidden = (textContent) => element("span", { className: "nts-hidden", textContent });

const paragraph = (head, text) =>
  element("p", {}, ...(head ? [element("strong", { textContent: head }), " "] : []), text);

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
// inside a control; Tab, Escape, Shift+Enter, which goes on to the next cell, and keys with a modifier pass, and from a
// button those of `fromButtons` too.
function guardKeys(root, fromButtons = []) {
  root.addEventListener("keydown", (event) => {
    const more = event.target.tagName === "BUTTON" ? fromButtons : [];
    if (!passes(event, more)) event.stopPropagation();
  });
}

const passes = ({ key, ctrlKey, metaKey, altKey, shiftKey }, more) =>
  ctrlKey || metaKey || altKey || (shiftKey && key === "Enter") || ["Tab", "Escape", ...more].includes(key);
