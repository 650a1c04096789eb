// The counting lab: draws the traits and writes the learner's choices into them. Every total and every message comes
// from Python. Controls are built once and changed in place, so that none loses the focus.

const PATIENCE = 3000; // milliseconds before the learner hears that the kernel does not answer
const STEP = 5;
const ENDS = [["most", "Counts the most cases"], ["fewest", "Counts the fewest cases"]];
const WAYS = { out: "counted out", in: "counted in", range: "shown as a range" };

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

const option = (value, textContent = value) => element("option", { value, textContent });

// --- parts, each with node and update(state)

function slider(name, most, spoken, send) {
  const input = element("input", { type: "range", min: 0, max: most, step: STEP });
  const value = element("span", { className: "nts-number" });
  value.setAttribute("aria-hidden", "true"); // the control says its own value
  const say = () => {
    value.textContent = input.value;
    input.setAttribute("aria-valuetext", spoken(input.value));
  };
  input.addEventListener("input", say);
  input.addEventListener("change", () => send(Number(input.value)));
  return {
    node: element("label", {}, element("span", { textContent: name }), input, value),
    set(number) {
      if (Number(input.value) !== number) input.value = number;
      say();
    },
  };
}

function population(model, send) {
  const rows = new Map(model.get("groups").map(({ key, name }) => [key, slider(name, 100, (n) => `${n} cases`,
    (number) => send({ numbers: { ...model.get("numbers"), [key]: number } }))]));
  const unknown = slider("Per cent of the files open", 100, (n) => `${n} per cent`, (number) => send({ unknown: number }));
  const depends = element("select", {}, ...model.get("rules").map((rule) => option(rule, WAYS[rule])));
  const every = element("input", { type: "checkbox" });
  depends.addEventListener("change", () => send({ depends: depends.value }));
  every.addEventListener("change", () => send({ every: every.checked }));
  return {
    node: element("div", { className: "nts-setting" },
      element("fieldset", {}, element("legend", { textContent: "Who is in the population (synthetic cases)" }),
        ...[...rows.values()].map(({ node }) => node)),
      element("fieldset", {}, element("legend", { textContent: "What is not known" }), unknown.node,
        element("label", {}, element("span", { textContent: "\u201cDepends\u201d is" }), depends)),
      element("label", {}, every, "Show every instrument")),
    update(state) {
      for (const [key, row] of rows) row.set(state.numbers[key]);
      unknown.set(state.unknown);
      depends.value = state.depends;
      every.checked = state.every;
    },
  };
}

function prediction(send) {
  const selects = new Map(ENDS.map(([end]) => [end, element("select", { required: true })]));
  const read = () => Object.fromEntries([...selects].filter(([, select]) => select.value)
    .map(([end, select]) => [end, select.value]));
  const skip = element("button", { type: "button", textContent: "Skip the prediction" });
  const node = element("form", { className: "nts-predict", autocomplete: "off" },
    element("fieldset", {},
      element("legend", { textContent: "Predict first: which instrument" }),
      ...ENDS.map(([end, words]) => element("label", {}, element("span", { textContent: words }), selects.get(end))),
      element("div", { className: "nts-row" },
        element("button", { type: "submit", textContent: "Show the totals" }), skip)));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ predictions: read(), revealed: true });
  });
  skip.addEventListener("click", () => send({ predictions: {}, revealed: true }));
  for (const select of selects.values()) select.addEventListener("change", () => send({ predictions: read() }));

  let offered = "";
  return {
    node,
    update(state) {
      node.hidden = state.revealed;
      const keys = state.rows.map(({ key }) => key).join();
      for (const [end, select] of selects) {
        if (keys !== offered) {
          select.replaceChildren(option("", "choose"), ...state.rows.map(({ key, short }) => option(key, short)));
        }
        select.value = state.predictions[end] ?? "";
        select.disabled = state.revealed;
      }
      offered = keys;
    },
  };
}

function bar({ low, high }) {
  const node = element("div", { className: "nts-bar" });
  node.setAttribute("aria-hidden", "true"); // the number stands beside it
  const sure = element("div", { className: "nts-sure" });
  const maybe = element("div", { className: "nts-maybe" });
  sure.style.width = `${low}%`;
  maybe.style.width = `${high - low}%`;
  node.append(sure, maybe);
  return node;
}

function totals(caption, groups, rows) {
  const heads = ["Instrument", "Total", ...groups.map(({ name }) => name)];
  const body = rows.map((row) => element("tr", {},
    element("th", { scope: "row", textContent: row.short, title: row.name }),
    element("td", { className: "nts-total" }, element("span", { textContent: row.total }), bar(row)),
    ...row.parts.map((textContent) => element("td", { textContent }))));
  return element("table", {}, element("caption", { textContent: caption }),
    element("thead", {}, element("tr", {}, ...heads.map((textContent) => element("th", { scope: "col", textContent })))),
    element("tbody", {}, ...body));
}

function totalsPart(model) {
  const node = element("div", { className: "nts-totals", tabIndex: 0 });
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "Totals");
  const captions = [["Synthetic cases counted: definitions of trafficking and related offences", false],
    ["Synthetic cases counted: definitions of sex work", true]];
  return {
    node,
    update(state) {
      node.replaceChildren(...captions
        // Right after "show" the rows are still without totals, until Python has answered.
        .map(([caption, sexWork]) => [caption, state.rows.filter((row) => row.parts && row.sexWork === sexWork)])
        .filter(([, rows]) => rows.length)
        .map(([caption, rows]) => totals(caption, model.get("groups"), rows)));
    },
  };
}

// --- the whole

const NAMES = ["numbers", "unknown", "depends", "every", "predictions", "revealed", "rows"];

function render({ model, el }) {
  let waiting = null;
  const send = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = "The kernel does not answer, so the totals are not up to date. Run this cell again.";
      found.node.classList.add("nts-stale");
    }, PATIENCE);
  };

  const status = element("p", { className: "nts-status" });
  status.setAttribute("role", "status");
  const [setting, predict, found] = [population(model, send), prediction(send), totalsPart(model)];
  const answer = element("div", { className: "nts-answer" }, status, predict.node, found.node);
  const root = element("section", { className: "nts-counting" }, setting.node, answer);
  root.setAttribute("aria-label", "Counting lab");

  const update = () => {
    const state = Object.fromEntries(NAMES.map((name) => [name, model.get(name)]));
    const moveFocus = state.revealed && predict.node.contains(document.activeElement);
    for (const part of [setting, predict, found]) part.update(state);
    found.node.hidden = !state.revealed;
    if (moveFocus) found.node.focus({ preventScroll: true });
  };
  const hear = () => {
    clearTimeout(waiting);
    found.node.classList.remove("nts-stale");
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
