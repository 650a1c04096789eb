// What labs share that filter a table; labs/filtered.py puts this text after lab.js and before the script of each.

// A list with its label.
/** @param {string} label @param {Choice[]} choices @param {(value: string) => void} change */
function select(label, choices, change) {
  const node = element("select", {}, ...choices.map((choice) => option(...choice)));
  node.addEventListener("change", () => change(node.value));
  return { node, label: element("label", {}, element("span", { textContent: label }), node) };
}

// A fieldset with some lists, by default the filters of the lab.
/**
 * @template {FilteredTraits} Traits
 * @param {string} legend
 * @param {Model<Traits>} model
 * @param {Send<Traits>} send
 * @param {ListOf[]} lists
 */
function filterPart(legend, model, send, lists = model.get("filters")) {
  const parts = lists.map(({ name, label, choices }) => {
    const change = (/** @type {string} */ value) => send(/** @type {Partial<Traits>} */ ({ [name]: value }));
    return { name: /** @type {keyof Traits & string} */ (name), ...select(label, choices, change) };
  });
  return {
    node: fieldset(legend, ...parts.map(({ label }) => label)),
    update() {
      for (const { name, node } of parts) node.value = String(model.get(name));
    },
  };
}

// A table of the lab's rows of which the first few stand there at first, and a button that shows the others.
/**
 * @template {FilteredTraits} Traits
 * @param {Model<Traits>} model
 * @param {{ first: number, label: string, caption: string, others: string }} words
 * @param {(cells: Traits["rows"][number]) => Child[]} cellsOf
 */
function rowsPart(model, { first, label, caption, others }, cellsOf) {
  const found = element("div");
  let shown = first;
  const more = button("", () => {
    const next = shown;
    shown = model.get("rows").length;
    update();
    const row = /** @type {HTMLElement | undefined} */ (found.querySelectorAll("tbody tr")[next]);
    row?.focus();
  });
  const node = pane("nts-rows", label);
  node.append(found, more);

  function update() {
    const heads = model.get("heads");
    const rows = model.get("rows");
    const made = rows.slice(0, shown).map((cells) => stackingRow(heads, cellsOf(cells)));
    const whole = table(caption, heads, element("tbody", {}, ...made));
    whole.setAttribute("role", "table");
    whole.tBodies[0].setAttribute("role", "rowgroup");
    found.replaceChildren(...(made.length ? [whole] : []));
    more.hidden = rows.length <= shown;
    more.textContent = `Show the other ${rows.length - shown} ${others}`;
  }
  return { node, update };
}

// One row; the names of its cells stand in them where the sheet shows it as a block, and its roles are written out,
// as a table shown as blocks loses them.
/** @param {string[]} heads @param {Child[]} cells */
function stackingRow(heads, cells) {
  const node = Object.assign(row(...cells), { tabIndex: -1 });
  node.setAttribute("role", "row");
  [...node.cells].forEach((cell, place) => {
    cell.dataset.head = heads[place];
    cell.setAttribute("role", place ? "cell" : "rowheader");
  });
  return node;
}
