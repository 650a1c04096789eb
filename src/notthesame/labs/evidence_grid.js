// The evidence grid. Order, rows and messages come from Python.

const FIRST = 4; // findings that stand there at first
/** @type {Choice[]} */
const WEIGHTS = [["0", "0, last"], ["1", "1"], ["2", "2"], ["3", "3, first"]];

/** @param {string} label @param {Choice[]} choices @param {(value: string) => void} change */
function select(label, choices, change) {
  const node = element("select", {}, ...choices.map((choice) => option(...choice)));
  node.addEventListener("change", () => change(node.value));
  return { node, label: element("label", {}, element("span", { textContent: label }), node) };
}

/** @param {Model<GridTraits>} model @param {Send<GridTraits>} send */
function filterPart(model, send) {
  const parts = model.get("filters").map(({ name, label, choices }) =>
    ({ name, ...select(label, [["", "all"], ...choices], (value) => send({ [name]: value })) }));
  return {
    node: fieldset("Show only", ...parts.map(({ label }) => label)),
    update() {
      for (const { name, node } of parts) node.value = model.get(name);
    },
  };
}

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

/** @param {Model<GridTraits>} model */
function tablePart(model) {
  const findings = element("div");
  let shown = FIRST;
  const more = button("", () => {
    const next = shown;
    shown = model.get("rows").length;
    update();
    const row = /** @type {HTMLElement | undefined} */ (findings.querySelectorAll("tbody tr")[next]);
    row?.focus();
  });
  const node = pane("nts-findings", "Findings");
  node.append(findings, more);

  function update() {
    const heads = model.get("heads");
    const rows = model.get("rows");
    const made = rows.slice(0, shown).map((texts) => finding(heads, texts));
    const found = table("Findings, in your order", heads, element("tbody", {}, ...made));
    found.setAttribute("role", "table");
    found.tBodies[0].setAttribute("role", "rowgroup");
    findings.replaceChildren(...(made.length ? [found] : []));
    more.hidden = rows.length <= shown;
    more.textContent = `Show the other ${rows.length - shown} findings`;
  }
  return { node, update };
}

// One finding; the names of its cells stand in them where the sheet shows it as a block, and its roles are written out,
// as a table shown as blocks loses them.
/** @param {string[]} heads @param {string[]} texts */
function finding(heads, texts) {
  const node = Object.assign(row(...texts), { tabIndex: -1 });
  node.setAttribute("role", "row");
  [...node.cells].forEach((cell, place) => {
    cell.dataset.head = heads[place];
    cell.setAttribute("role", place ? "cell" : "rowheader");
  });
  return node;
}

const LAB = { className: "nts-grid", label: "Evidence grid", old: "the table is" };

/** @param {Context<GridTraits>} context */
const render = (context) => mount(context, LAB, ({ model, status, send }) => {
  const parts = [filterPart(model, send), weightPart(model, send), citedPart(model, send), tablePart(model)];
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
