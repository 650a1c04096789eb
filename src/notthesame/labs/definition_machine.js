// The definition machine: draws the traits and writes the learner's choices into them. Every verdict and every
// message comes from Python. Controls are built once and changed in place, so that none loses the focus.

const STATES = ["no", "yes", "unknown"];
const OUTCOMES = ["met", "not met", "depends"];
const PATIENCE = 3000; // milliseconds before the learner hears that the kernel does not answer

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

const option = (value, textContent = value) => element("option", { value, textContent });

// --- parts, each with node and update(state)

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
    update(state) {
      select.value = state.vignette;
      every.checked = state.every;
      facts.textContent = state.coded?.facts ?? "";
      whose.textContent = state.coded ? `Conduct judged: ${state.coded.whose}. (The case is invented.)` : "";
    },
  };
}

function prediction(send) {
  const rows = element("div", { className: "nts-choices" });
  const selects = new Map();
  const read = () => Object.fromEntries([...selects].filter(([, { select }]) => select.value)
    .map(([key, { select }]) => [key, select.value]));
  const skip = element("button", { type: "button", textContent: "Skip the prediction" });
  const node = element("form", { className: "nts-predict", autocomplete: "off" },
    element("fieldset", {},
      element("legend", { textContent: "Predict first: what does each instrument say of this case?" }),
      rows,
      element("div", { className: "nts-row" },
        element("button", { type: "submit", textContent: "Show the verdicts" }), skip)));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ predictions: read(), revealed: true });
  });
  skip.addEventListener("click", () => send({ predictions: {}, revealed: true }));

  function add({ key, name }) {
    const select = element("select", { required: true }, option("", "choose"), ...OUTCOMES.map((word) => option(word)));
    select.addEventListener("change", () => send({ predictions: read() }));
    const label = element("label", {}, select, element("span", { textContent: name }));
    selects.set(key, { select, label });
  }

  return {
    node,
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

function switchboard(model, send) {
  const rows = new Map();
  const families = new Map();
  const back = element("button", { type: "button", textContent: "Back to the case as coded" });
  const board = element("div", { className: "nts-switches" });
  const asks = element("p", { className: "nts-asks", textContent: "Each feature is a question to ask of the case." });
  asks.setAttribute("aria-hidden", "true"); // a screen reader hears it as the description of the control
  let coded = null;

  for (const { key, family, short, question } of model.get("switches")) {
    if (!families.has(family)) {
      families.set(family, element("fieldset", {}, element("legend", { textContent: family })));
      board.append(families.get(family));
    }
    const select = element("select", { title: question }, ...STATES.map((word) => option(word)));
    const mark = element("em");
    const label = element("label", { title: question }, select, element("span", {}, short, mark));
    select.addEventListener("change", () => send(read()));
    for (const event of ["focusin", "mouseenter"]) {
      label.addEventListener(event, () => { asks.textContent = question; });
    }
    families.get(family).append(label);
    rows.set(key, { select, mark, label });
  }
  back.addEventListener("click", () => send({ true: coded?.true ?? [], unknown: coded?.unknown ?? [] }));

  const having = (word) => [...rows].filter(([, { select }]) => select.value === word).map(([key]) => key);
  const read = () => ({ true: having("yes"), unknown: having("unknown") });
  const stateOf = (key, holder) =>
    holder?.true.includes(key) ? "yes" : holder?.unknown.includes(key) ? "unknown" : "no";

  return {
    node: element("div", { className: "nts-side" }, back, board, asks),
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
      for (const fieldset of families.values()) {
        fieldset.hidden = ![...fieldset.querySelectorAll("label")].some((label) => !label.hidden);
      }
    },
  };
}

function verdictTable(caption, said) {
  const heads = ["Instrument", "Verdict", "Deciding clause", "Missing or open"];
  if (said) heads.push("You said");
  const cell = (tag, scope, textContent) => element(tag, { scope, textContent });
  const body = element("tbody");
  const node = element("table", {}, element("caption", { textContent: caption }),
    element("thead", {}, element("tr", {}, ...heads.map((head) => cell("th", "col", head)))), body);
  const add = (row) => {
    const heading = element("th", { scope: "row", textContent: row.short, title: row.name });
    const verdict = element("td", { className: "nts-verdict", textContent: row.sign });
    verdict.dataset.outcome = row.outcome;
    const clause = element("td", { textContent: row.clause });
    const open = element("td", { className: "nts-open", textContent: row.open });
    const guess = element("td", { textContent: row.said || "none" });
    body.append(element("tr", {}, heading, verdict, clause, open, ...(said ? [guess] : [])));
  };
  return { node, add };
}

function verdictPart() {
  const node = element("div", { className: "nts-verdicts", tabIndex: 0 });
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "Verdicts");
  return {
    node,
    update(state) {
      const said = state.rows.some((row) => row.said);
      const tables = [["Definitions of trafficking and related offences", false], ["Definitions of sex work", true]]
        .map(([caption, sexWork]) => [caption, state.rows.filter((row) => row.sexWork === sexWork)])
        .filter(([, rows]) => rows.length && state.revealed)
        .map(([caption, rows]) => {
          const table = verdictTable(caption, said);
          rows.forEach(table.add);
          return table.node;
        });
      node.replaceChildren(...tables);
    },
  };
}

// --- the whole

const NAMES = ["vignette", "true", "unknown", "every", "predictions", "revealed", "offered", "rows"];

function render({ model, el }) {
  let waiting = null;
  const send = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = "The kernel does not answer, so the verdicts are not up to date. Run this cell again.";
      board.classList.add("nts-stale");
    }, PATIENCE);
  };

  const status = element("p", { className: "nts-status" });
  status.setAttribute("role", "status");
  const [choice, predict, switches, verdicts] =
    [picker(model, send), prediction(send), switchboard(model, send), verdictPart()];
  const board = element("div", { className: "nts-board" }, verdicts.node, switches.node);
  const root = element("section", { className: "nts-machine" }, choice.node, status, predict.node, board);
  root.setAttribute("aria-label", "Definition machine");

  const update = () => {
    const state = Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
    state.coded = model.get("cases").find(({ id }) => id === state.vignette);
    const moveFocus = state.revealed && predict.node.contains(document.activeElement);
    for (const part of [choice, predict, switches, verdicts]) part.update(state);
    board.hidden = !state.revealed;
    if (moveFocus) verdicts.node.focus({ preventScroll: true });
  };
  const hear = () => {
    clearTimeout(waiting);
    board.classList.remove("nts-stale");
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
