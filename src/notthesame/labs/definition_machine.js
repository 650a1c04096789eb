// The definition machine. Every verdict and every message comes from Python.

const STATES = ["no", "yes", "unknown"];
const OUTCOMES = ["met", "not met", "depends"];
/** @type {[string, boolean][]} */
const CAPTIONS = [["Definitions of trafficking and related offences", false], ["Definitions of sex work", true]];

// How a feature is switched in a case, or on the board.
/** @param {string} key @param {Switched} [holder] */
export const stateOf = (key, holder) =>
  holder?.true.includes(key) ? "yes" : holder?.unknown.includes(key) ? "unknown" : "no";

// --- parts, each with node and update(state)

/** @param {Model<MachineTraits>} model @param {Send<MachineTraits>} send */
function picker(model, send) {
  const select = element("select", {}, ...model.get("cases").map(({ id, title }) => option(id, title)),
    option("", "No case: switch everything yourself"));
  const every = element("input", { type: "checkbox" });
  const facts = element("p");
  const whose = element("p");
  select.addEventListener("change", () => send({ vignette: select.value }));
  every.addEventListener("change", () => send({ every: every.checked }));
  return {
    node: element("div", {},
      element("div", { className: "nts-row" },
        element("label", {}, element("strong", { textContent: "Case" }), select),
        element("label", {}, every, "Show every instrument")),
      facts, whose),
    /** @param {MachineState} state */
    update(state) {
      select.value = state.vignette;
      every.checked = state.every;
      facts.textContent = state.coded?.facts ?? "";
      whose.textContent = state.coded ? `Conduct judged: ${state.coded.whose}. (The case is invented.)` : "";
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
  function add({ key, name }) {
    const select = element("select", { required: true }, option("", "choose"), ...OUTCOMES.map((word) => option(word)));
    select.addEventListener("change", () => send({ predictions: read() }));
    const label = element("label", {}, select, element("span", { textContent: name }));
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
  /** @type {Map<string, { select: HTMLSelectElement, mark: HTMLElement, label: HTMLLabelElement }>} */
  const rows = new Map();
  /** @type {Map<string, HTMLElement>} */
  const families = new Map();
  const back = button("", () => send({ true: coded?.true ?? [], unknown: coded?.unknown ?? [] }));
  const board = element("div", { className: "nts-switches" });
  const asks = element("p", { className: "nts-asks", textContent: "Each feature is a question to ask of the case." });
  asks.setAttribute("aria-hidden", "true"); // a screen reader hears it as the description of the control
  /** @type {Case | undefined} */
  let coded;

  for (const { key, family, short, question } of model.get("switches")) {
    const group = families.get(family) ?? fieldset(family);
    if (!families.has(family)) board.append(group);
    families.set(family, group);
    const select = element("select", { title: question }, ...STATES.map((word) => option(word)));
    const mark = element("em");
    const label = element("label", { title: question }, select, element("span", {}, short, mark));
    select.addEventListener("change", () => send(read()));
    for (const event of ["focusin", "mouseenter"]) {
      label.addEventListener(event, () => { asks.textContent = question; });
    }
    group.append(label);
    rows.set(key, { select, mark, label });
  }

  /** @param {string} word */
  const having = (word) => [...rows].filter(([, { select }]) => select.value === word).map(([key]) => key);
  const read = () => ({ true: having("yes"), unknown: having("unknown") });

  return {
    node: element("div", { className: "nts-side" }, back, board, asks),
    /** @param {MachineState} state */
    update(state) {
      coded = state.coded;
      back.textContent = coded ? "Back to the case as coded" : "Switch everything off";
      for (const [key, { select, mark, label }] of rows) {
        const now = stateOf(key, state);
        const was = stateOf(key, coded);
        if (select.value !== now) select.value = now;
        mark.textContent = coded && now !== was ? ` (as coded: ${was})` : "";
        label.classList.toggle("nts-changed", mark.textContent !== "");
        label.classList.toggle("nts-on", now !== "no");
        label.hidden = !state.offered.includes(key);
      }
      for (const family of families.values()) {
        family.hidden = !family.querySelector("label:not([hidden])");
      }
    },
  };
}

/** @param {Judged} verdict @param {boolean} said */
function verdictRow(verdict, said) {
  const heading = element("th", { scope: "row", textContent: verdict.short, title: verdict.name });
  const sign = element("td", { className: "nts-verdict", textContent: verdict.sign });
  sign.dataset.outcome = verdict.outcome;
  const open = element("td", { className: "nts-open", textContent: verdict.open });
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
      node.replaceChildren(...tables.filter(({ rows }) => rows.length).map(({ caption, rows }) =>
        table(caption, heads, element("tbody", {}, ...rows.map((verdict) => verdictRow(verdict, said))))));
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
    const now = traits(model, "vignette", "true", "unknown", "every", "predictions", "revealed", "offered", "rows");
    const state = { ...now, coded: model.get("cases").find(({ id }) => id === now.vignette) };
    const moveFocus = state.revealed && predict.node.contains(document.activeElement);
    for (const part of [choice, predict, switches, verdicts]) part.update(state);
    board.hidden = !state.revealed;
    if (moveFocus) verdicts.node.focus({ preventScroll: true });
  };
  return { nodes: [choice.node, status, predict.node, board], update, fades: verdicts.node };
});

export default { render };
