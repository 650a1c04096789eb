// The lab of your own law. What a description comes to is worked out by Python.

const UNSURE = "unsure";
const NONE = "none";
const APART = "\u2260";
const STATES = ["no", "yes", UNSURE];
const UNDO = "Bring back the marks as they were";

// How a feature, or a whole part, is marked: "yes", "no" or "unsure", and for a part "any", "none" or "unsure".
/** @param {string} key @param {string[]} named @param {string[]} unsure */
export const stateOf = (key, named, unsure) => unsure.includes(key) ? UNSURE : named.includes(key) ? "yes" : "no";

/** @param {string} part @param {string[]} named @param {string[]} unsure */
export const askOf = (part, named, unsure) => unsure.includes(part) ? UNSURE : named.includes(NONE) ? NONE : "any";

// --- parts, each with node and update(state)

/** @param {LawPart} part @param {() => void} change */
function partOf({ key, label, look, asks, switches, folded }, change) {
  const ask = element("select", {}, ...asks.map(([value, words]) => option(value, words)));
  ask.setAttribute("aria-label", label);
  ask.addEventListener("change", change);
  const rows = switches.map(({ key, short, question }) => {
    const select = element("select", { title: question }, ...STATES.map((word) => option(word)));
    select.addEventListener("change", change);
    const node = element("label", { title: question }, select, element("span", { textContent: short }));
    return { key, select, node };
  });
  const list = element("div", {}, ...rows.map(({ node }) => node));
  const title = [element("strong", { textContent: label }), `: ${look}`];
  /** @param {string} word */
  const marked = (word) => rows.filter(({ select }) => select.value === word).map((row) => row.key);
  return {
    key,
    node: folded ? element("details", {}, element("summary", {}, ...title), fieldset(hidden(label), list))
      : fieldset(title, ...(asks.length ? [ask] : []), list),
    /** What the part names, and what of it is unsure. */
    read() {
      if (ask.value === NONE) return { named: [NONE], unsure: [] };
      return { named: marked("yes"), unsure: [...(ask.value === UNSURE ? [key] : []), ...marked(UNSURE)] };
    },
    /** @param {string[]} named @param {string[]} unsure */
    update(named, unsure) {
      for (const row of rows) row.select.value = stateOf(row.key, named, unsure);
      if (asks.length) ask.value = askOf(key, named, unsure);
      list.hidden = ask.value === NONE;
    },
  };
}

/** @param {Model<OwnLawTraits>} model @param {Send<OwnLawTraits>} send */
function describing(model, send) {
  const name = element("input", { type: "text", maxLength: model.get("longest"), autocomplete: "off" });
  name.addEventListener("change", () => send({ name: name.value }));
  const begins = element("select", {}, ...model.get("models").map(({ key, short }) => option(key, short)));
  // What a button is about to replace is kept, so that nothing is lost by pressing one; the same of Undo itself.
  /** @type {Partial<OwnLawTraits>} */
  let before = {};
  /** @param {Partial<OwnLawTraits>} values */
  const replace = (values) => {
    const now = traits(model, "name", "acts", "means", "age", "purposes", "requires", "excludes", "unsure");
    if (parts.every(({ key }) => !now[key].length) && !now.unsure.length && undo.hidden) return send(values);
    before = now;
    undo.hidden = false;
    send(values);
  };
  const fill = button("Fill in", () => {
    const chosen = model.get("models").find(({ key }) => key === begins.value);
    if (chosen) replace(chosen.values);
  });
  const undo = Object.assign(button("Undo", () => replace(before)), { hidden: true, title: UNDO });

  const change = () => {
    const read = parts.map((part) => ({ key: part.key, ...part.read() }));
    const named = Object.fromEntries(read.map(({ key, named }) => [key, named]));
    send(/** @type {Partial<OwnLawTraits>} */ ({ ...named, unsure: read.flatMap(({ unsure }) => unsure) }));
  };
  const parts = model.get("parts").map((part) => partOf(part, change));
  return {
    top: element("div", { className: "nts-row" },
      element("label", {}, element("strong", { textContent: "Name" }), name),
      element("label", {}, "Begin with", begins), fill, backButton(model, replace), undo),
    node: element("div", { className: "nts-describing" }, ...parts.map(({ node }) => node)),
    update() {
      const unsure = model.get("unsure");
      if (document.activeElement !== name) name.value = model.get("name");
      for (const part of parts) part.update(model.get(part.key), unsure);
    },
  };
}

/** @param {LawCell} cell @param {boolean} apart */
function cellOf({ outcome, sign, part, open }, apart) {
  const cell = element("td", { className: "nts-verdict", title: open }, element("strong", { textContent: sign }));
  cell.dataset.outcome = outcome;
  if (part) cell.append(` ${part}`);
  if (apart) {
    const mark = element("strong", { className: "nts-apart", textContent: ` ${APART}` });
    mark.setAttribute("aria-hidden", "true");
    cell.append(mark, hidden(" (parts)"));
  }
  return cell;
}

// A case, made once, so that one which is open stays open: its name shows what happened, in a row below its own.
/** @param {string} title @param {string} facts @param {number} columns */
function caseOf(title, facts, columns) {
  const told = element("tr", { hidden: true }, element("td", { colSpan: columns, textContent: facts }));
  const turn = button(title, () => {
    told.hidden = !told.hidden;
    turn.setAttribute("aria-expanded", String(!told.hidden));
  });
  turn.setAttribute("aria-expanded", "false");
  return { head: element("th", { scope: "row" }, turn), told };
}

/** @param {Model<OwnLawTraits>} model */
function findings(model) {
  const tables = pane("nts-found", "Verdicts");
  const parting = element("ul");
  const note = element("p", { textContent: model.get("note") });
  const columns = model.get("heads").length;
  const cases = model.get("rows").map(({ case: title, facts }) => caseOf(title, facts, columns));
  return {
    tables,
    words: element("div", {}, parting, note),
    update() {
      const rows = model.get("rows").flatMap(({ cells, apart }, at) => [
        row(cases[at].head, ...cells.map((cell, place) => cellOf(cell, apart && !place))), cases[at].told]);
      tables.replaceChildren(table(`${APART} parts from Palermo`, model.get("heads"), element("tbody", {}, ...rows)));
      parting.replaceChildren(...model.get("parting").map((textContent) => element("li", { textContent })));
    },
  };
}

// --- the whole

const LAB = { className: "nts-own-law", label: "Lab of your own law", old: "the verdicts are" };

/** @param {Context<OwnLawTraits>} context */
const render = (context) => mount(context, LAB, ({ model, status, send }) => {
  const [law, found] = [describing(model, send), findings(model)];
  const board = element("div", { className: "nts-board" }, law.node, found.tables);
  const update = () => {
    law.update();
    found.update();
  };
  return { nodes: [law.top, status, board, found.words], update, fades: found.tables };
});

export default { render };
