// The evidence grid. Order, rows and messages come from Python.

const WEIGHTS = [["0", "0, last"], ["1", "1"], ["2", "2"], ["3", "3, first"]];

function select(label, choices, change) {
  const node = element("select", {}, ...choices.map((choice) => option(...choice)));
  node.addEventListener("change", () => change(node.value));
  return { node, label: element("label", {}, element("span", { textContent: label }), node) };
}

function filterPart(model, send) {
  const parts = model.get("filters").map(({ name, label, choices }) =>
    [name, select(label, [["", "all"], ...choices], (value) => send({ [name]: value }))]);
  return {
    node: fieldset("Show only", ...parts.map(([, part]) => part.label)),
    update: () => parts.forEach(([name, { node }]) => { node.value = model.get(name); }),
  };
}

function weightPart(model, send) {
  const parts = model.get("outcomes").map(([kind, name]) =>
    [kind, select(name, WEIGHTS, (value) => send({ weights: { ...model.get("weights"), [kind]: Number(value) } }))]);
  return {
    node: fieldset("What do you want to know first?", ...parts.map(([, part]) => part.label)),
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
  const node = pane("nts-findings", "Findings");
  return {
    node,
    update() {
      const rows = model.get("rows").map((texts) => row(...texts));
      const found = table("Findings, in your order", model.get("heads"), element("tbody", {}, ...rows));
      node.replaceChildren(...(rows.length ? [found] : []));
    },
  };
}

const LAB = { className: "nts-grid", label: "Evidence grid", old: "the table is" };

const render = (context) => mount(context, LAB, ({ model, status, send }) => {
  const parts = [filterPart(model, send), weightPart(model, send), citedPart(model, send), tablePart(model)];
  const [filters, weights, cited, findings] = parts.map((part) => part.node);
  return {
    nodes: [filters, weights, cited, status, findings],
    update: () => parts.forEach((part) => part.update()),
    fades: findings,
  };
});

export default { render };
