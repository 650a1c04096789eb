// The evidence grid. Order, rows and messages come from Python.

/** @type {Choice[]} */
const WEIGHTS = [["0", "0, last"], ["1", "1"], ["2", "2"], ["3", "3, first"]];

/** @param {Model<GridTraits>} model @param {Send<GridTraits>} send */
function weightPart(model, send) {
  /** @param {string} kind @param {string} value */
  const weigh = (kind, value) => send({ weights: { ...model.get("weights"), [kind]: Number(value) } });
  const parts = model.get("outcomes").map(([kind, name]) =>
    ({ kind, ...select(name, WEIGHTS, (value) => weigh(kind, value)) }));
  return {
    node: fieldset("What do you want to know first?", ...parts.map(({ label }) => label)),
    update() {
      for (const { kind, node } of parts) node.value = String(model.get("weights")[kind]);
    },
  };
}

/** @param {Model<GridTraits>} model @param {Send<GridTraits>} send */
function citedPart(model, send) {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => send({ cited: box.checked }));
  const label = element("label", {}, box, "Show for which policy each is often cited (grade first)");
  return { node: label, update: () => { box.checked = model.get("cited"); } };
}

/** What the table of findings says of itself. */
const FINDINGS = { first: 4, label: "Findings", caption: "Findings, in your order", others: "findings" };

const LAB = { className: "nts-filtered nts-grid", label: "Evidence grid", old: "the table is" };

/** @param {Context<GridTraits>} context */
const render = (context) => mount(context, LAB, ({ model, status, send }) => {
  const table = rowsPart(model, FINDINGS, (cells) => cells);
  const parts = [filterPart("Show only", model, send), weightPart(model, send), citedPart(model, send), table];
  const [filters, weights, cited, findings] = parts.map((part) => part.node);
  return {
    nodes: [filters, weights, cited, status, findings],
    update() {
      for (const part of parts) part.update();
    },
    fades: findings,
  };
});

export default { render };
