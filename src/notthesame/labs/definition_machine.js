// The definition machine. Every verdict and every message comes from Python.

const STATES = ["no", "yes", "unknown"];
const OUTCOMES = ["met", "not met", "depends"];
/** @type {[string, boolean][]} */
const CAPTIONS = [["Definitions of trafficking and related offences", false], ["Definitions of sex work", true]];

// How a feature is switched in a case, or on the board.
/** @param {string} key @param {Switched} [holder] */
export const stateOf = (key, holder) =>
  holder?.true.includes(key) ? "yes" : holder?.unknown.includes(key) ? "unknown" : "no";

const TURNS = "\u21c4";

// The mark of a switch that would turn verdicts: a sign and a number, and the same in words.
/** @param {number} count @returns {Child[]} */
const turns = (count) => {
  const sign = element("span", { textContent: ` ${TURNS} ${count}` });
  sign.setAttribute("aria-hidden", "true");
  return [sign, element("span", { className: "nts-hidden", textContent: ` (alone would turn ${count})` })];
};

// --- parts, each with node and update(state)

/** @param {Model<MachineTraits>} model @param {Send<MachineTraits>} send */
function picker(model, send) {
  const select = element("select", {}, ...model.get("cases").map(({ id, title }) => option(id, title)),
    option("", "No case: switch everything yourself"));
  const every = element("input", { type: "checkbox" });
  const facts = element("p");
  select.addEventListener("change", () => send({ vignette: select.value }));
  every.addEventListener("change", () => send({ every: every.checked }));
  return {
    node: element("div", {},
      element("div", { className: "nts-row" },
        element("label", {}, element("strong", { textContent: "Case" }), select),
        element("label", {}, every, "Show every instrument")),
      facts),
    /** @param {MachineState} state */
    update(state) {
      select.value = state.vignette;
      every.checked = state.every;
      const { coded } = state;
      facts.textContent = coded ? `${coded.facts} Conduct judged: ${coded.whose}. (The case is invented.)` : "";
      facts.hidden = !coded;
    },
  };
}

/** @param {Send<MachineTraits>} send */
function prediction(send) {
  const rows = element("div", { className: "nts-choices" });
  /** @type {Map<string, { select: HTMLSelectElement, label: HTMLLabelElement }>} */
  const selects = new Map();
  const read = () => Object.fromEntries([...selects].filter(([, { select }]) => select.value)
    .map(([key, { select }]) => [key, select.value]));
  const node = predictionForm("Predict first: what does each instrument say of this case?", "Show the verdicts",
    read, send, rows);

  /** @param {Instrument} instrument */
  function add({ key, short, name }) {
    const select = element("select", { required: true }, option("", "choose"), ...OUTCOMES.map((word) => option(word)));
    select.addEventListener("change", () => send({ predictions: read() }));
    const label = element("label", {}, select, element("span", { textContent: short, title: name }));
    selects.set(key, { select, label });
  }

  return {
    node,
    /** @param {MachineState} state */
    update(state) {
      node.hidden = state.revealed;
      state.rows.filter(({ key }) => !selects.has(key)).forEach(add);
      for (const [key, { select, label }] of selects) {
        const shown = state.rows.some((row) => row.key === key);
        if (!shown) label.remove();
        else if (!label.isConnected || label.parentNode !== rows) rows.append(label);
        select.disabled = state.revealed || !shown;
        select.value = state.predictions[key] ?? "";
      }
    },
  };
}

/** @param {Model<MachineTraits>} model @param {Send<MachineTraits>} send */
function switchboard(model, send) {
  /** @type {Map<string, Record<"turn" | "mark" | "label", HTMLElement> & { select: HTMLSelectElement }>} */
  const rows = new Map();
  /** @type {Map<string, HTMLElement>} */
  const families = new Map();
  /** @type {Set<string>} */
  const matter = new Set(); // the switches that mattered since the case was chosen: what is shown stays
  let chosen = "";
  let heard = -1;
  const back = button("", () => send({ true: coded?.true ?? [], unknown: coded?.unknown ?? [] }));
  const board = element("div", { className: "nts-switches" });
  const all = element("input", { type: "checkbox" });
  const more = element("span");
  const everySwitch = element("label", {}, all, more);
  const legend = element("p", { className: "nts-asks",
    textContent: `${TURNS} 2: this switch alone would turn 2 verdicts. Each is a question to ask of the case.` });
  legend.setAttribute("aria-hidden", "true"); // a screen reader hears it beside the name of the control
  const asks = element("p", { className: "nts-question", textContent: "Go to a switch to read its question here." });
  asks.setAttribute("aria-hidden", "true"); // a screen reader hears it as the description of the control
  /** @type {Case | undefined} */
  let coded;

  for (const { key, family, short, question } of model.get("switches")) {
    const group = families.get(family) ?? fieldset(family);
    if (!families.has(family)) board.append(group);
    families.set(family, group);
    const select = element("select", { title: question }, ...STATES.map((word) => option(word)));
    const turn = element("strong", { className: "nts-turns" });
    const mark = element("em");
    const label = element("label", { title: question }, select, element("span", {}, short, mark, turn));
    select.addEventListener("change", () => send(read()));
    for (const event of ["focusin", "mouseenter"]) {
      label.addEventListener(event, () => { asks.textContent = question; });
    }
    group.append(label);
    rows.set(key, { select, turn, mark, label });
  }

  /** @param {string} word */
  const having = (word) => [...rows].filter(([, { select }]) => select.value === word).map(([key]) => key);
  const read = () => ({ true: having("yes"), unknown: having("unknown") });

  /** @type {MachineState} */
  let last;
  /** @param {MachineState} state */
  function update(state) {
    last = state;
    coded = state.coded;
    const fresh = heard !== state.answered; // until then true, unknown and turns may be those of another case
    if (fresh && chosen !== state.vignette) matter.clear();
    [chosen, heard] = fresh ? [state.vignette, state.answered] : [chosen, heard];
    back.textContent = coded ? "Back to the case as coded" : "Switch everything off";
    for (const [key, { select, turn, mark, label }] of rows) {
      const now = stateOf(key, state);
      const was = stateOf(key, coded);
      const turned = state.turns[key] ?? 0;
      if (fresh && (!coded || turned || now !== "no" || was !== "no")) matter.add(key);
      turn.replaceChildren(...(turned ? turns(turned) : []));
      if (select.value !== now) select.value = now;
      mark.textContent = coded && now !== was ? ` (as coded: ${was})` : "";
      label.classList.toggle("nts-changed", mark.textContent !== "");
      label.classList.toggle("nts-on", now !== "no");
      label.hidden = !state.offered.includes(key) || !(all.checked || matter.has(key));
    }
    for (const family of families.values()) {
      family.hidden = !family.querySelector("label:not([hidden])");
    }
    const rest = state.offered.filter((key) => !matter.has(key)).length;
    more.textContent = `Show the ${rest} switches that turn nothing here`;
    everySwitch.hidden = !rest;
  }
  all.addEventListener("change", () => update(last));
  const tools = element("div", { className: "nts-row" }, back, everySwitch, legend, asks);
  return { node: element("div", {}, tools, board), update };
}

/** @param {Judged} verdict @param {boolean} said */
function verdictRow(verdict, said) {
  const heading = element("th", { scope: "row", textContent: verdict.short, title: verdict.name });
  const sign = element("td", { className: "nts-verdict", textContent: verdict.sign });
  sign.dataset.outcome = verdict.outcome;
  const open = element("td", { className: "nts-open" });
  if (verdict.fold) {
    const more = element("details", {}, element("summary", {}, verdict.fold), verdict.open);
    more.dataset.instrument = verdict.key;
    open.append(more);
  } else open.append(verdict.open);
  return row(heading, sign, verdict.clause, open, ...(said ? [verdict.said || "none"] : []));
}

function verdictPart() {
  const node = pane("nts-verdicts", "Verdicts");
  return {
    node,
    /** @param {MachineState} state */
    update(state) {
      const verdicts = state.revealed ? state.rows.flatMap((row) => ("outcome" in row ? [row] : [])) : [];
      const said = verdicts.some((row) => row.said);
      const heads = ["Instrument", "Verdict", "Deciding clause", "Missing or open", ...(said ? ["You said"] : [])];
      const tables = CAPTIONS.map(([caption, sexWork]) =>
        ({ caption, rows: verdicts.filter((row) => row.sexWork === sexWork) }));
      const unfolded = [...node.querySelectorAll("details")].filter(({ open }) => open)
        .map(({ dataset }) => dataset.instrument);
      node.replaceChildren(...tables.filter(({ rows }) => rows.length).map(({ caption, rows }) =>
        table(caption, heads, element("tbody", {}, ...rows.map((verdict) => verdictRow(verdict, said))))));
      for (const more of node.querySelectorAll("details")) more.open = unfolded.includes(more.dataset.instrument);
    },
  };
}

// --- the whole

const LAB = { className: "nts-machine", label: "Definition machine", old: "the verdicts are" };

/** @param {Context<MachineTraits>} context */
const render = (context) => mount(context, LAB, ({ model, status, send }) => {
  const [choice, predict, switches, verdicts] =
    [picker(model, send), prediction(send), switchboard(model, send), verdictPart()];
  const board = element("div", { className: "nts-board" }, verdicts.node, switches.node);

  const update = () => {
    const now = traits(model, "vignette", "true", "unknown", "every", "predictions", "revealed", "offered", "turns",
      "rows", "answered");
    const state = { ...now, coded: model.get("cases").find(({ id }) => id === now.vignette) };
    const moveFocus = state.revealed && predict.node.contains(document.activeElement);
    for (const part of [choice, predict, switches, verdicts]) part.update(state);
    board.hidden = !state.revealed;
    if (moveFocus) verdicts.node.focus({ preventScroll: true });
  };
  return { nodes: [choice.node, status, predict.node, board], update, fades: verdicts.node };
});

export default { render };
