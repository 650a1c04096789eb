// The counting lab. Every total and every message comes from Python.

const STEP = 5;
/** @type {Choice[]} */
const ENDS = [["most", "Counts the most cases"], ["fewest", "Counts the fewest cases"]];
const WAYS = { out: "counted out", in: "counted in", range: "shown as a range" };

// --- parts, each with node and update(state)

/**
 * @param {string} name
 * @param {number} most
 * @param {(value: string) => string} spoken
 * @param {(value: number) => void} send
 */
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
    /** @param {number} number */
    set(number) {
      if (Number(input.value) !== number) input.value = String(number);
      say();
    },
  };
}

/** @param {Model<CountingTraits>} model @param {Send<CountingTraits>} send */
function population(model, send) {
  const rows = model.get("groups").map(({ key, name }) => ({ key, ...slider(name, 100, (n) => `${n} cases`,
    (number) => send({ numbers: { ...model.get("numbers"), [key]: number } })) }));
  const unknown = slider("Per cent of the files open", 100, (n) => `${n} per cent`,
    (number) => send({ unknown: number }));
  const depends = element("select", {}, ...model.get("rules").map((rule) => option(rule, WAYS[rule])));
  const every = element("input", { type: "checkbox" });
  depends.addEventListener("change", () => send({ depends: depends.value }));
  every.addEventListener("change", () => send({ every: every.checked }));
  return {
    node: element("div", { className: "nts-setting" },
      fieldset("Who is in the population (synthetic cases)", ...rows.map(({ node }) => node)),
      fieldset("What is not known", unknown.node,
        element("p", { textContent: model.get("opened") }),
        element("label", {}, element("span", { textContent: "\u201cDepends\u201d is" }), depends)),
      element("label", {}, every, "Show every instrument")),
    /** @param {CountingState} state */
    update(state) {
      for (const { key, set } of rows) set(state.numbers[key]);
      unknown.set(state.unknown);
      depends.value = state.depends;
      every.checked = state.every;
    },
  };
}

/** @param {Send<CountingTraits>} send */
function prediction(send) {
  const selects = ENDS.map(([end, words]) => ({ end, words, select: element("select", { required: true }) }));
  const read = () => Object.fromEntries(selects.filter(({ select }) => select.value)
    .map(({ end, select }) => [end, select.value]));
  const node = predictionForm("Predict first: which instrument", "Show the totals", read, send,
    ...selects.map(({ words, select }) => element("label", {}, element("span", { textContent: words }), select)));
  for (const { select } of selects) select.addEventListener("change", () => send({ predictions: read() }));

  let offered = "";
  return {
    node,
    /** @param {CountingState} state */
    update(state) {
      node.hidden = state.revealed;
      const keys = state.rows.map(({ key }) => key).join();
      for (const { end, select } of selects) {
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

/** @param {Total} total */
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

/** @param {string} caption @param {CountingTraits["groups"]} groups @param {Counted[]} rows */
function totals(caption, groups, rows) {
  const body = rows.map((total) => row(
    element("th", { scope: "row", textContent: total.short, title: total.name }),
    element("td", { className: "nts-total" }, element("span", { textContent: total.total }), bar(total)),
    ...total.parts));
  return table(caption, ["Instrument", "Total", ...groups.map(({ name }) => name)], element("tbody", {}, ...body));
}

/** @param {Model<CountingTraits>} model */
function totalsPart(model) {
  const node = pane("nts-totals", "Totals");
  /** @type {[string, boolean][]} */
  const captions = [["Synthetic cases counted: definitions of trafficking and related offences", false],
    ["Synthetic cases counted: definitions of sex work", true]];
  // Right after "show" the rows are still without totals, until Python has answered.
  /** @param {CountingState} state @returns {Counted[]} */
  const counted = (state) => state.rows.flatMap((row) => ("parts" in row ? [row] : []));
  return {
    node,
    /** @param {CountingState} state */
    update(state) {
      const tables = captions.map(([caption, sexWork]) =>
        ({ caption, rows: counted(state).filter((row) => row.sexWork === sexWork) }));
      node.replaceChildren(...tables.filter(({ rows }) => rows.length)
        .map(({ caption, rows }) => totals(caption, model.get("groups"), rows)));
    },
  };
}

function droppedPart() {
  const list = element("ul");
  const node = element("details", {}, element("summary", { textContent: "Which cases drop out, and why" }), list);
  return {
    node,
    /** @param {CountingState} state */
    update(state) {
      node.hidden = !state.dropped.length;
      list.replaceChildren(...state.dropped.map(([name, sentences]) => element("li", {},
        element("strong", { textContent: name }),
        element("ul", {}, ...(sentences.length ? sentences : ["No case drops out."]).map((textContent) =>
          element("li", { textContent }))))));
    },
  };
}

// --- the whole

const LAB = { className: "nts-counting", label: "Counting lab", old: "the totals are" };

/** @param {Context<CountingTraits>} context */
const render = (context) => mount(context, LAB, ({ model, status, send }) => {
  const [setting, predict, found, dropped] =
    [population(model, send), prediction(send), totalsPart(model), droppedPart()];
  const answer = element("div", { className: "nts-answer" }, status, predict.node, found.node, dropped.node);

  const update = () => {
    const state = traits(model, "numbers", "unknown", "depends", "every", "predictions", "revealed", "rows", "dropped");
    const moveFocus = state.revealed && predict.node.contains(document.activeElement);
    for (const part of [setting, predict, found, dropped]) part.update(state);
    found.node.hidden = !state.revealed;
    if (moveFocus) found.node.focus({ preventScroll: true });
  };
  return { nodes: [setting.node, answer], update, fades: found.node };
});

export default { render };
