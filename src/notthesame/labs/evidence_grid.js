// The evidence grid: draws the traits and writes the learner's choices into them. Order, rows and messages come
// from Python. Controls are built once and changed in place, so that none loses the focus.

const PATIENCE = 3000; // milliseconds before the learner hears that the kernel does not answer
const WEIGHTS = [["0", "0, last"], ["1", "1"], ["2", "2"], ["3", "3, first"]];

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function select(label, choices, change) {
  const node = element("select", {}, ...choices.map(([value, textContent]) => element("option", { value, textContent })));
  node.addEventListener("change", () => change(node.value));
  return { node, label: element("label", {}, element("span", { textContent: label }), node) };
}

function filterPart(model, send) {
  const parts = model.get("filters").map(({ name, label, choices }) =>
    [name, select(label, [["", "all"], ...choices], (value) => send({ [name]: value }))]);
  const legend = element("legend", { textContent: "Show only" });
  return {
    node: element("fieldset", {}, legend, ...parts.map(([, part]) => part.label)),
    update: () => parts.forEach(([name, { node }]) => { node.value = model.get(name); }),
  };
}

function weightPart(model, send) {
  const parts = model.get("outcomes").map(([kind, name]) =>
    [kind, select(name, WEIGHTS, (value) => send({ weights: { ...model.get("weights"), [kind]: Number(value) } }))]);
  const legend = element("legend", { textContent: "What do you want to know first?" });
  return {
    node: element("fieldset", {}, legend, ...parts.map(([, part]) => part.label)),
    update: () => parts.forEach(([kind, { node }]) => { node.value = String(model.get("weights")[kind]); }),
  };
}

function citedPart(model, send) {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => send({ cited: box.checked }));
  const label = element("label", {}, box, "Show for which policy each is often cited (grade first)");
  return { node: label, update: () => { box.checked = model.get("cited"); } };
}

function tablePart(model) {
  const cell = (tag, scope, textContent) => element(tag, { scope, textContent });
  const node = element("div", { className: "nts-findings", tabIndex: 0 });
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "Findings");
  return {
    node,
    update() {
      const head = element("tr", {}, ...model.get("heads").map((text) => cell("th", "col", text)));
      const body = model.get("rows").map(([first, ...rest]) =>
        element("tr", {}, cell("th", "row", first), ...rest.map((textContent) => element("td", { textContent }))));
      const caption = element("caption", { textContent: "Findings, in your order" });
      const table = element("table", {}, caption, element("thead", {}, head), element("tbody", {}, ...body));
      node.replaceChildren(...(body.length ? [table] : []));
    },
  };
}

function render({ model, el }) {
  let waiting = null;
  const send = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = "The kernel does not answer, so the table is not up to date. Run this cell again.";
      root.classList.add("nts-stale");
    }, PATIENCE);
  };
  const status = element("p", { className: "nts-status" });
  status.setAttribute("role", "status");
  const parts = [filterPart(model, send), weightPart(model, send), citedPart(model, send), tablePart(model)];
  const [filters, weights, cited, findings] = parts.map((part) => part.node);
  const root = element("section", { className: "nts-grid" }, filters, weights, cited, status, findings);
  root.setAttribute("aria-label", "Evidence grid");

  const update = () => parts.forEach((part) => part.update());
  const hear = () => {
    clearTimeout(waiting);
    root.classList.remove("nts-stale");
    status.textContent = model.get("message");
  };

  // JupyterLab acts on plain keys outside text fields: arrows move the cell, "x" cuts it. Tab and Escape stay its own.
  root.addEventListener("keydown", (event) => {
    const leave = event.ctrlKey || event.metaKey || event.altKey || ["Tab", "Escape"].includes(event.key);
    if (!leave) event.stopPropagation();
  });
  model.on("change", update);
  model.on("change:answered", hear);
  update();
  hear();
  el.append(root);
  return () => {
    clearTimeout(waiting);
    model.off("change", update);
    model.off("change:answered", hear);
  };
}

export default { render };
