// The two-events lab. The series, the fit, the picture and every sentence come from Python.

// name, label, and for a number what one step is
/** @type {[string, Input[]][]} */
const GROUPS = [
  ["The two events", [
    ["first", "First event (the seizure)", "date"],
    ["second", "Second event (the signature)", "date"],
    ["first_effect", "True change at the first", "number", 1],
    ["second_effect", "True change at the second", "number", 1],
  ]],
  ["How sharp the changes are", [
    ["lag", "Lag: days an effect takes to arrive", "number", 1],
    ["anticipation", "Anticipation: days the second begins early", "number", 1],
    ["noise", "Noise: spread of a day", "number", 0.5],
    ["carry", "Noise carried over to the next day", "number", 0.1],
  ]],
  ["The record", [
    ["window", "Days recorded on each side", "number", 10],
    ["begins", "Record begins", "select", 0, ["before both", "between them", "after both"]],
  ]],
];

// --- parts, each with node and update(model)

/**
 * @param {Input} input
 * @param {Model<EventsTraits>} model
 * @param {Send<EventsTraits>} send
 * @param {(why: string) => void} refuse
 */
function control([name, label, kind, step, words], model, send, refuse) {
  const input = words
    ? element("select", {}, ...words.map((text) => option(text)))
    : element("input", { type: kind, required: true });
  /** @param {(string | number)[]} ends */
  const limit = ([min, max]) => Object.assign(input, { min, max });
  if (kind === "number") {
    limit(model.get("ranges")[name]);
    Object.assign(input, { step });
  }
  input.addEventListener("change", () => {
    if (input.checkValidity()) send({ [name]: kind === "number" ? Number(input.value) : input.value });
    else refuse(`${label}: ${input.validationMessage}`);
  });
  const update = () => {
    const value = String(model.get(name));
    if (kind === "date") limit(allowedDays(name, model.get("first"), model.get("second"), model.get("ranges").gap));
    const typing = input === document.activeElement && !input.checkValidity(); // half a date, half a number
    if (input.value !== value && !typing) input.value = value;
  };
  input.addEventListener("blur", () => setTimeout(update));
  return { node: element("label", {}, input, element("span", { textContent: label })), update };
}

// The first and the last day that one event may have beside the other: a date box takes no pair of days that the lab
// cannot place.
/** @param {string} name @param {string} first @param {string} second @param {number[]} gap */
export function allowedDays(name, first, second, [least, most]) {
  return name === "second" ? [later(first, least), later(first, most)] : [later(second, -most), later(second, -least)];
}

/** @param {string} date @param {number} days */
function later(date, days) {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** @param {Model<EventsTraits>} model @param {Send<EventsTraits>} send @param {(why: string) => void} refuse */
function board(model, send, refuse) {
  const groups = GROUPS.map(([title, inputs]) =>
    ({ title, parts: inputs.map((input) => control(input, model, send, refuse)) }));
  const back = button("Back to the start", () => send(model.get("start")));
  const fresh = button("New noise", () => send({ seed: model.get("seed") + 1 }));
  return {
    node: element("div", { className: "nts-controls" },
      ...groups.map(({ title, parts }) => fieldset(title, ...parts.map(({ node }) => node))),
      element("div", { className: "nts-row" }, fresh, back)),
    update() {
      for (const { parts } of groups) for (const part of parts) part.update();
    },
  };
}

/** @param {Model<EventsTraits>} model */
function answer(model) {
  const image = element("img");
  const picture = element("div", { className: "nts-picture", tabIndex: 0 }, image); // a narrow page moves it sideways
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-label", "Picture");
  const verdict = element("strong");
  const reasons = element("div");
  const body = element("tbody");
  const heads = ["Change", "True (you set it)", "The fit says", "95 per cent band"];
  return {
    node: element("div", { className: "nts-answer" }, picture, element("p", {}, verdict), reasons,
      table("Synthetic counts per day", heads, body)),
    update() {
      const source = `data:image/png;base64,${model.get("picture")}`;
      if (image.src !== source) Object.assign(image, { src: source, alt: model.get("alt") });
      verdict.textContent = model.get("verdict");
      reasons.replaceChildren(...model.get("reasons").map((textContent) => element("p", { textContent })));
      body.replaceChildren(...model.get("rows").map(({ change, ...cells }) => row(change, ...Object.values(cells))));
    },
  };
}

// Tries the band on new series: a button that starts and stops, and how far it got.
/** @param {Model<EventsTraits>} model @param {Send<EventsTraits>} send */
function trial(model, send) {
  const turn = button("", () => send({ testing: !model.get("testing") }));
  const bar = element("progress", { max: 1, value: 0 });
  const count = element("span");
  bar.setAttribute("aria-label", "New series drawn");
  return {
    node: element("div", { className: "nts-row" }, turn, bar, count),
    update() {
      const { done = 0, of = 1 } = model.get("tally");
      turn.textContent = model.get("testing") ? "Stop" : `Try the band on ${model.get("tries")} new series`;
      Object.assign(bar, { max: of, value: done, hidden: !done });
      count.textContent = done ? `${done} of ${of}` : "";
    },
  };
}

// --- the whole

/** @type {LabSettings<EventsTraits>} */
const LAB = {
  className: "nts-two-events", label: "Two-events lab", old: "the picture is", alive: ["tally"],
  patience: 8000, // the first fit is slow
};

/** @param {Context<EventsTraits>} context */
const render = (context) => mount(context, LAB, ({ model, status, send }) => {
  /** @param {string} why */
  const refuse = (why) => { status.textContent = why; };
  const parts = [board(model, send, refuse), answer(model), trial(model, send)];
  const [controls, said, tried] = parts.map((part) => part.node);
  return {
    nodes: [element("div", { className: "nts-board" }, controls,
      element("div", { className: "nts-result" }, status, said, tried))],
    update() {
      for (const part of parts) part.update();
    },
    fades: said,
  };
});

export default { render };
